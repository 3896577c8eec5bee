import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { asInTaiwan } from "#core/taiwan";
import { commandsJson } from "#src/adapters/discord/register";
import { botScopes } from "#src/adapters/slack/manifest-scopes";
import { readConfig } from "#src/config";
import { askJudge, askOwnAddress } from "#src/doctor/endpoints";
import { askDiscord, askSlack, examineDiscordToken, examineSlackTokens } from "#src/doctor/platforms";
import { DiscordApi } from "#src/setup/discord-api";
import { SlackApi } from "#src/setup/slack-api";
import { APPLICATION, type FakeDiscord, GUILD, startFakeDiscord, TOKEN } from "#test/setup/fake-discord";
import { APP_TOKEN, BOT_TOKEN, type FakeSlack, startFakeSlack } from "#test/setup/fake-slack";
import { toldBy } from "./told.ts";

const noPause = async () => {};
const discordWith = (more: Readonly<Record<string, string>> = {}) => {
  const { discord } = readConfig({
    REHEARSAL_DISCORD_TOKEN: TOKEN,
    REHEARSAL_DISCORD_APPLICATION: APPLICATION,
    ...more,
  });
  if (discord === null) throw new Error("no Discord");
  return discord;
};
const slackWith = (more: Readonly<Record<string, string>> = {}) => {
  const { slack } = readConfig({
    REHEARSAL_SLACK_BOT_TOKEN: BOT_TOKEN,
    REHEARSAL_SLACK_APP_TOKEN: APP_TOKEN,
    ...more,
  });
  if (slack === null) throw new Error("no Slack");
  return slack;
};

describe("A look at Discord", () => {
  let fake: FakeDiscord;
  beforeEach(async () => {
    fake = await startFakeDiscord();
  });
  afterEach(() => fake.stop());
  const ask = async (config = discordWith(), token = config.token) =>
    toldBy(await askDiscord(new DiscordApi(fake.api, token, noPause), config));

  it("asks whose the token is, what the bot may do, and whether members see its commands", async () => {
    const json = commandsJson(commands, asInTaiwan);
    await new DiscordApi(fake.api, TOKEN, noPause).register(APPLICATION, null, json);
    expect((await ask()).map((line) => line.slice(0, 12))).toEqual([
      "ok the token",
      "ok it may do",
      "ok all ".concat(String(json.length)).concat(" commands").slice(0, 12),
      "ok 2 shards ",
    ]);
  });

  it("names what is missing: permissions with what they are for, commands, shards, connections", async () => {
    await new DiscordApi(fake.api, TOKEN, noPause).register(APPLICATION, null, [{ name: "quiz" }]);
    fake.permissions = String((1n << 10n) | (1n << 11n));
    const lines = await ask(discordWith({ REHEARSAL_DISCORD_SHARDS: "1" }));
    expect(lines[1]).toMatch(/^warn in “Team” it lacks Embed Links \(to draw the question as a card/);
    expect(lines[2]).toMatch(
      /^warn \d+ commands are not registered \(.*answer.*npm run setup discord, or in a container/,
    );
    expect(lines[3]).toMatch(/^warn REHEARSAL_DISCORD_SHARDS names 1 shard, Discord advises 2/);
    fake.remaining = 3;
    expect((await ask())[3]).toMatch(/^warn it may connect only 3 more times in the next 10 min/);
  });

  it("tells a token that is not known, of another application, or was never one", async () => {
    expect(await ask(discordWith(), TOKEN.replace("MTI", "MTA"))).toEqual([
      expect.stringMatching(/^fail Discord does not know this token/),
    ]);
    expect(await ask(discordWith({ REHEARSAL_DISCORD_APPLICATION: GUILD }))).toEqual([
      expect.stringMatching(/^fail The application id is/),
    ]);
    expect(toldBy(examineDiscordToken(discordWith()))).toEqual([expect.stringMatching(/^ok/)]);
    const key = discordWith({ REHEARSAL_DISCORD_TOKEN: "a".repeat(64) });
    expect(toldBy(examineDiscordToken(key))[0]).toMatch(/^fail That is the application's public key/);
  });

  it("knows from each answer how far its clock is ahead", async () => {
    const api = new DiscordApi(fake.api, TOKEN, noPause);
    expect(api.aheadMs).toBe(null);
    await api.application();
    expect(Math.abs(api.aheadMs ?? 99_999)).toBeLessThan(10_000);
  });
});

describe("A look at Slack", () => {
  let fake: FakeSlack;
  beforeEach(async () => {
    fake = await startFakeSlack(botScopes());
  });
  afterEach(() => fake.stop());
  const ask = async (config = slackWith()) => toldBy(await askSlack(new SlackApi(fake.api, noPause), config));

  it("asks whose the tokens are and what they may do, and posts nothing", async () => {
    expect(await ask()).toEqual([
      "ok the token is good: @rehearsal in “Study”.",
      "ok Every scope is there.",
      "ok Socket Mode: a connection can be opened.",
    ]);
    expect(fake.posted).toEqual([]);
    fake.scopes = ["commands", "users:read"];
    const lines = await ask();
    expect(lines[1]).toMatch(/^fail Without chat:write nothing works/);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^warn the scope files:write is missing: to show charts and to hand out files, like that of \/data export/,
      ),
    );
  });

  it("tells which of the two tokens is not good", async () => {
    expect(await ask(slackWith({ REHEARSAL_SLACK_BOT_TOKEN: "xoxb-0000000000" }))).toEqual([
      expect.stringMatching(/^fail Slack does not know this token \(invalid_auth\)/),
    ]);
    expect((await ask(slackWith({ REHEARSAL_SLACK_APP_TOKEN: "xapp-0000000000" })))[0]).toMatch(
      /^fail .*app-level/,
    );
    const swapped = slackWith({ REHEARSAL_SLACK_BOT_TOKEN: APP_TOKEN, REHEARSAL_SLACK_APP_TOKEN: BOT_TOKEN });
    expect(toldBy(examineSlackTokens(swapped))).toEqual([
      expect.stringMatching(/^fail REHEARSAL_SLACK_BOT_TOKEN: That is the app-level token/),
      expect.stringMatching(/^fail REHEARSAL_SLACK_APP_TOKEN: That is the bot's token/),
    ]);
  });
});

describe("A look at the address that Slack delivers to", () => {
  it("tells a running bot from what stands before one that does not answer, and from nothing", async () => {
    let answer: readonly [status: number, body: string] = [502, "<h1>Bad gateway</h1>"];
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(answer[0]).end(answer[1]);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/study/`;
    const told = async () => toldBy(await askOwnAddress(url));
    expect((await told())[0]).toMatch(/^warn .* answers 502, and it is not Rehearsal/);
    answer = [200, '<a href="https://slack.com/oauth/v2/authorize?x=1">Add</a>'];
    expect(await told()).toEqual([`ok ${url} leads to a running Rehearsal.`]);
    expect(asked).toEqual(["/study/slack/install", "/study/slack/install"]);
    server.closeAllConnections();
    server.close();
    expect((await told())[0]).toMatch(/^warn .* cannot be reached from here/);
  });
});

describe("A look at the second reader", () => {
  it("asks for its models and costs nothing; the key goes to its host alone", async () => {
    const seen: string[] = [];
    let status = 200;
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response
        .writeHead(status, { location: "http://127.0.0.1:1/elsewhere" })
        .end(JSON.stringify({ data: [{ id: "m-1" }] }));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const ask = async (model: string) => {
      const url = `http://127.0.0.1:${port}/v1`;
      const { judge } = readConfig({
        REHEARSAL_JUDGE_URL: url,
        REHEARSAL_JUDGE_KEY: "canary-key",
        REHEARSAL_JUDGE_MODEL: model,
      });
      return judge === null ? [] : toldBy(await askJudge(judge));
    };
    expect(await ask("m-1")).toEqual([`ok 127.0.0.1:${port} answers.`]);
    expect((await ask("m-2"))[0]).toMatch(/^warn .* does not list the model m-2/);
    status = 401;
    expect((await ask("m-1"))[0]).toMatch(/^fail .* does not take REHEARSAL_JUDGE_KEY \(401\)/);
    status = 302;
    expect((await ask("m-1"))[0]).toMatch(/^ok/);
    expect(new Set(seen)).toEqual(new Set(["GET /v1/models Bearer canary-key"]));
    server.close();
    expect((await ask("m-1"))[0]).toMatch(/^fail .* cannot be reached/);
  });
});
