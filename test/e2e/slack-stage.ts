import { expect } from "vitest";
import type { Interaction, SeenMessage } from "#test/doubles/slack/handles";
import { type DayStage, MORNING, type Person, people, type Read } from "./day-stage.ts";
import { type Mode, openSlackServer } from "./slack-server.ts";

const notFromForm = async (): Promise<never> => {
  throw new Error("nothing is opened from the window that a form leaves");
};

/** The day as it is played on Slack. */
export async function openSlackStage(mode: Mode): Promise<DayStage> {
  const server = await openSlackServer({
    mode,
    startsAt: MORNING,
    double: {
      workspaces: [
        {
          name: "study group",
          channels: ["daily"],
          members: people.map((name) => ({
            name,
            ...(name === "ann" ? { admin: true, owner: true } : {}),
            ...(name === "lin" ? { locale: "zh-CN" } : {}),
          })),
        },
      ],
    },
  });
  const { slack, log, services, tenant } = server;
  const daily = slack.channel("daily");
  const member = (person: Person) => slack.member(person);
  const isPost = ({ ephemeral, threadTs, metadata }: SeenMessage): boolean =>
    !ephemeral && (threadTs === null || threadTs === undefined) && metadata !== null;
  const seen = (): SeenMessage[] => member("ann").sees(daily).filter(isPost);
  const takesAnswers = ({ blocks }: SeenMessage): boolean => JSON.stringify(blocks).includes('\\"answer\\"');
  const postOf = (message: SeenMessage) => ({ text: message.text, takesAnswers: takesAnswers(message) });
  const first = (): SeenMessage => {
    const [post] = seen();
    if (post === undefined) throw new Error("nothing was posted");
    return post;
  };
  const forge = async (person: Person, command: string, options: object): Promise<string> => {
    const value = JSON.stringify(["run", command, options]);
    const action = {
      type: "button",
      action_id: "button-1",
      block_id: "b",
      value,
      action_ts: `${slack.clock.now() / 1000}`,
    };
    return (await (await member(person).forge(daily, { actions: [action] })).reply()).text;
  };
  const words = (options: Readonly<Record<string, string | boolean>>): string =>
    Object.entries(options)
      .map(([name, value]) =>
        name === "text" ? value : value === true ? name : value === false ? "" : `${name}=${value}`,
      )
      .join(" ");
  const altsOf = ({ blocks }: SeenMessage): string[] =>
    blocks.flatMap((block) => ("alt_text" in block ? [String(block.alt_text)] : []));
  const read = async (asked: Interaction, person: Person): Promise<Read> => {
    const reply = await asked.reply();
    return {
      text: asked
        .replies()
        .map(({ text }) => text)
        .join("\n"),
      isPrivate: reply.ephemeral,
      alts: asked.replies().flatMap(altsOf),
      press: async (label) => (await (await member(person).press(reply, label)).reply()).text,
      next: async (label) => read(await member(person).press(reply, label), person),
      async write(from, fields) {
        const opened =
          "button" in from
            ? await member(person).press(reply, from.button)
            : await member(person).choose(reply, from.menu, from.choice);
        return (await (await member(person).submit(await opened.view(), fields)).view()).text;
      },
    };
  };

  return {
    tenant,
    services,
    idOf: (person) => member(person).id,
    nameOf: (person) => person,
    passTime: (ms) => server.passTime(ms),
    async setUp() {
      const wanted = "time=9:00 zone=Shanghai weekdays=1-5 language=en on";
      return (await (await member("ann").slash(daily, "/settings", wanted)).reply()).text;
    },
    setUpForged: (person) => forge(person, "settings", { time: "03:00" }),
    dailyPost: async () => postOf(await member("sam").waitFor(daily, isPost)),
    posts: () => seen().map(postOf),
    // The double draws an instant that Slack shows in each reader's zone.
    deadline: (at) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`,
    async answer(person, text) {
      const form = await (await member(person).press(first(), "Answer")).view();
      const sent = await member(person).submit(form, { text });
      const scored = await sent.view();
      return {
        text: scored.text,
        isPrivate: true,
        alts: [],
        async press(label) {
          await (await member(person).press(scored, label)).acked();
          await slack.until("the window has changed", () => member(person).view()?.text !== scored.text);
          return member(person).view()?.text ?? "";
        },
        next: notFromForm,
        write: notFromForm,
      };
    },
    answerForged: (person, text) => forge(person, "answer", { round: `2026-11-25@${daily.id}`, text }),
    look: async (person, command, options) =>
      read(await member(person).slash(daily, `/${command}`, words(options)), person),
    inChannel: () =>
      seen()
        .map(({ text }) => text)
        .join("\n"),
    picturesInChannel: () => seen().flatMap(altsOf),
    direct: (person) =>
      member(person)
        .sees(member(person).dm)
        .map(({ text }) => text),
    async pressDirect(person, label) {
      const newest = member(person).sees(member(person).dm).at(-1);
      if (newest === undefined) throw new Error(`${person} has no direct message`);
      return (await (await member(person).press(newest, label)).reply()).text;
    },
    closeDirect: () => slack.faults.next(/^conversations\.open$/, { kind: "error", error: "user_disabled" }),
    restart: () => server.restart(),
    inThread: () =>
      member("ann")
        .sees(daily)
        .filter(({ threadTs }) => threadTs === first().ts)
        .map(({ text }) => text)
        .join("\n"),
    until: (what, holds) => slack.until(what, holds),
    async end() {
      expect(slack.refusals).toEqual([]);
      expect(slack.pings).toEqual([]);
      expect(log.errors).toEqual([]);
      await server.stop();
    },
  };
}
