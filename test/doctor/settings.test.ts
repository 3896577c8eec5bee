import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examineSettings } from "#src/doctor/settings";
import { newFolder } from "#test/store/sqlite-folder";
import { toldBy } from "./told.ts";

const examine = (environment: Readonly<Record<string, string>>, envFile = "/none/.env") =>
  examineSettings(environment, envFile);

describe("A look at the settings", () => {
  it("names every one that cannot be used, and goes on without it and what goes with it", () => {
    const { findings, config, left } = examine({
      REHEARSAL_ZONE: "Mars/Olympus",
      REHEARSAL_PORT: "high",
      REHEARSAL_DISCORD_TOKEN: "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB",
      REHEARSAL_JUDGE_URL: "http://elsewhere.example",
      REHEARSAL_SLACK_BOT_TOKEN: "xoxb-1234567890",
      REHEARSAL_SLACK_APP_TOKEN: "xapp-1234567890",
      REHEARSAL_DATA: "/somewhere",
    });
    const told = toldBy(findings);
    for (const name of ["ZONE", "PORT", "DISCORD_APPLICATION", "JUDGE_URL"])
      expect(told).toContainEqual(expect.stringMatching(new RegExp(`^fail REHEARSAL_${name}: `)));
    expect(told.every((line) => line.startsWith("fail"))).toBe(true);
    expect(config).toMatchObject({ dataFolder: "/somewhere", port: 4310, discord: null, judge: null });
    expect(config.slack?.mode.kind).toBe("socket");
    expect([...left]).toEqual(expect.arrayContaining(["REHEARSAL_DISCORD_", "REHEARSAL_ZONE"]));
  });

  it("knows a name that does not exist, and the one that was meant", () => {
    const { findings } = examine({
      REHEARSAL_DISCORD_TOKN: "x",
      rehearsal_zone: "UTC",
      REHEARSAL_QQQQ: "1",
      PATH: "/",
    });
    expect(toldBy(findings)).toEqual([
      expect.stringContaining(
        "warn there is no REHEARSAL_DISCORD_TOKN, so it does nothing. Did you mean REHEARSAL_DISCORD_TOKEN?",
      ),
      expect.stringContaining("Did you mean REHEARSAL_ZONE?"),
      expect.stringMatching(/^warn there is no REHEARSAL_QQQQ/),
      "ok 0 set, all of them known and usable.",
    ]);
  });

  it("repeats no value that may be secret", () => {
    const secrets = {
      REHEARSAL_DISCORD_TOKEN: "with blanks canary-1",
      REHEARSAL_SLACK_SEAL_KEYS: "canary-2",
      REHEARSAL_REDIS_URL: "http://user:canary-3@host",
      REHEARSAL_JUDGE_KEY: "canary-4 ",
      REHEARSAL_SLACK_SIGNING_SECRET: "canary-5 5",
    };
    expect(toldBy(examine(secrets).findings).join("\n")).not.toContain("canary");
  });

  it("warns of a file with tokens that others can read", () => {
    const folder = newFolder();
    const file = join(folder.path, ".env");
    writeFileSync(file, "REHEARSAL_LOCALE=zh\n", { mode: 0o644 });
    chmodSync(file, 0o644);
    expect(toldBy(examine({}, file).findings)[0]).toContain(`warn others on this machine can read ${file}`);
    chmodSync(file, 0o600);
    expect(toldBy(examine({}, file).findings)).toEqual([expect.stringMatching(/^ok/)]);
    folder.remove();
  });
});
