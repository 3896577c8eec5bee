import { expect } from "vitest";
import type { SeenMessage } from "#test/doubles/slack/handles";
import { MORNING } from "./day-stage.ts";
import { type InterviewStage, type Seated, seated } from "./interview-stage.ts";
import { type Mode, openSlackServer } from "./slack-server.ts";

/** The interview as it is played on Slack. */
export async function openSlackInterview(mode: Mode): Promise<InterviewStage> {
  const members = seated.map((name) => ({
    name,
    ...(name === "ann" ? { admin: true, owner: true } : {}),
    ...(name === "lin" ? { locale: "zh-CN" } : {}),
  }));
  const server = await openSlackServer({
    mode,
    startsAt: MORNING,
    waitsOnClock: true,
    double: { workspaces: [{ name: "study group", channels: ["daily"], members }] },
  });
  const { slack, log, services, tenant } = server;
  const daily = slack.channel("daily");
  const member = (person: Seated) => slack.member(person);
  const holding = (person: Seated, words: string): SeenMessage => {
    const found = member(person)
      .sees(daily)
      .findLast(({ blocks }) => JSON.stringify(blocks).includes(words));
    if (found === undefined) throw new Error(`${person} sees no ${words}`);
    return found;
  };
  const isPublic = ({ author, ephemeral }: SeenMessage): boolean => author === "app" && !ephemeral;

  return {
    tenant,
    services,
    idOf: (person) => member(person).id,
    nameOf: (person) => person,
    type: async (person, line) =>
      (await (await member(person).slash(daily, "/interview", line)).reply()).text,
    async press(person, label) {
      const pressed = await member(person).press(holding(person, `"${label}"`), label);
      const reply = await pressed.reply();
      expect(reply.ephemeral).toBe(true);
      await pressed.acked();
      return pressed
        .replies()
        .map(({ text }) => text)
        .join("\n");
    },
    async fill(person, label, text) {
      const form = await (await member(person).press(holding(person, `"${label}"`), label)).view();
      const sent = await member(person).submit(form, { text });
      if ((await sent.acked()).kind === "errors") {
        const refused = Object.values(await sent.errors()).join();
        await member(person).close(form);
        return refused;
      }
      return (await sent.view()).text;
    },
    async pick(person, menu, ...labels) {
      const picked = await member(person).choose(holding(person, menu), menu, labels);
      return (await picked.reply()).text;
    },
    transcript: async () =>
      member("sam")
        .sees(daily)
        .filter(isPublic)
        .map(({ text }) => text),
    passTime: (ms) => server.passTime(ms),
    restart: () => server.restart(),
    async end() {
      expect(slack.refusals).toEqual([]);
      expect(slack.pings).toEqual([]);
      expect(log.errors).toEqual([]);
      await server.stop();
    },
  };
}
