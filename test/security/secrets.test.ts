import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redactionOf } from "#src/redaction";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { newFolder } from "#test/store/sqlite-folder";

const root = resolve(import.meta.dirname, "../..");

/** One in each place where a secret is set, in the form in which it comes, and found again whoever shortens it. */
const CANARY = "c4n4ry";
const secrets = {
  discord: `MTU3NDk1MzAzNDk0MzgyMzg3Mg.G${CANARY}.${"x".repeat(30)}`,
  slackBot: `xoxb-1111111111-${CANARY}-bot`,
  slackApp: `xapp-1-A1-${CANARY}-app`,
  judge: `sk-${CANARY}-judge-key`,
  redis: `${CANARY}-redis-password`,
};

describe("Secrets", () => {
  let redis: RunningRedis;
  /** Discord, Slack and the judge in one: it refuses everything and says what it was given. */
  let platform: Server;
  let folder: ReturnType<typeof newFolder>;
  let printed = "";
  const heard: string[] = [];
  beforeAll(async () => {
    const acl = [
      "user default off",
      `user bot on >${secrets.redis} ~* &* +@all`,
      "user admin on >admin ~* &* +@all",
    ];
    redis = await startRedis({ acl, admin: { username: "admin", password: "admin" } });
    platform = createServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
      // Slack says no with a 200.
      response.writeHead(request.url?.startsWith("/slack") === true ? 200 : 401, {
        "content-type": "application/json",
      });
      response.end(
        JSON.stringify({ ok: false, error: "invalid_auth", message: `no: ${request.headers.authorization}` }),
      );
    });
    platform.listen(0, "127.0.0.1");
    await once(platform, "listening");
    const { port } = platform.address() as AddressInfo;
    folder = newFolder();
    const child = spawn(
      process.execPath,
      ["--import", join(root, "src/require-node-24.js"), join(root, "src/main.ts")],
      {
        cwd: folder.path,
        env: {
          PATH: process.env.PATH,
          REHEARSAL_DATA: folder.path,
          REHEARSAL_PORT: "0",
          REHEARSAL_LOCALE: "en",
          REHEARSAL_LOG: "debug",
          REHEARSAL_DISCORD_TOKEN: secrets.discord,
          REHEARSAL_DISCORD_APPLICATION: "1574953034943823872",
          REHEARSAL_DISCORD_API: `http://127.0.0.1:${port}/api`,
          REHEARSAL_SLACK_BOT_TOKEN: secrets.slackBot,
          REHEARSAL_SLACK_APP_TOKEN: secrets.slackApp,
          REHEARSAL_SLACK_API: `http://127.0.0.1:${port}/slack`,
          REHEARSAL_JUDGE_URL: `http://127.0.0.1:${port}/v1`,
          REHEARSAL_JUDGE_KEY: secrets.judge,
          REHEARSAL_JUDGE_MODEL: "m",
          REHEARSAL_REDIS_URL: `redis://bot:${secrets.redis}@127.0.0.1:${redis.port}`,
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const ended = once(child, "exit");
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
      });
    const isDone = (): boolean => /not on Discord/.test(printed) && /not on Slack/.test(printed);
    for (let tries = 0; tries < 400 && !isDone(); tries += 1) await sleep(100);
    child.kill("SIGTERM");
    await ended;
  }, 60_000);
  afterAll(async () => {
    platform.close();
    await redis.stop();
    folder.remove();
  });

  it("reach those whom they are for, or the rest of this would show nothing", () => {
    expect(heard.some((line) => line.includes(secrets.discord))).toBe(true);
    expect(heard.some((line) => line.includes(secrets.slackBot))).toBe(true);
    expect(redactionOf([secrets.redis])(`redis://bot:${secrets.redis}@h`)).not.toContain(CANARY);
  });

  it("stand in nothing that the program prints or logs, at the most talkative level, when everything refuses it", () => {
    expect(printed).toMatch(/not on Discord[\s\S]*not on Slack|not on Slack[\s\S]*not on Discord/);
    expect(printed).not.toContain(CANARY);
  });

  it("stand in no key and no value of Redis, and in no file that it writes", async () => {
    const keys = await redis.admin.keys("*");
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      const dump = await redis.admin.dumpBuffer(key);
      expect([key, dump?.includes(CANARY)]).toEqual([key, false]);
      expect(key).not.toContain(CANARY);
    }
    const files = [join(redis.dir, "appendonlydir"), folder.path].flatMap((path) =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(files.filter((file) => readFileSync(file, "latin1").includes(CANARY))).toEqual([]);
  });
});
