import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redactionOf } from "#src/redaction";
import { freePort } from "#test/doubles/redis/ports";
import { type Program, startProgram } from "#test/doubles/redis/program";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { newFolder } from "#test/store/sqlite-folder";
import { openRefusingPlatform, type RefusingPlatform } from "./refusing-platform.ts";

const root = resolve(import.meta.dirname, "../..");

/** One in each place where a secret is set, in the form in which it comes, and found again whoever shortens it. */
const CANARY = "c4n4ry";
const secrets = {
  discord: `MTU3NDk1MzAzNDk0MzgyMzg3Mg.G${CANARY}.${"x".repeat(30)}`,
  slackBot: `xoxb-1111111111-${CANARY}-bot`,
  slackApp: `xapp-1-A1-${CANARY}-app`,
  judge: `sk-${CANARY}-judge-key`,
  redis: `${CANARY}-redis-password`,
  sentinel: `${CANARY}-sentinel-password`,
  signing: `${CANARY}-signing-secret`,
  client: `${CANARY}-client-secret`,
  /** 32 bytes in base64. */
  seal: `${CANARY}${"Q".repeat(36)}A=`,
  /** What Slack gives when a workspace adds the app, and what it gives it for. */
  added: `xoxb-2222222222-${CANARY}-added`,
  code: `${CANARY}-code-of-slacks`,
};

type Environment = Readonly<Record<string, string>>;

/** All that a start prints until what it is started for is done, and it was told to end. */
async function printedBy(
  folder: string,
  environment: Environment,
  use: (printed: () => string) => Promise<void>,
): Promise<string> {
  let printed = "";
  const child = spawn(
    process.execPath,
    ["--import", join(root, "src/require-node-24.js"), join(root, "src/main.ts")],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        REHEARSAL_DATA: folder,
        REHEARSAL_PORT: "0",
        REHEARSAL_LOCALE: "en",
        REHEARSAL_LOG: "debug",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = once(child, "close");
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  try {
    await use(() => printed);
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
  return printed;
}

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error("what the test waits for did not come within 40 s");
};

/** Whether anything listens there yet. */
const isThere = (address: string): Promise<boolean> =>
  fetch(address, { redirect: "manual" }).then(
    () => true,
    () => false,
  );

/** Adds the app to a workspace as a browser does, with what Slack would send it back with. */
async function addApp(app: string, code: string): Promise<number> {
  const asked = await fetch(`${app}/slack/install`, { redirect: "manual" });
  const state = new URL(asked.headers.get("location") ?? "").searchParams.get("state") ?? "";
  const cookie = asked.headers.getSetCookie().map((line) => line.split(";")[0]);
  const back = `${app}/slack/oauth_redirect?${new URLSearchParams({ code, state })}`;
  return (await fetch(back, { headers: { cookie: cookie.join("; ") } })).status;
}

/** Delivers a command as Slack does, signed with a secret. */
async function deliver(app: string, secret: string): Promise<number> {
  const body = new URLSearchParams({
    command: "/study",
    text: "help",
    team_id: "T1",
    channel_id: "C1",
    user_id: "U1",
    api_app_id: "A1",
    trigger_id: "1.1.1",
    response_url: `${app}/nothing-is-here`,
  }).toString();
  const at = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex")}`;
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": at,
    "x-slack-signature": signature,
  };
  return (await fetch(`${app}/slack/events`, { method: "POST", headers, body })).status;
}

describe("Secrets", () => {
  let redis: RunningRedis;
  let sentinel: Program;
  let platform: RefusingPlatform;
  let folder: ReturnType<typeof newFolder>;
  let printed = "";
  let overHttp = "";
  let mistyped = "";
  const statuses: Record<string, number> = {};
  beforeAll(async () => {
    const acl = [
      "user default off",
      `user bot on >${secrets.redis} ~* &* +@all`,
      "user admin on >admin ~* &* +@all",
    ];
    redis = await startRedis({ acl, admin: { username: "admin", password: "admin" } });
    folder = newFolder();
    const sentinelPort = await freePort();
    const watching = newFolder();
    const settings = join(watching.path, "sentinel.conf");
    const lines = [
      `port ${sentinelPort}`,
      "bind 127.0.0.1",
      `requirepass ${secrets.sentinel}`,
      `sentinel monitor main 127.0.0.1 ${redis.port} 1`,
      "sentinel auth-user main admin",
      "sentinel auth-pass main admin",
    ];
    writeFileSync(settings, `${lines.join("\n")}\n`);
    sentinel = await startProgram([settings, "--sentinel"], { port: sentinelPort, folder: watching.path });
    platform = await openRefusingPlatform({ code: secrets.code, token: secrets.added });

    const shared = {
      REHEARSAL_SLACK_API: `${platform.url}/slack`,
      REHEARSAL_JUDGE_URL: `${platform.url}/v1`,
      REHEARSAL_JUDGE_KEY: secrets.judge,
      REHEARSAL_JUDGE_MODEL: "m",
    };
    const oneWorkspace = {
      ...shared,
      REHEARSAL_DISCORD_TOKEN: secrets.discord,
      REHEARSAL_DISCORD_APPLICATION: "1574953034943823872",
      REHEARSAL_DISCORD_API: `${platform.url}/api`,
      REHEARSAL_SLACK_BOT_TOKEN: secrets.slackBot,
      REHEARSAL_SLACK_APP_TOKEN: secrets.slackApp,
      REHEARSAL_REDIS_URL: `redis://bot:${secrets.redis}@127.0.0.1:${redis.port}`,
    };
    printed = await printedBy(folder.path, oneWorkspace, (said) =>
      until(() => /not on Discord/.test(said()) && /not on Slack/.test(said())),
    );

    const port = await freePort();
    const app = `http://127.0.0.1:${port}`;
    const manyWorkspaces = {
      ...shared,
      REHEARSAL_SLACK_SIGNING_SECRET: secrets.signing,
      REHEARSAL_SLACK_CLIENT_ID: "1111111111.2222222222",
      REHEARSAL_SLACK_CLIENT_SECRET: secrets.client,
      REHEARSAL_SLACK_SEAL_KEYS: `k1:${secrets.seal}`,
      REHEARSAL_SLACK_URL: app,
      REHEARSAL_SLACK_PORT: String(port),
      REHEARSAL_REDIS_URL: `redis+sentinel://bot:${secrets.redis}@127.0.0.1:${sentinelPort}/main`,
      REHEARSAL_REDIS_SENTINEL_PASSWORD: secrets.sentinel,
    };
    overHttp = await printedBy(folder.path, manyWorkspaces, async () => {
      await until(() => isThere(`${app}/slack/install`));
      statuses.refused = await addApp(app, "a-code-that-slack-does-not-know");
      statuses.added = await addApp(app, secrets.code);
      statuses.signed = await deliver(app, secrets.signing);
      statuses.forged = await deliver(app, `${secrets.signing}-another`);
    });

    const wrong = {
      ...manyWorkspaces,
      REHEARSAL_SLACK_SIGNING_SECRET: `${secrets.signing} with blanks`,
      REHEARSAL_SLACK_CLIENT_SECRET: `${secrets.client} with blanks`,
      REHEARSAL_SLACK_SEAL_KEYS: `k1:${secrets.seal}===`,
      REHEARSAL_REDIS_URL: `redis+sentinels://bot:${secrets.redis}@127.0.0.1/main`,
      REHEARSAL_REDIS_SENTINEL_PASSWORD: secrets.sentinel.repeat(200),
    };
    mistyped = await printedBy(folder.path, wrong, (said) => until(() => said().includes("SEAL_KEYS")));
    await sentinel.kill("SIGKILL");
    watching.remove();
  }, 120_000);
  afterAll(async () => {
    platform.stop();
    await redis.stop();
    folder.remove();
  });

  it("reach those whom they are for, or the rest of this would show nothing", async () => {
    const reached = (secret: string): boolean => platform.heard.some((line) => line.includes(secret));
    const { discord, slackBot, client, code } = secrets;
    expect([discord, slackBot, client, code].map(reached)).toEqual([true, true, true, true]);
    expect(redactionOf([secrets.redis])(`redis://bot:${secrets.redis}@h`)).not.toContain(CANARY);
    // The signing secret tells Slack's deliveries from others, and what Slack gave is kept under the seal key.
    expect(statuses).toEqual({ refused: 500, added: 200, signed: 200, forged: 401 });
    const kept = await Promise.all((await redis.admin.keys("*")).map((key) => redis.admin.dumpBuffer(key)));
    expect(kept.some((dump) => dump?.includes("1.k1."))).toBe(true);
  });

  it("stand in nothing that the program prints or logs, at the most talkative level, when everything refuses it", () => {
    expect(printed).toMatch(/not on Discord[\s\S]*not on Slack|not on Slack[\s\S]*not on Discord/);
    expect(printed).not.toContain(CANARY);
  });

  it("stand in nothing that it prints or logs of Slack over HTTP, of Redis behind a sentinel, or of mistyped ones", () => {
    expect(overHttp).toContain("a request was turned away");
    expect(overHttp).not.toContain(CANARY);
    for (const name of ["SIGNING_SECRET", "CLIENT_SECRET", "SEAL_KEYS", "REDIS_URL", "SENTINEL_PASSWORD"])
      expect(mistyped).toContain(name);
    expect(mistyped).not.toContain(CANARY);
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
