import { afterEach, describe, expect, it } from "vitest";
import { announcementKeyOf } from "#core/schedule/post-record";
import type { Channel, Member, SeenMessage } from "#test/doubles/slack/handles";
import { channelIdOf, openSlackServer, type SlackServer } from "./slack-server.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const answer = "New gradients overwrite the old weights. I would mix some old data into the training set.";

let server: SlackServer;
let daily: Channel;
let ann: Member;
afterEach(async () => {
  expect(server.slack.faults.waiting).toBe(0);
  await server.stop();
});

/** A workspace whose question is due one minute from now. */
async function openBeforeNine(settings: Parameters<typeof openSlackServer>[0] = {}): Promise<void> {
  server = await openSlackServer({ startsAt: Date.UTC(2026, 10, 25, 0, 59), ...settings });
  daily = server.slack.channel("daily");
  ann = server.slack.member("ann");
  await (await ann.slash(daily, "/settings", "time=9:00 zone=Asia/Shanghai language=en on")).reply();
}

const posts = (): readonly SeenMessage[] =>
  ann.sees(daily).filter(({ ephemeral, threadTs, metadata }) => !ephemeral && !threadTs && metadata !== null);

const record = async () => {
  const [newest] = await server.services.store.postRecords(server.tenant, channelIdOf(daily), 1);
  return newest;
};

const isEnabled = async () =>
  (await server.services.store.schedule(server.tenant, channelIdOf(daily)))?.enabled;

const historyReads = (): number =>
  server.slack.captured.filter(({ method }) => method === "conversations.history").length;

describe("The daily post on Slack", () => {
  it("stands there once, though Slack's answer was lost: the channel is looked through then, and only then", async () => {
    await openBeforeNine();
    server.slack.faults.next(/^chat\.postMessage$/, { kind: "lost reply" });
    await server.passTime(MINUTE_MS);
    expect((await record())?.post.kind).toBe("intent");
    expect(historyReads()).toBe(0);
    await server.passTime(MINUTE_MS);
    expect((await record())?.post).toMatchObject({ kind: "sent", messageId: posts()[0]?.ts });
    expect(posts()).toHaveLength(1);
    expect(historyReads()).toBe(1);
    await server.passTime(DAY_MS);
    expect(posts()).toHaveLength(2);
    expect(historyReads()).toBe(1);
  });

  it("is removed where a process that was frozen posts it a second time, and no other message with it", async () => {
    await openBeforeNine();
    await server.passTime(MINUTE_MS);
    const kept = posts()[0]?.ts ?? "";
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
    expect(posts().map(({ ts }) => ts)).toEqual([kept]);
  });

  it("is posted again where it never arrived", async () => {
    await openBeforeNine();
    server.slack.faults.next(/^chat\.postMessage$/, { kind: "lost request" });
    await server.passTime(MINUTE_MS);
    await server.passTime(MINUTE_MS);
    expect(posts()).toHaveLength(1);
    expect((await record())?.post).toMatchObject({ kind: "sent", messageId: posts()[0]?.ts });
  });

  it("waits out a limit of its own workspace", async () => {
    await openBeforeNine();
    server.slack.faults.next(/^chat\.postMessage$/, { kind: "rate limited", retryAfterSeconds: 1 });
    await server.passTime(MINUTE_MS);
    expect(posts()).toHaveLength(1);
  });

  it("counts who has answered, at most one edit in ten seconds, and ends with the right number", async () => {
    await openBeforeNine();
    await server.passTime(MINUTE_MS);
    for (const name of ["bo", "ann"])
      await (await server.slack.member(name).slash(daily, "/answer", answer)).reply();
    await server.slack.until("the first edit", () => (posts()[0]?.edits ?? 0) > 0);
    expect(posts()[0]?.edits).toBe(1);
    await server.passTime(10_000);
    await server.slack.until("the last state", () => posts()[0]?.text.includes("2 members") === true);
    expect(posts()[0]?.edits).toBe(2);
    expect(posts()[0]?.text).not.toContain("mix some old data");
  });

  it("is edited at the close, and its thread holds the reveal, each part once, though one was cut off", async () => {
    await openBeforeNine();
    await server.passTime(MINUTE_MS);
    await server.passTime(DAY_MS);
    server.slack.faults.next(/^chat\.postMessage$/, { kind: "lost reply" });
    await server.passTime(11 * MINUTE_MS);
    await server.passTime(5 * MINUTE_MS);
    const [post] = posts();
    const thread = ann.sees(daily).filter(({ threadTs }) => threadTs === post?.ts);
    const all = thread.map(({ text }) => text).join("\n");
    expect(all.split("A model answer")).toHaveLength(2);
    expect(all.split("All key points")).toHaveLength(2);
    expect(post?.text).toContain("is closed");
    expect(post?.metadata).not.toBeNull();
  });

  it.each([
    ["the bot was taken out of it", () => daily.removeBot(), /not in #daily|taken out/],
    ["it was archived", () => daily.archive(), /archived/],
    ["it was deleted", () => daily.delete(), /no longer there/],
    ["a scope is missing", async () => server.slack.workspace().takeScope("chat:write"), null],
  ])("stops where %s, says why and how to mend it, and does not try again", async (_, spoil, says) => {
    await openBeforeNine();
    await spoil();
    await server.passTime(MINUTE_MS);
    expect(await isEnabled()).toBe(false);
    expect((await record())?.post).toMatchObject({ kind: "skipped", reason: "refused" });
    if (says !== null) {
      const told = await ann.waitFor(ann.dm, ({ text }) => text.includes("paused"));
      expect(told.text).toMatch(says);
    }
    const tries = server.slack.captured.length;
    await server.passTime(DAY_MS);
    expect(server.slack.captured.length).toBe(tries);
    expect(posts()).toHaveLength(0);
  });

  it("goes on when the bot is invited back", async () => {
    await openBeforeNine();
    await daily.removeBot();
    await server.passTime(MINUTE_MS);
    expect(await isEnabled()).toBe(false);
    await daily.inviteBot();
    await expect.poll(isEnabled).toBe(true);
    await server.passTime(DAY_MS);
    expect(posts()).toHaveLength(1);
  });

  it("tells an admin at once, while they set it up, that the bot is not in the channel", async () => {
    await openBeforeNine();
    await daily.removeBot();
    const panel = await (await ann.slash(daily, "/settings")).reply();
    expect(panel.text).toContain("I am not in #daily");
  });

  it("comes where history may not be read, and is never posted twice there", async () => {
    await openBeforeNine({ without: ["look-back"] });
    server.slack.faults.next(/^chat\.postMessage$/, { kind: "lost reply" });
    await server.passTime(MINUTE_MS);
    for (let minute = 0; minute < 20; minute += 1) await server.passTime(MINUTE_MS);
    expect(posts()).toHaveLength(1);
  });
});

describe("A limit that one workspace has reached", () => {
  it("delays no other", async () => {
    server = await openSlackServer({
      mode: "http",
      startsAt: Date.UTC(2026, 10, 25, 0, 59),
      installs: false,
      double: {
        workspaces: ["slow", "quick"].map((name) => ({
          name,
          channels: ["daily"],
          members: [{ name: "ann", admin: true, owner: true }],
        })),
      },
    });
    const { slack } = server;
    for (const name of ["slow", "quick"]) {
      const workspace = slack.workspace(name);
      const admin = workspace.member("ann");
      expect((await admin.install(`${server.url}/slack/install`)).status).toBe(200);
      const settings = "time=9:00 zone=Asia/Shanghai language=en on";
      await (await admin.slash(workspace.channel("daily"), "/settings", settings)).reply();
    }
    daily = slack.workspace("quick").channel("daily");
    ann = slack.workspace("quick").member("ann");
    const slow = slack.workspace("slow");
    slack.faults.next(/^chat\.postMessage$/, { kind: "rate limited", retryAfterSeconds: 3 }, 1, slow.id);
    const passing = server.passTime(MINUTE_MS);
    await slack.until("the other is posted", () => posts().length === 1);
    const others = slow.member("ann").sees(slow.channel("daily"));
    expect(others.filter(({ metadata }) => metadata !== null)).toHaveLength(0);
    await passing;
  });
});
