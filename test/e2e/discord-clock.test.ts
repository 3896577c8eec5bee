import { afterEach, describe, expect, it } from "vitest";
import { studyDateSchema } from "#core/ids";
import { publicReply } from "#core/reply";
import { announcementKeyOf } from "#core/schedule/post-record";
import { drawPost } from "#src/adapters/discord/posts";
import type { Channel, SeenMessage } from "#test/doubles/discord/handles";
import { channelIdOf, type DiscordServer, openDiscordServer } from "./discord-server.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const settings = { time: "09:00", zone: "Asia/Shanghai", language: "en", on: true };
const answer = "New gradients overwrite the old weights. I would mix some old data into the training set.";

let server: DiscordServer;
let daily: Channel;
afterEach(() => server.stop());

/** A server whose question is due one minute from now. */
async function openBeforeNine(): Promise<void> {
  server = await openDiscordServer({ startsAt: Date.UTC(2026, 10, 25, 0, 59) });
  daily = server.discord.channel("daily");
  await (await server.discord.member("ann").slash(daily, "settings", settings)).reply();
}

const posts = (): readonly SeenMessage[] =>
  server.discord
    .member("bo")
    .sees(daily)
    .filter(({ author, ephemeral }) => author === "bot" && !ephemeral);

const record = async () => {
  const [newest] = await server.services.store.postRecords(server.tenant, channelIdOf(daily), 1);
  return newest;
};

const isEnabled = async () =>
  (await server.services.store.schedule(server.tenant, channelIdOf(daily)))?.enabled;

describe("The daily post on Discord", () => {
  it("stands there once, though Discord's answer was lost and the post came again", async () => {
    await openBeforeNine();
    server.discord.faults.next(/^POST \/channels\/\d+\/messages/, { kind: "lost reply" }, 2);
    await server.passTime(MINUTE_MS);
    expect((await record())?.post.kind).toBe("intent");
    await server.passTime(MINUTE_MS);
    expect((await record())?.post).toMatchObject({ kind: "sent", messageId: posts()[0]?.id });
    expect(posts()).toHaveLength(1);
  });

  it("is found again by its mark when the try is too old for Discord to know it", async () => {
    await openBeforeNine();
    server.discord.faults.next(/^POST \/channels\/\d+\/messages/, { kind: "lost reply" }, 2);
    await server.passTime(MINUTE_MS);
    await server.passTime(10 * MINUTE_MS);
    expect((await record())?.post).toMatchObject({ kind: "sent", messageId: posts()[0]?.id });
    expect(posts()).toHaveLength(1);
  });

  it("is removed where a process that was frozen posts it a second time, and no other message with it", async () => {
    await openBeforeNine();
    await server.passTime(MINUTE_MS);
    const kept = posts()[0]?.id ?? "";
    const [round] = await server.services.store.rounds(server.tenant, channelIdOf(daily), 1);
    const question = server.services.library.question(round?.question ?? "");
    if (round === undefined || question === undefined) throw new Error("no round");
    const { tenant, channel, date } = round;
    const key = announcementKeyOf("question", channel, date);
    const announcement = { kind: "question", tenant, channel, key, round, question, late: false } as const;
    const since = server.services.clock.now();
    await server.passTime(10 * MINUTE_MS);
    await server.bot.poster.post(announcement);
    expect(posts()).toHaveLength(2);
    for (const _ of [1, 2]) await server.bot.poster.dropTwins?.(announcement, since, kept);
    expect(posts().map(({ id }) => id)).toEqual([kept]);
  });

  it("is not taken for posted because a member wrote its mark", async () => {
    await openBeforeNine();
    const key = announcementKeyOf("question", channelIdOf(daily), studyDateSchema.parse("2026-11-25"));
    const [part] = drawPost([publicReply({ kind: "text", text: "x" })], "en", { key, date: "2026-11-25" });
    server.discord.faults.next(/^POST \/channels\/\d+\/messages/, { kind: "status", status: 500 }, 2);
    await server.passTime(MINUTE_MS);
    expect((await record())?.post.kind).toBe("intent");
    // Discord shows the bot the content of what mentions it.
    const forged = `<@${server.discord.applicationId}> ${part?.message.body.content}`;
    await server.discord.member("bo").say(daily, forged);
    await server.passTime(10 * MINUTE_MS);
    expect(posts().filter(({ text }) => text.includes("Today's question"))).toHaveLength(1);
  });

  it("counts who has answered, at most one edit in ten seconds, and ends with the right number", async () => {
    await openBeforeNine();
    await server.passTime(MINUTE_MS);
    const members = ["bo", "ann"].map((name) => server.discord.member(name));
    for (const member of members) await (await member.slash(daily, "answer", { text: answer })).reply();
    await server.discord.until("the first edit", () => (posts()[0]?.edits ?? 0) > 0);
    expect(posts()[0]?.edits).toBe(1);
    await server.passTime(10_000);
    await server.discord.until("the last state", () => posts()[0]?.text.includes("2 members") === true);
    expect(posts()[0]?.edits).toBe(2);
    expect(posts()[0]?.text).not.toContain("mix some old data");
  });

  it("is edited at the close, and a thread on it holds the reveal, each part once, though one was cut off", async () => {
    await openBeforeNine();
    await server.passTime(MINUTE_MS);
    const [post] = posts();
    if (post === undefined) throw new Error("there is no post");
    server.discord.faults.next(new RegExp(`^POST /channels/${post.id}/messages`), { kind: "lost reply" }, 2);
    await server.passTime(DAY_MS);
    await server.passTime(11 * MINUTE_MS);
    await server.passTime(5 * MINUTE_MS);
    const [thread] = daily.threads();
    if (thread === undefined) throw new Error("there is no thread");
    const revealed = server.discord.member("bo").sees(thread);
    expect(revealed.filter(({ text }) => text.includes("A model answer"))).toHaveLength(1);
    expect(revealed.filter(({ text }) => text.includes("All key points"))).toHaveLength(1);
    expect(posts()[0]?.text).toContain("is closed");
    expect(JSON.stringify(posts()[0]?.components)).not.toContain("answer");
  });

  it("reveals in the channel where it may open no thread, and says once what is lacking", async () => {
    await openBeforeNine();
    await daily.deny("CreatePublicThreads");
    for (let day = 0; day < 2; day += 1) {
      await server.passTime(day === 0 ? MINUTE_MS : DAY_MS - 20 * MINUTE_MS);
      await server.passTime(DAY_MS);
      await server.passTime(20 * MINUTE_MS);
    }
    const texts = posts().map(({ text }) => text);
    expect(texts.filter((text) => text.includes("A model answer")).length).toBeGreaterThan(1);
    expect(texts.filter((text) => text.includes("Create Public Threads"))).toHaveLength(1);
  });

  it("stops where the bot may not write, tells the owner why, and does not try again", async () => {
    await openBeforeNine();
    const owner = server.discord.member("ann");
    await daily.deny("SendMessages");
    await server.passTime(MINUTE_MS);
    expect(await isEnabled()).toBe(false);
    expect((await record())?.post).toMatchObject({ kind: "skipped", reason: "refused" });
    const tries = server.discord.captured.length;
    await server.passTime(DAY_MS);
    expect(server.discord.captured.length).toBe(tries);
    expect(posts()).toHaveLength(0);
    const told = await owner.waitFor(owner.direct, ({ author }) => author === "bot");
    expect(told.text).toContain("Send Messages");
    const panel = await (await owner.slash(daily, "settings")).reply();
    expect(panel.text).toContain("In #daily I lack: Send Messages");
  });

  it("stops where the channel was deleted", async () => {
    await openBeforeNine();
    await daily.delete();
    await expect.poll(isEnabled).toBe(false);
  });

  it("pauses while the bot is out of the server, and goes on when it is invited back", async () => {
    await openBeforeNine();
    await server.discord.guild().removeBot();
    await expect.poll(isEnabled).toBe(false);
    await server.passTime(MINUTE_MS);
    await server.discord.guild().inviteBot();
    await expect.poll(isEnabled).toBe(true);
    await server.passTime(DAY_MS);
    expect(posts()).toHaveLength(1);
  });
});
