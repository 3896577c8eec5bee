import { expect } from "vitest";
import type { SeenMessage } from "#test/doubles/discord/handles";
import { MORNING } from "./day-stage.ts";
import { openDiscordServer } from "./discord-server.ts";
import { type InterviewStage, type Seated, seated } from "./interview-stage.ts";

/** The interview as it is played on Discord. */
export async function openDiscordInterview(): Promise<InterviewStage> {
  const members = seated.map((name) => ({ name, ...(name === "lin" ? { locale: "zh-CN" } : {}) }));
  const server = await openDiscordServer({
    startsAt: MORNING,
    waitsOnClock: true,
    double: { guilds: [{ name: "study group", channels: ["daily"], members }] },
  });
  const { discord, log, services, tenant } = server;
  const daily = discord.channel("daily");
  const member = (person: Seated) => discord.member(person);
  const sees = (person: Seated): readonly SeenMessage[] => [
    ...member(person).sees(daily),
    ...daily.threads().flatMap((thread) => member(person).sees(thread)),
  ];
  const holding = (person: Seated, words: string): SeenMessage => {
    const found = sees(person).findLast(({ components }) => JSON.stringify(components).includes(words));
    if (found === undefined) throw new Error(`${person} sees no ${words}`);
    return found;
  };
  const isPublic = ({ author, ephemeral }: SeenMessage): boolean => author === "bot" && !ephemeral;

  return {
    tenant,
    services,
    idOf: (person) => member(person).id,
    nameOf: (person) => `<@${member(person).id}>`,
    async type(person, line) {
      const [what = "", ...options] = line.split(" ");
      const typed: Record<string, string | number> = {};
      for (const option of options) {
        const [name = "", value = ""] = option.split("=");
        typed[name] = /^\d+$/.test(value) ? Number(value) : value;
      }
      const asked = await member(person).slash(daily, "interview", { do: what, ...typed });
      return (await asked.reply()).text;
    },
    async press(person, label) {
      const reply = await (await member(person).press(holding(person, `"${label}"`), label)).reply();
      expect(reply.ephemeral).toBe(true);
      return reply.text;
    },
    async fill(person, label, text) {
      const form = await (await member(person).press(holding(person, `"${label}"`), label)).form();
      const sent = await (await form.submit({ text })).reply();
      expect(sent.ephemeral).toBe(true);
      return sent.text;
    },
    async pick(person, menu, ...labels) {
      const picked = await member(person).pick(holding(person, menu), menu, ...labels);
      await picked.first();
      return (await picked.reply()).text;
    },
    transcript: async () =>
      sees("sam")
        .filter(isPublic)
        .map(({ text }) => text),
    passTime: (ms) => server.passTime(ms),
    restart: () => server.restart(),
    async end() {
      expect(discord.refusals).toEqual([]);
      expect(discord.pings).toEqual([]);
      expect(log.errors).toEqual([]);
      await server.stop();
    },
  };
}
