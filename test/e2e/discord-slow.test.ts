import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Amendment, privateReply, publicReply, type Reply } from "#core/reply";
import type { Channel, DiscordDouble, Member } from "#test/doubles/discord/handles";
import { type DiscordServer, openDiscordServer } from "./discord-server.ts";
import { probes, promised, type Replies, said } from "./probe.ts";

let replies: Replies;
const commands = probes((request) => replies(request));

let server: DiscordServer;
let discord: DiscordDouble;
let bo: Member;
let daily: Channel;

beforeAll(async () => {
  server = await openDiscordServer({ commands });
  discord = server.discord;
  bo = discord.member("bo");
  daily = discord.channel("daily");
});
beforeEach(() => {
  replies = () => said("here you are");
});
afterEach(() => {
  expect(server.log.errors).toEqual([]);
});
afterAll(() => server.stop());

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

  it("is told after a minute that it takes long, and reads the reply there should it come after all", async () => {
    const reply = promised<Reply>();
    replies = () => reply.promise;
    const asked = await bo.slash(daily, "probe");
    await server.passTime(1000);
    expect((await asked.first()).kind).toBe("deferred message");
    await server.passTime(60_000);
    expect((await asked.reply()).text).toContain("takes longer than it should");
    reply.keep(said("better late"));
    await discord.until("the reply", () => asked.now()?.text.includes("better late") === true);
    expect(asked.followUps()).toHaveLength(0);
  });

  it("is told so in a direct message as well", async () => {
    await (await bo.slash(daily, "probe")).reply();
    const reply = promised<Reply>();
    const begun = promised<null>();
    replies = () => {
      begun.keep(null);
      return reply.promise;
    };
    await bo.say(bo.direct, "/probe");
    await begun.promise;
    await server.passTime(60_000);
    const told = await bo.waitFor(bo.direct, ({ text }) => text.includes("takes longer than it should"));
    reply.keep(said("better late"));
    const late = await bo.waitFor(bo.direct, ({ text }) => text.includes("better late"));
    expect(late.id).toBe(told.id);
  });

  it("reads one sentence where somebody deleted the sign that it takes a while", async () => {
    const reply = promised<Reply>();
    replies = () => reply.promise;
    const asked = await bo.slash(daily, "probe");
    await server.passTime(1000);
    await asked.first();
    const [thinking] = bo.sees(daily).filter((message) => message.thinking);
    if (thinking === undefined) throw new Error("nothing says that it takes a while");
    await daily.deleteMessage(thinking);
    reply.keep(said("all the same"));
    const shown = await asked.followUp();
    expect(shown).toMatchObject({ ephemeral: true, text: expect.stringContaining("all the same") });
    expect(bo.sees(daily).filter(({ text }) => text.includes("all the same"))).toHaveLength(1);
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
