import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { environmentSchema } from "#src/config";
import { examineSettings } from "#src/doctor/settings";
import { loadSettings } from "#src/settings-file";
import { newFolder } from "#test/store/sqlite-folder";
import { toldBy } from "./told.ts";

const examine = (environment: Readonly<Record<string, string>>, envFile = "/none/.env") =>
  examineSettings(environment, envFile);

describe("A look at the settings", () => {
  it("names every one that cannot be used, and goes on without it and what goes with it", async () => {
    const { findings, config, left } = await examine({
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

  it("knows a name that does not exist, and the one that was meant", async () => {
    const { findings } = await examine({
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

  it("repeats no value that may be secret", async () => {
    const secrets = {
      REHEARSAL_DISCORD_TOKEN: "with blanks canary-1",
      REHEARSAL_SLACK_SEAL_KEYS: "canary-2",
      REHEARSAL_REDIS_URL: "http://user:canary-3@host",
      REHEARSAL_JUDGE_KEY: "canary-4 ",
      REHEARSAL_SLACK_SIGNING_SECRET: "canary-5 5",
    };
    expect(toldBy((await examine(secrets)).findings).join("\n")).not.toContain("canary");
  });

  it("says in Chinese what is wrong with a value, whatever it is, to whoever reads Chinese", async () => {
    const junk = [
      "\u0001",
      "x",
      "0",
      "9999999",
      "http://elsewhere.example",
      "https://user@host/?x#y",
      "a".repeat(5_000),
    ];
    junk.push("1-9/2", "5/4", "k1:AAAA", "12:61");
    const looks = Object.keys(environmentSchema.shape).flatMap((name) =>
      junk.map((value) => examine({ [name]: value })),
    );
    const sentences = (await Promise.all(looks)).flatMap(({ findings }) =>
      findings.filter(({ state }) => state === "fail").map(({ sentence }) => sentence(messagesFor("zh"))),
    );
    expect(sentences.length).toBeGreaterThan(150);
    for (const sentence of sentences)
      expect(sentence).toMatch(/^REHEARSAL_\w+ 不能用：[^（]*[\u4e00-\u9fff]/);
  });

  it("warns of a file with tokens that others can read", async () => {
    const folder = newFolder();
    const file = join(folder.path, ".env");
    writeFileSync(file, "REHEARSAL_LOCALE=zh\n", { mode: 0o644 });
    chmodSync(file, 0o644);
    expect(toldBy((await examine({}, file)).findings)[0]).toContain(
      `warn others on this machine can read ${file}`,
    );
    chmodSync(file, 0o600);
    expect(toldBy((await examine({}, file)).findings)).toEqual([expect.stringMatching(/^ok/)]);
    folder.remove();
  });

  it("says what to do with a file that is a folder, not text, or sets something twice", async () => {
    const folder = newFolder();
    const told = async (name: string) => toldBy((await examine({}, join(folder.path, name))).findings)[0];
    mkdirSync(join(folder.path, "folder"));
    expect(await told("folder")).toMatch(/^fail .*folder is a folder\. A container makes one/);
    writeFileSync(join(folder.path, "utf16"), Buffer.from("REHEARSAL_LOCALE=zh\n", "utf16le"), {
      mode: 0o600,
    });
    expect(await told("utf16")).toMatch(/^fail .*utf16 is not text in UTF-8/);
    const twice = "REHEARSAL_REDIS_URL=\nREHEARSAL_LOCALE=zh\nREHEARSAL_REDIS_URL=redis://x\n";
    writeFileSync(join(folder.path, "twice"), twice, { mode: 0o600 });
    expect(await told("twice")).toMatch(
      /^warn REHEARSAL_REDIS_URL stands in .* more than once.*kubectl takes no such file/,
    );
    folder.remove();
  });
});

describe("Lines that set nothing", () => {
  it("are named by number and without what stands behind the name; comments and values of several lines are none", async () => {
    const folder = newFolder();
    const file = join(folder.path, ".env");
    const lines = [
      "# REHEARSAL_LOCALE: a comment",
      "REHEARSAL_TIME: 09:00",
      "export REHEARSAL_ZONE = UTC",
      "REHEARSAL_SLACK_SEAL_KEYS: k1:canary=",
      "set REHEARSAL_PORT=1",
      "REHEARSAL_WEEKDAYS：1-5",
      "NOTE='of two lines",
      "REHEARSAL_LOG: as a word'",
      'REHEARSAL_DATA="./data',
      "REHEARSAL_LOG: in the middle",
      'of a name" # REHEARSAL_LOG',
      "OTHER=$REHEARSAL_LOG",
    ];
    writeFileSync(file, `${lines.join("\r\n").replaceAll("two lines\r\n", "two lines ")}\n`, { mode: 0o600 });
    const environment: Record<string, string | undefined> = {};
    loadSettings(environment, file);
    const told = toldBy((await examineSettings(environment, file)).findings);
    const lost = (line: number, name: string) =>
      `warn line ${line} of ${file} names ${name} and does nothing: a setting is written ${name}=VALUE, with nothing before it.`;
    expect(told).toEqual([
      lost(2, "REHEARSAL_TIME"),
      lost(4, "REHEARSAL_SLACK_SEAL_KEYS"),
      lost(5, "REHEARSAL_PORT"),
      lost(6, "REHEARSAL_WEEKDAYS"),
      expect.stringMatching(/^ok 2 set/),
    ]);
    folder.remove();
  });
});

describe("Holidays that nobody knows", () => {
  it("are told as the bot tells them when it refuses to start, in the reader's language", async () => {
    const { findings } = await examine({ REHEARSAL_HOLIDAYS: "XX" });
    expect(toldBy(findings)).toEqual([
      expect.stringMatching(
        /^fail REHEARSAL_HOLIDAYS: There is no holiday calendar “XX”\. Take a country code/,
      ),
    ]);
    expect(findings[0]?.sentence(messagesFor("zh"))).toMatch(/^REHEARSAL_HOLIDAYS 不能用：.*“?XX/);
  });

  it("are none where the calendar is there, however its name is written", async () => {
    for (const name of ["CN", "de-by", ""])
      expect(toldBy((await examine({ REHEARSAL_HOLIDAYS: name })).findings)).toEqual([
        expect.stringMatching(/^ok/),
      ]);
  });
});

describe("A file of settings", () => {
  it("counts as it is written whatever an editor has put before its first name, and less than what is set already", () => {
    const folder = newFolder();
    const file = join(folder.path, ".env");
    writeFileSync(file, "\ufeffREHEARSAL_LOCALE=zh\nREHEARSAL_ZONE=UTC\n");
    const environment: Record<string, string | undefined> = { REHEARSAL_ZONE: "Asia/Shanghai" };
    loadSettings(environment, file);
    expect(environment).toEqual({ REHEARSAL_ZONE: "Asia/Shanghai", REHEARSAL_LOCALE: "zh" });
    loadSettings(environment, join(folder.path, "none"));
    expect(() => loadSettings(environment, folder.path)).toThrow(Refusal);
    folder.remove();
  });
});
