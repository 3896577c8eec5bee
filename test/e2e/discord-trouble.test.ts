import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Command, defineCommand } from "#core/command";
import { StoreFailure } from "#core/ports";
import { type Amendment, privateReply, publicReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { createDiscord } from "#src/adapters/discord/connect";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { Channel, DiscordDouble, Member } from "#test/doubles/discord/handles";
import { type DiscordServer, openDiscordServer } from "./discord-server.ts";

const said = (text: string): Reply => privateReply({ kind: "text", text });

/** What the one command of these tests replies; a test sets it. */
let replies: (request: Request) => Promise<Reply> | Reply;

const probe = defineCommand({
  name: "probe",
  who: "member",
  where: "everywhere",
  summary: { zh: "试一试", en: "tries something" },
  examples: ["/probe"],
  options: z.object({
    text: z
      .string()
      .optional()
      .meta({ rest: true, label: { zh: "话", en: "text" } }),
  }),
  shorthands: [],
  run: async (request) => replies(request),
});

/** Takes what members write, like /answer. */
const writing: Command = { ...probe, name: "writing", form: () => null };

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
  shared = await openDiscordServer({ commands: [probe, writing] });
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
  take(await openDiscordServer({ commands: [probe, writing], ...settings }));
};

/** A promise that a test keeps. */
function promised<Value>() {
  let keep: (value: Value) => void = () => {};
  const promise = new Promise<Value>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}

describe("When the core is slow, a member on Discord", () => {
  it("is told within the three seconds, and reads the reply in the same place", async () => {
    const reply = promised<Reply>();
    replies = () => reply.promise;
    const asked = await bo.slash(daily, "probe");
    await server.passTime(1000);
    expect((await asked.first()).kind).toBe("deferred message");
    reply.keep(said("at last"));
    const seen = await asked.reply();
    expect(seen).toMatchObject({ ephemeral: true, thinking: false });
    expect(seen.text).toContain("at last");
  });

  it("reads a public reply with everybody else", async () => {
    const reply = promised<Reply>();
    replies = () => reply.promise;
    const asked = await bo.slash(daily, "probe");
    await server.passTime(1000);
    await asked.first();
    reply.keep(publicReply({ kind: "text", text: "for everybody" }));
    const shown = await asked.followUp();
    expect(shown).toMatchObject({ ephemeral: false });
    expect(
      discord
        .member("ann")
        .sees(daily)
        .map(({ text }) => text)
        .join(),
    ).toContain("for everybody");
    expect((await asked.reply()).ephemeral).toBe(true);
  });

  it("gets the private reply to a button of a public message alone, and the message stays", async () => {
    const action = { command: "probe", options: {} };
    replies = () => publicReply({ kind: "buttons", buttons: [{ label: "Try", action, style: "primary" }] });
    const post = await (await bo.slash(daily, "probe")).reply();
    const reply = promised<Reply>();
    replies = () => reply.promise;
    const pressed = await bo.press(post, "Try");
    await server.passTime(1000);
    expect((await pressed.first()).kind).toBe("deferred update");
    reply.keep(said("for you"));
    expect((await pressed.followUp()).ephemeral).toBe(true);
    expect(bo.sees(daily).find(({ id }) => id === post.id)?.text).toContain("Try");
  });

  it("opens the form by a button where it came too late to open by itself", async () => {
    const reply = promised<Reply>();
    replies = () => reply.promise;
    const asked = await bo.slash(daily, "probe");
    await server.passTime(2000);
    await asked.first();
    const form: Reply = privateReply({
      kind: "form",
      form: {
        title: "Your words",
        submit: "Write",
        fields: [{ option: "text", label: "Words", placeholder: "…", multiline: true, maxLength: 100 }],
        action: { command: "probe", options: {} },
      },
    });
    reply.keep(form);
    const shown = await asked.reply();
    replies = ({ input }) =>
      input.kind === "typed" && input.options.text === undefined ? form : said("thank you");
    const opened = await (await bo.press(shown, "Write")).form();
    expect((await (await opened.submit({ text: "hello" })).reply()).text).toContain("thank you");
  });

  it("sees the reply change when something better comes later", async () => {
    const later = promised<Amendment | null>();
    replies = (request) => {
      request.later?.(later.promise);
      return said("first");
    };
    const asked = await bo.slash(daily, "probe");
    expect((await asked.reply()).text).toContain("first");
    later.keep({ whole: said("second"), news: said("news") });
    await discord.until("the change", () => asked.now()?.text.includes("second") === true);
    expect(asked.followUps()).toHaveLength(0);
  });
});

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

describe("When the store is down, a member on Discord", () => {
  it("reads one sentence, and the operator one line", async () => {
    let isDown = false;
    await open({
      store: (store) =>
        new Proxy(store, {
          get: (target, name) =>
            name === "schedules" && isDown
              ? async () => {
                  throw new StoreFailure("full", "/data/rehearsal.db");
                }
              : Reflect.get(target, name).bind(target),
        }),
    });
    isDown = true;
    const asked = await bo.slash(daily, "probe");
    expect((await asked.reply()).text).toContain("the disk is full");
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
