import { describe, expect, it } from "vitest";
import { ConfigFault, readConfig } from "#src/config";

describe("The settings", () => {
  it.each([
    ["1-5", [1, 2, 3, 4, 5]],
    ["5,1-3,2", [1, 2, 3, 5]],
    ["7", [7]],
    ["", [1, 2, 3, 4, 5, 6, 7]],
  ])("name weekdays: %s", (typed, days) => {
    expect(readConfig({ REHEARSAL_WEEKDAYS: typed }).weekdays).toEqual(days);
  });

  it.each([
    ["REHEARSAL_WEEKDAYS", "5-1", "names no day"],
    ["REHEARSAL_WEEKDAYS", "Monday", "expected days like 1-5"],
    ["REHEARSAL_WEEKDAYS", "0", "expected days like 1-5"],
    ["REHEARSAL_PORT", "abc", "expected a number from 0 to 65535"],
    ["REHEARSAL_PORT", "65536", "expected a number from 0 to 65535"],
    ["REHEARSAL_TIME", "9:00", "like 09:00"],
    ["REHEARSAL_DISCORD_TOKEN", "a token", "without blanks"],
    ["REHEARSAL_DISCORD_APPLICATION", "my-bot", "17 to 20 digits"],
    ["REHEARSAL_DISCORD_SHARDS", "0", "expected auto, 4, or 0-1/4"],
    ["REHEARSAL_DISCORD_SHARDS", "3-1/4", "names no shard"],
    ["REHEARSAL_DISCORD_SHARDS", "2-4/4", "names no shard"],
    ["REHEARSAL_DISCORD_API", "http://example.com/api", "only over https"],
    ["REHEARSAL_REDIS_URL", "localhost:6379", "redis://host:6379"],
    ["REHEARSAL_REDIS_DURABILITY", "always", "local, fsync, replicated or none"],
    ["REHEARSAL_SLACK_BOT_TOKEN", "xoxb a token", "without blanks"],
    ["REHEARSAL_SLACK_SEAL_KEYS", "k1:short", "32 bytes in base64"],
    ["REHEARSAL_SLACK_URL", "study.example.com", "expected an address"],
    ["REHEARSAL_SLACK_PORT", "70000", "expected a number from 0 to 65535"],
    ["REHEARSAL_SLACK_PREFIX", "RH /", "small letters"],
    ["REHEARSAL_SLACK_API", "http://example.com/api", "only over https"],
  ])("refuse %s=%s and say what is expected", (name, value, said) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigFault);
    expect(() => readConfig({ [name]: value })).toThrow(said);
  });

  it("keep everything in the data file, or in the Redis that is named", () => {
    expect(readConfig({}).redis).toBeNull();
    const url = "rediss://user:word@host:6380";
    expect(readConfig({ REHEARSAL_REDIS_URL: url, REHEARSAL_REDIS_DURABILITY: "fsync" }).redis).toEqual({
      url,
      durability: "fsync",
      caFile: undefined,
      sentinelPassword: undefined,
    });
    const refused = () => readConfig({ REHEARSAL_REDIS_URL: "http://user:secret-word@host" });
    expect(refused).toThrow("redis://host:6379");
    expect(refused).not.toThrow("secret-word");
  });

  const token = "MTAwMDAwMDAwMDAwMDAwMDAwMA.not.a-token-of-anybody";
  const bot = { REHEARSAL_DISCORD_TOKEN: token, REHEARSAL_DISCORD_APPLICATION: "1574953034943823872" };

  it("bring the bot to Discord with a token and its application, and not with one of them", () => {
    expect(readConfig({}).discord).toBeNull();
    expect(readConfig(bot).discord).toEqual({
      token,
      application: "1574953034943823872",
      guild: null,
      shards: null,
      api: "https://discord.com/api",
    });
    expect(() => readConfig({ REHEARSAL_DISCORD_TOKEN: token })).toThrow("REHEARSAL_DISCORD_APPLICATION");
  });

  it.each([
    ["auto", null],
    ["2", { ids: [0, 1], count: 2 }],
    ["1/4", { ids: [1], count: 4 }],
    ["2-3/4", { ids: [2, 3], count: 4 }],
  ])("name the shards of this process: %s", (typed, shards) => {
    expect(readConfig({ ...bot, REHEARSAL_DISCORD_SHARDS: typed }).discord?.shards).toEqual(shards);
  });

  it("bring the bot to Slack with two tokens, for one workspace", () => {
    const tokens = {
      REHEARSAL_SLACK_BOT_TOKEN: "xoxb-of-nobody",
      REHEARSAL_SLACK_APP_TOKEN: "xapp-of-nobody",
    };
    expect(readConfig({}).slack).toBeNull();
    expect(readConfig({ ...tokens, REHEARSAL_SLACK_PREFIX: "rh-" }).slack).toEqual({
      mode: { kind: "socket", botToken: "xoxb-of-nobody", appToken: "xapp-of-nobody" },
      api: "https://slack.com/api/",
      prefix: "rh-",
    });
    expect(() => readConfig({ REHEARSAL_SLACK_BOT_TOKEN: "xoxb-of-nobody" })).toThrow(
      "REHEARSAL_SLACK_APP_TOKEN",
    );
  });

  it("bring the bot to many workspaces with all that HTTP needs, and not with a part of it", () => {
    const key = Buffer.alloc(32, 7);
    const http = {
      REHEARSAL_SLACK_SIGNING_SECRET: "signed-by-nobody",
      REHEARSAL_SLACK_CLIENT_ID: "1.2345678",
      REHEARSAL_SLACK_CLIENT_SECRET: "secret-of-nobody",
      REHEARSAL_SLACK_SEAL_KEYS: `new:${key.toString("base64")},old:${Buffer.alloc(32, 8).toString("base64")}`,
      REHEARSAL_SLACK_URL: "https://study.example.com/",
    };
    expect(readConfig(http).slack?.mode).toMatchObject({
      kind: "http",
      url: "https://study.example.com",
      port: 4311,
      sealKeys: [{ id: "new", key }, { id: "old" }],
    });
    const { REHEARSAL_SLACK_SEAL_KEYS: _, ...without } = http;
    expect(() => readConfig(without)).toThrow("REHEARSAL_SLACK_SEAL_KEYS");
    const keys = { REHEARSAL_SLACK_SEAL_KEYS: http.REHEARSAL_SLACK_SEAL_KEYS };
    expect(readConfig(keys).slack).toBeNull();
    const tokens = {
      REHEARSAL_SLACK_BOT_TOKEN: "xoxb-of-nobody",
      REHEARSAL_SLACK_APP_TOKEN: "xapp-of-nobody",
    };
    expect(readConfig({ ...keys, ...tokens }).slack?.mode.kind).toBe("socket");
    const both = { ...http, REHEARSAL_SLACK_BOT_TOKEN: "xoxb-of-nobody" };
    expect(() => readConfig(both)).toThrow("beside what HTTP needs");
  });

  it("never repeat a token that cannot be one", () => {
    const mistyped = "MTAwMDAwMDAw secret of somebody";
    expect(() => readConfig({ REHEARSAL_DISCORD_TOKEN: mistyped })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining("secret of somebody") }),
    );
  });
});
