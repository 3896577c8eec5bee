import { REST, Routes } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { roundIdSchema, tenantIdSchema } from "#core/ids";
import { commandsJson } from "#src/adapters/discord/register";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble } from "#test/doubles/discord/handles";
import { makeDue, startTwoBots, type TwoBots } from "./bot-processes.ts";
import { channelIdOf } from "./discord-server.ts";

const patiently = { timeout: 20_000 };
const answer = "New gradients overwrite the old weights. I would mix some old data into the training set.";

describe("two processes on one Redis that Discord knows as one bot", () => {
  let discord: DiscordDouble;
  let bots: TwoBots;
  beforeAll(async () => {
    discord = await startDiscordDouble({ patienceMs: 30_000 });
    const { token, applicationId, api } = discord;
    const registered = commands.filter(({ where }) => where === "everywhere");
    await new REST({ api }).setToken(token).put(Routes.applicationCommands(applicationId), {
      body: commandsJson(registered, (text) => text),
    });
    bots = await startTwoBots({ api, platform: { kind: "discord", token, application: applicationId } });
  });
  afterAll(async () => {
    await bots.stop();
    await discord.stop();
  });

  it("post a question once that both find due", async () => {
    const daily = discord.channel("daily");
    const bo = discord.member("bo");
    const tenant = tenantIdSchema.parse(`discord:${discord.guild().id}`);
    await makeDue(bots.store, tenant, channelIdOf(daily));
    await Promise.all([bots.look(), bots.look()]);
    const posts = () => bo.sees(daily).filter(({ author, ephemeral }) => author === "bot" && !ephemeral);
    await expect.poll(posts, patiently).toHaveLength(1);
    await bots.look();
    expect(posts()).toHaveLength(1);
    expect(await bots.store.postRecords(tenant, channelIdOf(daily), 9)).toMatchObject([
      { post: { kind: "sent" } },
    ]);
  });

  it("record an answer once that both are given, and show one reply", async () => {
    const daily = discord.channel("daily");
    const bo = discord.member("bo");
    const tenant = tenantIdSchema.parse(`discord:${discord.guild().id}`);
    const [round] = await bots.store.rounds(tenant, channelIdOf(daily), 1);
    const asked = await bo.slash(daily, "answer", { text: answer });
    const reply = await asked.reply();
    const ends = await bots.end();
    expect(ends.map(({ requests }) => requests)).toEqual([1, 1]);
    expect(ends.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await bots.store.attemptsOfRound(tenant, roundIdSchema.parse(round?.id))).toHaveLength(1);
    expect(asked.followUps()).toHaveLength(0);
    expect(asked.now()?.text).toBe(reply.text);
    expect(bo.sees(daily).filter(({ text }) => text.includes("answer 1 of 3"))).toHaveLength(1);
  });
});
