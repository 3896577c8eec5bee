import { expect } from "vitest";
import type { Interaction, SeenMessage } from "#test/doubles/discord/handles";
import { type DayStage, MORNING, type Person, people, type Read } from "./day-stage.ts";
import { openDiscordServer } from "./discord-server.ts";

/** The day as it is played on Discord. */
export async function openDiscordStage(): Promise<DayStage> {
  const server = await openDiscordServer({
    startsAt: MORNING,
    double: {
      guilds: [
        {
          name: "study group",
          channels: ["daily"],
          members: people.map((name) => ({
            name,
            ...(name === "ann" ? { admin: true } : {}),
            ...(name === "lin" ? { locale: "zh-CN" } : {}),
          })),
        },
      ],
    },
  });
  const { discord, log, services, tenant } = server;
  const daily = discord.channel("daily");
  const member = (person: Person) => discord.member(person);
  const isPost = ({ author, ephemeral }: SeenMessage): boolean => author === "bot" && !ephemeral;
  const seen = (): SeenMessage[] => member("ann").sees(daily).filter(isPost);
  const takesAnswers = ({ components }: SeenMessage): boolean =>
    JSON.stringify(components).includes('\\"answer\\"');
  const postOf = (message: SeenMessage) => ({ text: message.text, takesAnswers: takesAnswers(message) });
  const first = (): SeenMessage => {
    const [post] = seen();
    if (post === undefined) throw new Error("nothing was posted");
    return post;
  };
  const read = async (asked: Interaction, person: Person): Promise<Read> => {
    const reply = await asked.reply();
    return {
      text: reply.text,
      isPrivate: reply.ephemeral,
      alts: reply.attachments.flatMap(({ alt }) => alt ?? []),
      press: async (label) => {
        const pressed = await member(person).press(reply, label);
        await pressed.first();
        return (await pressed.reply()).text;
      },
      next: async (label) => read(await member(person).press(reply, label), person),
      async write(from, fields) {
        const opened =
          "button" in from
            ? await member(person).press(reply, from.button)
            : await member(person).pick(reply, from.menu, from.choice);
        return (await (await (await opened.form()).submit(fields)).reply()).text;
      },
    };
  };

  return {
    tenant,
    services,
    idOf: (person) => member(person).id,
    nameOf: (person) => `<@${member(person).id}>`,
    passTime: (ms) => server.passTime(ms),
    async setUp() {
      const wanted = { time: "9:00", zone: "Shanghai", weekdays: "1-5", language: "en", on: true };
      return (await (await member("ann").slash(daily, "settings", wanted)).reply()).text;
    },
    async setUpForged(person) {
      const options = [{ name: "time", type: 3, value: "03:00" }];
      const forged = await member(person).forge(daily, 2, { id: "1", name: "settings", type: 1, options });
      return (await forged.reply()).text;
    },
    dailyPost: async () => postOf(await member("sam").waitFor(daily, isPost)),
    posts: () => seen().map(postOf),
    deadline: (at) => `<t:${at / 1000}:R>`,
    async answer(person, text) {
      const form = await (await member(person).press(first(), "Answer")).form();
      return read(await form.submit({ text }), person);
    },
    async answerForged(person, text) {
      const id = JSON.stringify(["run", "answer", { round: `2026-11-25@${daily.id}`, text }]);
      const forged = await member(person).forge(daily, 3, { component_type: 2, custom_id: id }, first());
      return (await forged.reply()).text;
    },
    look: async (person, command, options) =>
      read(await member(person).slash(daily, command, options), person),
    inChannel: () =>
      seen()
        .map(({ text }) => text)
        .join("\n"),
    picturesInChannel: () =>
      member("ann")
        .sees(daily)
        .flatMap(({ attachments }) => attachments.flatMap(({ alt }) => alt ?? [])),
    direct: (person) =>
      member(person)
        .sees(member(person).direct)
        .map(({ text }) => text),
    async pressDirect(person, label) {
      const newest = member(person).sees(member(person).direct).at(-1);
      if (newest === undefined) throw new Error(`${person} has no direct message`);
      const pressed = await member(person).press(newest, label);
      await pressed.first();
      return (await pressed.reply()).text;
    },
    closeDirect: (person) => member(person).closeDirect(true),
    restart: () => server.restart(),
    inThread() {
      const [thread] = daily.threads();
      return thread === undefined
        ? ""
        : member("ann")
            .sees(thread)
            .map(({ text }) => text)
            .join("\n");
    },
    until: (what, holds) => discord.until(what, holds),
    async end() {
      // Whether a member takes direct messages shows when one is sent.
      expect(discord.refusals.filter(({ code }) => code !== 50007)).toEqual([]);
      expect(discord.pings).toEqual([]);
      expect(log.errors).toEqual([]);
      await server.stop();
    },
  };
}
