import { describe, expect, it } from "vitest";
import { environmentSchema, readConfig } from "#src/config";
import { createLog } from "#src/log";
import { endOnDefect } from "#src/output";
import { redactionOf } from "#src/redaction";
import { secretsIn } from "#src/secrets";

describe("An error that nobody caught", () => {
  it("ends the program by a line of the log, without what a library put into it", () => {
    const lines: string[] = [];
    const log = createLog("error", { redact: redactionOf(), write: (line) => void lines.push(line) });
    let caught: (error: unknown, origin: string) => void = () => {};
    const statuses: unknown[] = [];
    const ending = {
      on: (_event: string, listener: typeof caught) => {
        caught = listener;
      },
      exit: (status: unknown) => void statuses.push(status),
    };
    endOnDefect(ending as unknown as Parameters<typeof endOnDefect>[0], log);
    const error = Object.assign(new Error("boom xoxb-1234567890-canary"), {
      requestBody: { json: { content: "what the member wrote" } },
    });
    caught(error, "unhandledRejection");
    expect(statuses).toEqual([1]);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      msg: "a defect ends the program",
      origin: "unhandledRejection",
    });
    expect(lines[0]).not.toMatch(/canary|the member wrote/);
  });
});

describe("What the log must never hold", () => {
  /** Variables with a secret, and one for each. */
  const socket = {
    REHEARSAL_DISCORD_TOKEN: "the-token-of-the-bot-on-discord",
    REHEARSAL_SLACK_BOT_TOKEN: "xoxb-1-2-three",
    REHEARSAL_SLACK_APP_TOKEN: "xapp-1-2-three",
    REHEARSAL_REDIS_SENTINEL_PASSWORD: "of-the-sentinels",
    REHEARSAL_JUDGE_KEY: "key-of-the-judge",
  };
  const http = {
    REHEARSAL_SLACK_SIGNING_SECRET: "0123456789abcdef0123456789abcdef",
    REHEARSAL_SLACK_CLIENT_SECRET: "fedcba9876543210fedcba9876543210",
    REHEARSAL_SLACK_SEAL_KEYS: Buffer.alloc(32, 9).toString("base64"),
  };

  it("is every secret of the settings", () => {
    const config = readConfig({
      ...socket,
      REHEARSAL_DISCORD_APPLICATION: "118000000000000001",
      REHEARSAL_REDIS_URL: "redis://bot:p%40ss-word@host:6379",
      REHEARSAL_JUDGE_URL: "https://api.example.com/v1",
      REHEARSAL_JUDGE_MODEL: "m",
    });
    expect(secretsIn(config).toSorted()).toEqual(
      [...Object.values(socket), "p%40ss-word", "p@ss-word"].toSorted(),
    );
    const many = readConfig({
      ...http,
      REHEARSAL_SLACK_SEAL_KEYS: `k1:${http.REHEARSAL_SLACK_SEAL_KEYS}`,
      REHEARSAL_SLACK_CLIENT_ID: "1234567890.1234567890",
      REHEARSAL_SLACK_URL: "https://study.example.com",
    });
    expect(secretsIn(many)).toEqual(Object.values(http));
    expect(secretsIn(readConfig({}))).toEqual([]);
  });

  it("is looked for under every variable that sounds like a secret", () => {
    const sounding = Object.keys(environmentSchema.shape).filter((name) =>
      /TOKEN|SECRET|KEY|PASSWORD/.test(name),
    );
    expect(sounding.toSorted()).toEqual([...Object.keys(socket), ...Object.keys(http)].toSorted());
  });
});
