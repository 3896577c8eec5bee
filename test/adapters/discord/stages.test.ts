import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { messagesFor } from "#core/messages/index";
import { PostRefused } from "#core/ports";
import { publicReply } from "#core/reply";
import { probe, type StagesUnderTest, stagesContract } from "#test/contracts/stages";
import type { SeenMessage } from "#test/doubles/discord/handles";
import { channelIdOf, type DiscordServer, openDiscordServer } from "#test/e2e/discord-server";

const text = (words: string) => publicReply({ kind: "text", text: words });

stagesContract("Discord", async (): Promise<StagesUnderTest> => {
  const server = await openDiscordServer({ commands: [probe], waitsOnClock: true });
  const { discord, bot } = server;
  const other = await server.second();
  const daily = discord.channel("daily");
  const [ann, bo] = [discord.member("ann"), discord.member("bo")];
  const shown = (place: { readonly id: string }): readonly SeenMessage[] =>
    ann.sees(place).filter(({ author, ephemeral }) => author === "bot" && !ephemeral);
  const words = ({ content, embeds, text: all }: SeenMessage): string =>
    content !== "" ? content : (embeds[0]?.description ?? all);
  return {
    ...bot,
    other,
    tenant: server.tenant,
    channel: channelIdOf(daily),
    member: bo.id as never,
    inChannel: () => shown(daily).map(words),
    inThread: (thread) => shown({ id: thread }).map(words),
    direct: () => bo.sees(bo.direct).map(words),
    alts: () => shown(daily).flatMap(({ attachments }) => attachments.flatMap(({ alt }) => alt ?? [])),
    loseReply: () => discord.faults.next(/^POST \/channels\/\d+\/messages$/, { kind: "lost reply" }, 2),
    async press(where, label) {
      const place = where === "channel" ? daily : where === "direct" ? bo.direct : { id: where.thread };
      const message = bo.sees(place).findLast(({ text: all }) => all.includes(label));
      if (message === undefined) throw new Error(`${label} stands nowhere`);
      const reply = await (await bo.press(message, label)).reply();
      if (where !== "direct") expect(reply.ephemeral).toBe(true);
      return reply.text;
    },
    async deleteMessages(thread) {
      for (const message of shown({ id: thread })) await daily.deleteMessage(message);
    },
    closeDirect() {
      bo.closeDirect(true);
      return true;
    },
    passTime: (ms) => server.passTime(ms),
    async stop() {
      expect(discord.pings).toEqual([]);
      await server.stop();
    },
  };
});

describe("A thread on Discord", () => {
  let server: DiscordServer;
  const key = (name: string) => ({ key: name, since: 0 });
  beforeAll(async () => {
    server = await openDiscordServer({ commands: [probe], double: { mostThreads: 4 } });
  });
  afterAll(() => server.stop());
  const daily = () => server.discord.channel("daily");
  const open = (name: string) =>
    server.bot.stages.open(
      server.tenant,
      channelIdOf(daily()),
      `The ${name} interview`,
      text(name),
      key(name),
    );
  const stageOf = (thread: string) => ({ tenant: server.tenant, channel: channelIdOf(daily()), thread });

  const inChannel = () =>
    server.discord
      .member("bo")
      .sees(daily())
      .map(({ text: all }) => all);

  it("has the title, cut to what Discord takes", async () => {
    const { stages } = server.bot;
    await stages.open(server.tenant, channelIdOf(daily()), "面".repeat(150), text("long"), key("long"));
    expect(daily().threads().at(-1)?.name).toMatch(/^面+…$/);
  });

  it("is named with what is lacking before anything is posted, and nothing is left where it shows later", async () => {
    const lacking = ["CreatePublicThreads", "SendMessagesInThreads"] as const;
    const obstacle = () =>
      server.bot.stages.obstacle(server.tenant, channelIdOf(daily()))?.(messagesFor("en")) ?? "";
    for (const permission of lacking) {
      await daily().deny(permission);
      // The gateway tells of it.
      await vi.waitFor(() => expect(obstacle()).toMatch(/#daily.*Threads.*Permissions/));
      if (permission === "CreatePublicThreads") await expect(open("forbidden")).rejects.toThrow(PostRefused);
      await daily().allow(permission);
      await vi.waitFor(() => expect(obstacle()).toBe(""));
    }
    expect(inChannel()).not.toContain("forbidden");
  });

  it("that was put away is woken by a post and by an edit", async () => {
    const { thread } = await open("sleeping");
    const message = await server.bot.stages.post(stageOf(thread), text("first"), key("s1"));
    const seen = () =>
      daily()
        .threads()
        .find(({ id }) => id === thread);
    seen()?.archive();
    await server.bot.stages.edit(stageOf(thread), message, async () => text("second"));
    expect(seen()?.archived).toBe(false);
    seen()?.archive();
    await server.bot.stages.post(stageOf(thread), text("third"), key("s2"));
    expect(
      server.discord
        .member("bo")
        .sees({ id: thread })
        .map(({ text: all }) => all),
    ).toEqual(["second", "third"]);
  });

  it("that is locked, deleted or closed to the bot ends the stage, as something that cannot heal by itself", async () => {
    const { thread } = await open("ending");
    const post = (name: string) => server.bot.stages.post(stageOf(thread), text(name), key(name));
    await daily().deny("SendMessagesInThreads");
    await expect(post("e1")).rejects.toMatchObject({ name: "PostRefused", reason: "no-access" });
    await daily().allow("SendMessagesInThreads");
    await post("e1");
    const seen = daily()
      .threads()
      .find(({ id }) => id === thread);
    seen?.archive({ locked: true });
    await expect(post("e2")).rejects.toMatchObject({ name: "PostRefused", reason: "no-access" });
    await seen?.delete();
    await expect(post("e2")).rejects.toMatchObject({ name: "PostRefused", reason: "channel-gone" });
  });

  it("takes slash commands, which are for its channel", async () => {
    const { thread } = await open("typed");
    const reply = await (
      await server.discord.member("bo").slash({ id: thread }, "probe", { word: "hi" })
    ).reply();
    expect(reply.text).toBe(`hi ${server.tenant} ${daily().id} ${daily().id}`);
  });

  it("is refused where the server has as many as it may", async () => {
    await open("last");
    await expect(open("one too many")).rejects.toThrow(PostRefused);
    expect(inChannel()).not.toContain("one too many");
  });
});
