import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { doctor } from "#src/cli/doctor";
import { callOf } from "#test/backup/calls";
import { newFolder } from "#test/store/sqlite-folder";

const root = resolve(import.meta.dirname, "..", "..");
const outcomeSchema = z.object({
  healthy: z.boolean(),
  checks: z.array(z.object({ subject: z.string(), state: z.enum(["ok", "warn", "fail"]), text: z.string() })),
});

/** As an operator runs it, in a folder of their own. */
const runProgram = (environment: Readonly<Record<string, string>>, ...words: string[]) => {
  const folder = newFolder();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--import", `${root}/src/require-node-24.js`, `${root}/src/cli.ts`, "doctor", ...words],
    { cwd: folder.path, encoding: "utf8", env: { PATH: process.env.PATH, ...environment } },
  );
  folder.remove();
  return { stdout, stderr, status };
};

describe("The doctor", () => {
  it("looks at everything also where everything is broken, ends with 1, and repeats no secret", () => {
    const { stdout, stderr, status } = runProgram(
      {
        REHEARSAL_LOCALE: "klingon",
        REHEARSAL_ZONE: "nowhere",
        REHEARSAL_REDIS_URL: "redis://user:canary-1@127.0.0.1:1",
        REHEARSAL_DISCORD_TOKEN: "canary-2-".repeat(4),
        REHEARSAL_DISCORD_APPLICATION: "123456789012345678",
        REHEARSAL_DISCORD_API: "http://127.0.0.1:1",
        REHEARSAL_SLACK_BOT_TOKEN: "canary-3",
        REHEARSAL_JUDGE_KEY: "canary-4",
        REHEARSAL_OLD_TOKEN: "canary-5",
      },
      "--json",
      "--online",
    );
    expect([stderr, status]).toEqual(["", 1]);
    expect(stdout).not.toContain("canary");
    const { healthy, checks } = outcomeSchema.parse(JSON.parse(stdout));
    expect(healthy).toBe(false);
    const failed = checks.filter(({ state }) => state === "fail").map(({ subject }) => subject);
    expect(new Set(failed)).toEqual(new Set(["settings", "redis", "discord"]));
    expect(checks.filter(({ state }) => state === "ok").map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(["node", "zones", "content", "ports"]),
    );
  });

  it("tells what keeps the bot from its start, and where in Slack's menus the right token is", () => {
    const { stdout, stderr, status } = runProgram({
      REHEARSAL_LOCALE: "en",
      REHEARSAL_HOLIDAYS: "XX",
      REHEARSAL_SLACK_BOT_TOKEN: "xapp-1-A0-123-canarycanary",
      REHEARSAL_SLACK_APP_TOKEN: "xoxb-1234567890-canarycanary",
    });
    expect([stderr, status]).toEqual(["", 1]);
    expect(stdout).toContain("✘ Settings: REHEARSAL_HOLIDAYS: There is no holiday calendar “XX”");
    expect(stdout).toContain("Basic Information → App-Level Tokens");
    expect(stdout).not.toContain("canary");
  });

  it("takes no words and no lines", () => {
    expect(doctor.misuse(callOf({ words: "" }), false)).toBe(null);
    expect(doctor.misuse(callOf({ words: "me" }), false)).toContain("takes no words");
    expect(doctor.misuse(callOf({}), true)).toContain("without --jsonl");
  });
});
