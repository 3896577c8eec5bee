import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { publicReply } from "#core/reply";
import { probe, type StagesUnderTest, stagesContract } from "#test/contracts/stages";
import type { SeenMessage } from "#test/doubles/slack/handles";
import { channelIdOf, type Mode, openSlackServer, type SlackServer } from "#test/e2e/slack-server";

const text = (words: string) => publicReply({ kind: "text", text: words });

const openOn = async (mode: Mode): Promise<StagesUnderTest> => {
  const server = await openSlackServer({ commands: [probe], mode, waitsOnClock: true });
  const { slack, bot } = server;
  const other = await server.second();
  const daily = slack.channel("daily");
  const [ann, bo] = [slack.member("ann"), slack.member("bo")];
  const shown = (thread: string | null): readonly SeenMessage[] =>
    ann
      .sees(daily)
      .filter(({ author, ephemeral, threadTs }) => author === "app" && !ephemeral && threadTs === thread);
  const altsOf = ({ blocks }: SeenMessage): string[] =>
    blocks.flatMap((block) => ("alt_text" in block ? [String(block.alt_text)] : []));
  return {
    ...bot,
    other,
    tenant: server.tenant,
    channel: channelIdOf(daily),
    member: memberIdSchema.parse(bo.id),
    inChannel: () => shown(null).map(({ text: all }) => all),
    inThread: (thread) => shown(thread).map(({ text: all }) => all),
    direct: () => bo.sees(bo.dm).map(({ text: all }) => all),
    alts: () => shown(null).flatMap(altsOf),
    loseReply: () => slack.faults.next(/^chat\.postMessage$/, { kind: "lost reply" }),
    async press(where, label) {
      const messages = where === "direct" ? bo.sees(bo.dm) : shown(where === "channel" ? null : where.thread);
      const message = messages.findLast(({ text: all }) => all.includes(label));
      if (message === undefined) throw new Error(`${label} stands nowhere`);
      const reply = await (await bo.press(message, label)).reply();
      if (where !== "direct") expect(reply.ephemeral).toBe(true);
      if (typeof where === "object") expect(reply.threadTs).toBe(where.thread);
      return reply.text;
    },
    async deleteMessages(thread) {
      for (const message of shown(thread)) await daily.deleteMessage(message);
    },
    closeDirect() {
      slack.faults.next(/^chat\.postMessage$/, { kind: "error", error: "messages_tab_disabled" });
      return true;
    },
    passTime: (ms) => server.passTime(ms),
    async stop() {
      expect(slack.pings).toEqual([]);
      await server.stop();
    },
  };
};

stagesContract("Slack in Socket Mode", () => openOn("socket"));
stagesContract("Slack over HTTP", () => openOn("http"));

describe("A thread on Slack", () => {
  let server: SlackServer;
  const key = (name: string) => ({ key: name, since: 0 });
  beforeAll(async () => {
    server = await openSlackServer({ commands: [probe], without: ["look-back", "direct"] });
  });
  afterAll(() => server.stop());
  const daily = () => server.slack.channel("daily");
  const open = (name: string) =>
    server.bot.stages.open(server.tenant, channelIdOf(daily()), name, text(name), key(name));
  const stageOf = (thread: string) => ({ tenant: server.tenant, channel: channelIdOf(daily()), thread });
  const seen = (words: string) =>
    server.slack
      .member("ann")
      .sees(daily())
      .filter(({ text: all }) => all === words);

  it("is posted again where a reply was lost and history may not be read: two are better than none", async () => {
    const { thread } = await open("blind");
    server.slack.faults.next(/^chat\.postMessage$/, { kind: "lost reply" });
    await server.bot.stages.post(stageOf(thread), text("heard"), key("heard"));
    expect(seen("heard").length).toBe(2);
    expect(server.log.warnings.map(({ event }) => event)).toContain(
      "whether a message has arrived cannot be seen",
    );
  });

  it("takes a mention that names a command, for commands typed with a slash are not for threads", async () => {
    const { thread } = await open("mentioned");
    const [message] = seen("mentioned");
    if (message === undefined) throw new Error("no thread was opened");
    const bo = server.slack.member("bo");
    await bo.mention(daily(), "/probe word=hi", { thread: message });
    const reply = await bo.waitFor(daily(), ({ ephemeral, threadTs }) => ephemeral && threadTs === thread);
    expect(reply.text).toBe(`hi ${server.tenant} ${daily().id} ${daily().id}`);
  });

  it("ends where the bot is taken out of the channel, and who starts the next one reads why", async () => {
    const { thread } = await open("ending");
    await daily().removeBot();
    const post = server.bot.stages.post(stageOf(thread), text("e1"), key("e1"));
    await expect(post).rejects.toMatchObject({ name: "PostRefused", reason: "no-access" });
    const sentence = server.bot.stages.obstacle(server.tenant, channelIdOf(daily()));
    expect(sentence?.(messagesFor("en"))).toContain("/invite");
    await daily().inviteBot();
    await server.bot.stages.post(stageOf(thread), text("e1"), key("e1"));
    await daily().archive();
    const late = server.bot.stages.post(stageOf(thread), text("e2"), key("e2"));
    await expect(late).rejects.toMatchObject({ name: "PostRefused", reason: "channel-gone" });
  });

  it("has no part in a direct message whose fate nobody can see: a reminder is not sent twice", async () => {
    const bo = server.slack.member("bo");
    server.slack.faults.next(/^chat\.postMessage$/, { kind: "lost reply" });
    const send = () =>
      server.bot.directMessages.send(
        server.tenant,
        memberIdSchema.parse(bo.id),
        text("remember"),
        "today",
        "en",
      );
    expect(await send()).toBe("sent");
    expect(await send()).toBe("sent");
    expect(bo.sees(bo.dm).filter(({ text: all }) => all === "remember")).toHaveLength(1);
  });
});
