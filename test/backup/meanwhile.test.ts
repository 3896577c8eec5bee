import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoredRecord } from "#core/migration/record";
import { holdPlace } from "#src/backup/held-place";
import { placeNamed } from "#src/backup/place";
import { type Target, targetAt } from "#src/backup/target";
import { backup } from "#src/cli/backup";
import { restore } from "#src/cli/restore";
import { readConfig } from "#src/config";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, member, roundOn, tenant } from "#test/contracts/store-samples";
import { newFolder } from "#test/store/sqlite-folder";
import { callOf, saidBy } from "./calls.ts";
import { forged } from "./forged.ts";

const FILE = "rehearsal.db";
const writer = fileURLToPath(new URL("../faults/store-writer.ts", import.meta.url));

describe("A restore into a data file", () => {
  let folder: ReturnType<typeof newFolder>;
  let at: (name: string) => string;
  let targets: Target[] = [];
  beforeEach(() => {
    folder = newFolder();
    at = (name) => join(folder.path, name);
    mkdirSync(at("data"));
    targets = [];
  });
  afterEach(() => {
    vi.restoreAllMocks();
    for (const target of targets) target.release();
    folder.remove();
  });

  const file = () => at(`data/${FILE}`);
  const inData = () => readdirSync(at("data")).toSorted();
  /** Something that a member finds again, in a file of that name. */
  const keep = async (name: string, question: string) => {
    const store = await openSqliteStore({ file: name });
    await store.setPractice(tenant, member, question);
    await store.close();
  };
  const keptIn = async (name: string) => {
    const store = await openSqliteStore({ file: name });
    const kept = await store.practice(tenant, member);
    await store.close();
    return kept;
  };
  /** A restore that is not at its end. */
  const begin = async (isForced: boolean): Promise<Target> => {
    const place = placeNamed(`sqlite:${file()}`, readConfig({}));
    const target = await targetAt(place, { isForced, from: "backup:x", now: 0 });
    targets.push(target);
    const store = await target.store();
    await store.setPractice(tenant, member, "q-restored");
    await store.close();
    return target;
  };
  const bringBack = async (words: string, force: boolean) =>
    (await restore.prepare(callOf({ words, to: `sqlite:${file()}`, force }))).show("");

  for (const isForced of [false, true])
    it(`lets no bot start meanwhile, in this process or another, ${isForced ? "over data" : "in an empty folder"}`, async () => {
      if (isForced) await keep(file(), "q-before");
      const target = await begin(isForced);
      expect(await saidBy(openSqliteStore({ file: file() }))).toContain("Another Rehearsal is using");
      // It writes without end where it may.
      const bot = spawnSync(process.execPath, [writer, file(), "bot"], { encoding: "utf8", timeout: 10_000 });
      expect([bot.stdout, bot.stderr]).toEqual(["", expect.stringContaining(`${FILE} is in-use`)]);
      const before = await target.finish();
      target.release();
      expect(await keptIn(file())).toBe("q-restored");
      expect(before === null ? null : await keptIn(before)).toBe(isForced ? "q-before" : null);
      expect(inData()).toHaveLength(isForced ? 2 : 1);
    });

  it("leaves the file of a bot alone that runs on one of its own by then, and says that a bot runs", async () => {
    for (const isForced of [true, false]) {
      if (isForced) await keep(file(), "q-before");
      const target = await begin(isForced);
      renameSync(file(), at(`moved-${isForced}`));
      const bot = await openSqliteStore({ file: file() });
      await bot.setPractice(tenant, member, "q-bot");
      expect(await saidBy(target.finish())).toContain("Another Rehearsal is using");
      target.release();
      await bot.setPractice(tenant, member, "q-later");
      await bot.close();
      expect(await keptIn(file())).toBe("q-later");
      expect(inData()).toEqual([FILE]);
      renameSync(file(), at(`bot-${isForced}`));
    }
  });

  it("lets no bot go on that opened the file just before another took its place", async () => {
    await keep(file(), "q-before");
    await keep(at("draft"), "q-restored");
    const held = holdPlace(file(), at("data/aside"));
    // The bot has opened the file and not asked for the lock yet.
    vi.spyOn(DatabaseSync.prototype, "exec").mockImplementationOnce(function (this: DatabaseSync, sql) {
      held.replaceWith(at("draft"));
      held.release();
      this.exec(sql);
    });
    expect(await saidBy(openSqliteStore({ file: file() }))).toContain("Another Rehearsal is using");
    expect(await keptIn(file())).toBe("q-restored");
    expect(await keptIn(at("data/aside"))).toBe("q-before");
  });

  it("leaves a whole file wherever a kill falls, with what was there before", async () => {
    await keep(file(), "q-before");
    await keep(at("draft"), "q-restored");
    const held = holdPlace(file(), at("data/aside"), (from, to) => {
      cpSync(at("data"), at("killed-before"), { recursive: true });
      linkSync(from, to);
      cpSync(at("data"), at("killed-between"), { recursive: true });
    });
    held.replaceWith(at("draft"));
    held.release();
    expect(await keptIn(at(`killed-before/${FILE}`))).toBe("q-before");
    expect(await keptIn(at(`killed-between/${FILE}`))).toBe("q-before");
    expect(await keptIn(file())).toBe("q-restored");
    expect(await keptIn(at("data/aside"))).toBe("q-before");
  });

  it("refuses every start while no file is there, where a file cannot have two names", async () => {
    const noLinks = () => {
      throw Object.assign(new Error("no links"), { code: "EPERM" });
    };
    await keep(file(), "q-before");
    const held = holdPlace(file(), at("data/aside"), noLinks);
    expect(() => held.replaceWith(at("missing"))).toThrow("ENOENT");
    expect(inData()).toEqual(expect.arrayContaining(["aside", `${FILE}.migrating`]));
    expect(inData()).not.toContain(FILE);
    held.release();
    expect(inData()).toEqual([FILE]);
    expect(await keptIn(file())).toBe("q-before");
    await keep(at("draft"), "q-restored");
    const again = holdPlace(file(), at("data/aside"), noLinks);
    again.replaceWith(at("draft"));
    again.release();
    expect(inData()).toEqual(["aside", FILE]);
    expect(await keptIn(file())).toBe("q-restored");
  });

  describe("of a backup whose records contradict each other", () => {
    const answer = (text: string): StoredRecord => {
      const { credit: _, ...attempt } = attemptAs("s-1", { text });
      return { kind: "answer", attempt, hintCost: null, earned: false };
    };
    beforeEach(() => {
      const records = [{ kind: "round", round: roundOn(1) }, answer("a secret"), answer("another")];
      const bytes = gzipSync(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
      writeFileSync(at("forged"), forged([{ bytes, records: 3, tenant }]));
    });

    it("says so in a sentence and leaves nothing of it, in an empty folder", async () => {
      expect(await saidBy(bringBack(at("forged"), false))).toContain("is damaged or not complete");
      expect(inData()).toEqual([]);
    });

    it("leaves what was there before where that was to go", async () => {
      await keep(file(), "q-before");
      expect(await saidBy(bringBack(at("forged"), true))).toContain("is damaged or not complete");
      expect(inData()).toEqual([FILE]);
      expect(await keptIn(file())).toBe("q-before");
    });

    it("leaves a log whose file is gone, and a file that no bot can open", async () => {
      writeFileSync(`${file()}-wal`, "what was written last");
      expect(await saidBy(bringBack(at("forged"), true))).toContain("is damaged or not complete");
      expect(inData()).toEqual([`${FILE}-wal`]);
      expect(readFileSync(`${file()}-wal`, "utf8")).toBe("what was written last");
      rmSync(`${file()}-wal`);
      writeFileSync(file(), "no data file\n".repeat(1_000));
      expect(await saidBy(bringBack(at("forged"), true))).toContain("is damaged or not complete");
      expect(inData()).toEqual([FILE]);
      expect(readFileSync(file(), "utf8")).toBe("no data file\n".repeat(1_000));
    });
  });

  it("of a folder says that it is no backup, and touches nothing", async () => {
    expect(await saidBy(bringBack(folder.path, true))).toBe(`${folder.path} is no backup of Rehearsal.`);
    expect(inData()).toEqual([]);
  });

  it("leaves nothing of it where somebody ends the process meanwhile", async () => {
    await keep(at("a.db"), "q");
    await (await backup.prepare(callOf({ words: at("good"), from: `sqlite:${at("a.db")}` }))).answerText("");
    const others = process.listeners("exit");
    const restoring = saidBy(bringBack(at("good"), false));
    while (!existsSync(`${file()}.restoring`)) await setImmediate();
    for (const end of process.listeners("exit").filter((each) => !others.includes(each))) end(143);
    expect(inData()).toEqual([]);
    await restoring;
  });
});
