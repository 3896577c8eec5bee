import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import { type Amendment, privateReply, publicReply, type Reply } from "#core/reply";
import { StoreFailure } from "#core/store-failure";
import { createDiscord } from "#src/adapters/discord/connect";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { Channel, DiscordDouble, Member } from "#test/doubles/discord/handles";
import { type DiscordServer, openDiscordServer } from "./discord-server.ts";
import { probes, promised, type Replies, said } from "./probe.ts";

let replies: Replies;
const commands = probes((request) => replies(request));

/** What a store does, for a stand-in of it. */
const bound = (store: Store, name: string | symbol): unknown => {
  const own: unknown = Reflect.get(store, name);
  return typeof own === "function" ? own.bind(store) : own;
};

let server: DiscordServer;
let discord: DiscordDouble;
let bo: Member;
let daily: Channel;
const take = (opened: DiscordServer): void => {
  server = opened;
  discord = server.discord;
  bo = discord.member("bo");
  daily = discord.channel("daily");
};

// Most of these need no server of their own: what one leaves behind is put right after it.
let shared: DiscordServer;
beforeAll(async () => {
  shared = await openDiscordServer({ commands });
});
afterAll(() => shared.stop());
beforeEach(() => {
  take(shared);
  replies = () => said("here you are");
});
afterEach(async () => {
  // A fault that nothing met proves nothing.
  expect(discord.faults.waiting).toBe(0);
  bo.closeDirect(false);
  await daily.allow("SendMessages");
  server.log.errors.length = 0;
  if (server !== shared) await server.stop();
});

/** A server of its own for the test. */
const open = async (settings: Parameters<typeof openDiscordServer>[0] = {}): Promise<void> => {
  take(await openDiscordServer({ commands, ...settings }));
};

describe("When Discord does not do as it should, a member", () => {
  it("keeps what they wrote and gets the result as a direct message, where it took too long to come in", async () => {
    replies = () => said("recorded");
    discord.faults.lateInteraction();
    await bo.slash(daily, "writing", { text: "my words" });
    const direct = await bo.waitFor(bo.direct, ({ text }) => text.includes("did not let me answer"));
    await bo.waitFor(bo.direct, ({ text }) => text.includes("recorded"));
    expect(direct.author).toBe("bot");
    expect(server.log.errors).toEqual([]);
  });

  it("gets the rest of a long reply where one part is lost, and is told so", async () => {
    const part = (letter: string) => ({ kind: "text" as const, text: `${letter.repeat(3900)}\n${letter}!` });
    replies = () => privateReply(part("a"), part("b"), part("c"), part("d"));
    discord.faults.next(/^POST \/webhooks\//, { kind: "status", status: 500 }, 2);
    const asked = await bo.slash(daily, "probe");
    await asked.reply();
    await bo.waitFor(daily, ({ text }) => text.includes("Part of this reply"));
    const all = bo
      .sees(daily)
      .map(({ text }) => text)
      .join();
    expect(["a!", "b!", "c!", "d!"].filter((end) => all.includes(end)).length).toBeGreaterThan(1);
  });

  it("reads the reply once though the answer to it was lost on the way", async () => {
    discord.faults.next(/^POST \/interactions\//, { kind: "lost reply" });
    const asked = await bo.slash(daily, "probe");
    expect((await asked.reply()).text).toContain("here you are");
    expect(asked.followUps()).toHaveLength(0);
  });

  it("waits out a rate limit", async () => {
    const reply = promised<Reply>();
    replies = () => reply.promise;
    discord.faults.next(/^PATCH \/webhooks\//, { kind: "rate limited", retryAfterSeconds: 1 });
    const asked = await bo.slash(daily, "probe");
    await server.passTime(1000);
    await asked.first();
    reply.keep(said("after the wait"));
    expect((await asked.reply()).text).toContain("after the wait");
  });

  it("reads what the reply has become as a new message, where the first was deleted", async () => {
    const later = promised<Amendment | null>();
    replies = (request) => {
      request.later?.(later.promise);
      return said("first");
    };
    const asked = await bo.slash(daily, "probe");
    await daily.deleteMessage(await asked.reply());
    later.keep({ whole: said("still here"), news: said("news") });
    expect((await asked.followUp()).text).toContain("still here");
  });

  it("is answered after every kind of broken line", async () => {
    for (const breakLine of [
      () => discord.gateway.reconnect(),
      () => discord.gateway.invalidate(false),
      () => discord.gateway.kill(),
    ]) {
      const before = discord.gateway.identifies + discord.gateway.resumes;
      breakLine();
      await expect
        .poll(() => discord.gateway.identifies + discord.gateway.resumes, { timeout: 15_000 })
        .toBeGreaterThan(before);
      await expect.poll(() => discord.gateway.connected).toBe(1);
      await expect
        .poll(
          async () =>
            (await bo.slash(daily, "probe")).reply().then(
              ({ text }) => text,
              () => "",
            ),
          {
            timeout: 15_000,
          },
        )
        .toContain("here you are");
    }
    expect(server.log.errors).toEqual([]);
  });

  it("learns by a direct message what the bot lacks in a channel where they called it", async () => {
    await (await bo.slash(daily, "probe")).reply();
    replies = () => publicReply({ kind: "text", text: "for all" });
    await daily.deny("SendMessages");
    await bo.say(daily, `<@${discord.applicationId}> /probe`);
    const direct = await bo.waitFor(bo.direct, ({ text }) => text.includes("Send Messages"));
    expect(direct).toMatchObject({ author: "bot", text: expect.stringContaining("#daily") });
  });

  it("is told in the channel, without the content, where they take no direct messages", async () => {
    bo.closeDirect(true);
    replies = () => said("a secret");
    await bo.say(daily, `<@${discord.applicationId}> /probe`);
    const notice = await discord.member("ann").waitFor(daily, ({ text }) => text.includes("direct messages"));
    expect(notice.text).not.toContain("a secret");
  });
});

describe("A reply for one member alone", () => {
  it("never takes the place of a message that all can see, whatever button was pressed", async () => {
    replies = () => publicReply({ kind: "text", text: "for all" });
    const post = await (await bo.slash(daily, "probe")).reply();
    replies = () => ({ ...said("a secret"), placement: "edit" });
    const id = JSON.stringify(["run", "probe", {}]);
    const pressed = await bo.forge(daily, 3, { custom_id: id, component_type: 2 }, post);
    expect(await pressed.reply()).toMatchObject({ ephemeral: true });
    const seen = discord
      .member("ann")
      .sees(daily)
      .map(({ text }) => text);
    expect(seen.join()).toContain("for all");
    expect(seen.join()).not.toContain("a secret");
  });
});

describe("When the store is down, a member on Discord", () => {
  it("reads one sentence, and the operator one line", async () => {
    let isDown = false;
    await open({
      store: (store) =>
        new Proxy(store, {
          get: (_, name) =>
            name === "schedules" && isDown
              ? async () => {
                  throw new StoreFailure("full", "/data/rehearsal.db");
                }
              : bound(store, name),
        }),
    });
    isDown = true;
    const asked = await bo.slash(daily, "probe");
    expect((await asked.reply()).text).toContain("the store has no room left");
    expect(server.log.errors.map(({ event }) => event)).toEqual(["an interaction failed"]);
  });
});

describe("A button on Discord", () => {
  it("says so when nobody knows any more what it did", async () => {
    await open();
    replies = () =>
      privateReply({
        kind: "buttons",
        buttons: [
          {
            label: "Try",
            action: { command: "probe", options: { text: "x".repeat(200) } },
            style: "primary",
          },
        ],
      });
    const shown = await (await bo.slash(daily, "probe")).reply();
    await server.passTime(91 * 24 * 3_600_000);
    replies = () => said("done");
    expect((await (await bo.press(shown, "Try")).reply()).text).toContain("no longer known");
  });

  it("works in another process, and after weeks", async () => {
    await open();
    const action = { command: "probe", options: { text: "y".repeat(200) } };
    replies = () => privateReply({ kind: "buttons", buttons: [{ label: "Try", action, style: "primary" }] });
    const shown = await (await bo.slash(daily, "probe")).reply();
    await server.bot.stop();
    await server.second();
    replies = ({ input }) => said(JSON.stringify(input).includes("y".repeat(200)) ? "the same" : "another");
    expect((await (await bo.press(shown, "Try")).reply()).text).toContain("the same");
  });
});

describe("A bot whose commands were registered by an older program", () => {
  it("says once which ones members are not offered, and what to run", async () => {
    const [probe, writing] = commands;
    const older = { ...probe, name: "older" };
    await open({ registered: [probe, older] });
    await expect.poll(() => server.log.warnings.length, { timeout: 10_000 }).toBe(1);
    expect(server.log.warnings[0]).toEqual({
      event: "members are offered other commands than this program has: run npm run setup discord",
      facts: { missing: [`/${writing.name} text`], stale: ["/older text"] },
    });
  });

  it("says nothing where they are the same", async () => {
    await open();
    await server.bot.stop();
    expect(
      server.discord.captured.some(({ path, method }) => method === "GET" && path.endsWith("/commands")),
    ).toBe(true);
    expect(server.log.warnings).toEqual([]);
  });
});

describe("A bot with a wrong token", () => {
  it("says what to do instead of trying again", async () => {
    const other = await startDiscordDouble();
    const wrong = createDiscord(
      {
        token: "MTAwMDAwMDAwMDAwMDAwMDAwMA.wrong.token-of-nobody",
        application: other.applicationId,
        api: other.api,
        shards: null,
      },
      { services: server.services, after: () => () => {}, pause: async () => {} },
    );
    const dispatch = async () => said("");
    const starting = wrong.start({ commands: [], services: server.services, dispatch });
    await expect(starting).rejects.toThrow("refused");
    expect(other.captured.length).toBeLessThan(3);
    await wrong.stop();
    await other.stop();
  });
});
