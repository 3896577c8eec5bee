import { afterEach, describe, expect, it } from "vitest";
import type { Reply } from "#core/reply";
import type { Channel, DiscordDouble, Member } from "#test/doubles/discord/handles";
import { channelIdOf, type DiscordServer, openDiscordServer } from "./discord-server.ts";

const MINUTE_MS = 60_000;
const answer = "New gradients overwrite the old weights. I would mix some old data into the training set.";

const patiently = { timeout: 15_000 };

let server: DiscordServer;
let discord: DiscordDouble;
let bo: Member;
let daily: Channel;
let runs: Promise<Reply>[] = [];
afterEach(() => server.stop());

/** A server whose round is open, and which counts how often the core was asked. */
async function openRound(): Promise<void> {
  runs = [];
  server = await openDiscordServer({
    startsAt: Date.UTC(2026, 10, 25, 0, 59),
    dispatch: (dispatch) => (request) => {
      const run = dispatch(request);
      runs.push(run);
      return run;
    },
  });
  discord = server.discord;
  bo = discord.member("bo");
  daily = discord.channel("daily");
  const settings = { time: "09:00", zone: "Asia/Shanghai", language: "en", on: true };
  await (await discord.member("ann").slash(daily, "settings", settings)).reply();
  await server.passTime(MINUTE_MS);
  runs = [];
}

const attempts = async () => {
  const [round] = await server.services.store.rounds(server.tenant, channelIdOf(daily), 1);
  return round === undefined ? [] : server.services.store.attemptsOfRound(server.tenant, round.id);
};

describe("An answer that Discord delivers more than once", () => {
  it("counts once and is answered once in one process, whatever comes again after a resume", async () => {
    await openRound();
    const asked = await bo.slash(daily, "answer", { text: answer });
    await asked.reply();
    discord.gateway.redeliver("INTERACTION_CREATE", 5);
    discord.gateway.replayOnResume(10);
    discord.gateway.reconnect();
    await expect.poll(() => discord.gateway.resumes, patiently).toBe(1);
    const next = await bo.slash(daily, "streak");
    await next.reply();
    expect(runs).toHaveLength(2);
    expect(await attempts()).toHaveLength(1);
    expect(asked.followUps()).toHaveLength(0);
    expect(asked.now()?.edits).toBe(0);
  });

  it("counts once and shows one reply where two processes get it", async () => {
    await openRound();
    const other = await server.second();
    const asked = await bo.slash(daily, "answer", { text: answer });
    const reply = await asked.reply();
    await expect.poll(() => runs.length, patiently).toBe(2);
    await Promise.all(runs);
    // What is still under way is finished by the end of a process.
    await other.stop();
    await server.bot.stop();
    expect(await attempts()).toHaveLength(1);
    expect(asked.followUps()).toHaveLength(0);
    expect(asked.now()?.text).toBe(reply.text);
    expect(bo.sees(daily).filter(({ text }) => text.includes("answer 1 of 3"))).toHaveLength(1);
    expect(server.log.errors).toEqual([]);
  });

  it("opens one form where two processes get the press", async () => {
    await openRound();
    await server.second();
    const post = await bo.waitFor(daily, ({ author, ephemeral }) => author === "bot" && !ephemeral);
    const pressed = await bo.press(post, "Answer");
    const sent = await (await pressed.form()).submit({ text: answer });
    await sent.reply();
    expect(await attempts()).toHaveLength(1);
    expect(server.log.errors).toEqual([]);
  });

  it("is kept where Discord was too impatient, and /history shows it", async () => {
    await openRound();
    await server.passTime(MINUTE_MS);
    discord.faults.lateInteraction();
    await bo.slash(daily, "answer", { text: answer });
    await expect.poll(attempts, patiently).toHaveLength(1);
    const asked = await bo.slash(daily, "history");
    expect((await asked.reply()).text).toContain("After fine-tuning");
  });

  it("is answered once in a direct message that two processes get", async () => {
    await openRound();
    await (await bo.slash(daily, "quiz")).reply();
    await server.second();
    await bo.say(bo.direct, answer);
    await bo.waitFor(bo.direct, ({ text }) => text.includes("Score"));
    await expect.poll(() => runs.length, patiently).toBe(3);
    await Promise.all(runs);
    await server.bot.stop();
    expect(bo.sees(bo.direct).filter(({ author }) => author === "bot")).toHaveLength(1);
    expect(await attempts()).toHaveLength(1);
  });
});
