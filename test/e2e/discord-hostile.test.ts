import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roundIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Channel, Member, OptionValue, SeenMessage } from "#test/doubles/discord/handles";
import { channelIdOf, type DiscordServer, openDiscordServer } from "./discord-server.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const good =
  "While the model learns something new it loses what it had learned before. New gradients overwrite the old weights. I would mix some old data into the training set.";
/** Everything that Discord reads in a text, and what turns or piles up letters. */
const tricks = `@everyone @here <@&1> <@1> [click](https://evil.example) \`\`\`
# A heading
> quoted ||spoiler|| **bold** <t:1:R> </answer:1> <:a:1> \u202Egnp.exe \u2066${"z\u0301\u0302\u0303\u0304\u0305\u0306".repeat(9)}`;
const hostile = `${good} ${tricks} ${"and so on ".repeat(400)}`.slice(0, 4000);

describe("Whoever means harm on Discord", () => {
  let server: DiscordServer;
  let daily: Channel;
  let post: SeenMessage;
  const member = (name: string): Member => server.discord.member(name);
  const answerOf = async (name: string, text: string): Promise<SeenMessage> =>
    (await (await (await member(name).press(post, "Answer")).form()).submit({ text })).reply();
  const offers = () =>
    server.services.store.offers(server.tenant, roundIdSchema.parse(`2026-11-25@${daily.id}`));

  beforeAll(async () => {
    server = await openDiscordServer({
      startsAt: Date.UTC(2026, 10, 25, 0, 59),
      double: {
        guilds: [
          {
            name: "red",
            channels: ["daily"],
            members: [{ name: "ann", admin: true }, { name: "sam" }, { name: "jun" }],
          },
          { name: "blue", channels: ["secret"], members: [{ name: "eve", admin: true }] },
        ],
      },
    });
    daily = server.discord.channel("daily");
    const settings = { time: "09:00", zone: "Asia/Shanghai", language: "en", on: true };
    await (await member("ann").slash(daily, "settings", settings)).reply();
    await server.passTime(MINUTE_MS);
    post = await member("sam").waitFor(daily, ({ author, ephemeral }) => author === "bot" && !ephemeral);
  });
  afterAll(async () => {
    expect(server.discord.pings).toEqual([]);
    expect(server.discord.refusals).toEqual([]);
    expect(server.log.errors).toEqual([]);
    await server.stop();
  });

  it("sets and posts nothing in another server's channel, though the bot is there too", async () => {
    const blue = server.discord.guild("blue");
    const secret = blue.channel("secret");
    const ann = member("ann");
    for (const named of [secret.id, `<#${secret.id}>`, "1", "general"]) {
      await ann.say(daily, `<@${server.discord.applicationId}> /settings channel=${named} time=8:00 on`);
      await ann.say(daily, `<@${server.discord.applicationId}> /settings channel=${named} test`);
    }
    await server.discord.until("all are refused", () => ann.sees(ann.direct).length === 8);
    for (const { text } of ann.sees(ann.direct)) expect(text).toContain("no such text channel");
    expect(blue.member("eve").sees(secret)).toEqual([]);
    const schedules = await server.services.store.schedules(server.tenant);
    expect(schedules.map(({ channel }) => channel)).toEqual([channelIdOf(daily)]);
  });

  it("gets no test post twice out of a line that lost Discord's answer", async () => {
    server.discord.faults.next(/^POST \/channels\/\d+\/messages/, { kind: "lost reply" });
    const asked = await member("ann").slash(daily, "settings", { test: true });
    await asked.reply();
    const posts = member("jun")
      .sees(daily)
      .map(({ text }) => text);
    const title = messagesFor("en").settings.testTitle;
    expect(posts.filter((text) => text.includes(title))).toHaveLength(1);
  });

  it("offers nobody else's answer, by the key of their button", async () => {
    const reply = await answerOf("sam", hostile);
    const [, key = ""] = /"custom_id":"(=[^"]+)"/.exec(JSON.stringify(reply.components)) ?? [];
    expect(key).not.toBe("");
    const stolen = await member("jun").forge(daily, 3, { component_type: 2, custom_id: key }, post);
    expect((await stolen.reply()).text).toContain("no answer of yours");
    expect(await offers()).toEqual([]);
    await (await member("sam").press(reply, "Show this answer, with my name")).reply();
    expect(await offers()).toHaveLength(1);
  });

  it("sets nothing that is no time, place, day or topic, and reads what would be", async () => {
    const wrong: readonly (readonly [Record<string, OptionValue>, string])[] = [
      [{ time: "25:99" }, "9:00"],
      [{ time: "`**@everyone**`" }, "9:00"],
      [{ zone: "Atlantis" }, "Which zone"],
      [{ weekdays: "8" }, "1-5"],
      [{ holidays: "XX" }, "country code"],
      [{ topics: "@everyone" }, "There are"],
      [{ close: "99" }, "8 to 24"],
      [{ catchup: "-1" }, "1 to 24"],
    ];
    const kept = await server.services.store.schedules(server.tenant);
    for (const [options, says] of wrong)
      expect((await (await member("ann").slash(daily, "settings", options)).reply()).text).toContain(says);
    expect(await server.services.store.schedules(server.tenant)).toEqual(kept);
  });

  it("answers after the close only by a form that was open before it, and for ten minutes", async () => {
    const [inTime, tooLate] = [
      await (await member("jun").press(post, "Answer")).form(),
      await (await member("ann").press(post, "Answer")).form(),
    ];
    await server.passTime(DAY_MS + 9 * MINUTE_MS);
    expect((await (await inTime.submit({ text: good })).reply()).text).toContain("Score");
    await server.passTime(2 * MINUTE_MS);
    expect((await (await tooLate.submit({ text: good })).reply()).text).toContain("closed");
  });

  it("draws in a text of the reveal nothing but the letters of it", async () => {
    const [thread] = daily.threads();
    if (thread === undefined) throw new Error("there is no thread");
    const shown = member("jun")
      .sees(thread)
      .find(({ text }) => text.includes("mix some old data"));
    const embeds = JSON.stringify(shown?.embeds);
    expect(embeds).toContain("gnp.exe");
    for (const alive of ["\u202e", "[click](", "||spoiler", "**bold", "<t:1:R>", " @everyone", "<@1>", "```"])
      expect(embeds).not.toContain(alive);
  });
});
