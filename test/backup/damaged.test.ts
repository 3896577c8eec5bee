import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backup } from "#src/cli/backup";
import { restore } from "#src/cli/restore";
import { openSqliteStore } from "#src/store/sqlite/store";
import { fill, seenIn } from "#test/store/everything";
import { newFolder } from "#test/store/sqlite-folder";
import { callOf, saidBy } from "./calls.ts";

const PAGE_BYTES = 4096;

/** What a broken disk makes of a page; the first page's header stays, so that it still looks like a data file. */
const ways: Readonly<Record<string, (page: Buffer) => void>> = {
  "full of zeros": (page) => page.fill(0),
  "full of other bytes": (page) => {
    for (let at = 0; at < page.length; at += 1) page[at] = (at * 7919) % 256;
  },
};

describe("A data file that is damaged inside", () => {
  let folder: ReturnType<typeof newFolder>;
  let at: (name: string) => string;
  let whole: Buffer;
  beforeEach(async () => {
    folder = newFolder();
    at = (name) => join(folder.path, name);
    const store = await openSqliteStore({ file: at("a.db") });
    await fill(store);
    await store.close();
    await (await backup.prepare(callOf({ words: at("good"), from: `sqlite:${at("a.db")}` }))).answerText("");
    whole = readFileSync(at("a.db"));
  });
  afterEach(() => folder.remove());

  const backUp = async (name: string) =>
    (await backup.prepare(callOf({ words: at("new"), from: `sqlite:${at(name)}` }))).show("");
  const bringBack = async (name: string, force: boolean) =>
    (await restore.prepare(callOf({ words: at("good"), to: `sqlite:${at(name)}`, force }))).show("");
  const damage = (page: number, change: (page: Buffer) => void): Buffer => {
    const bytes = Buffer.from(whole);
    change(bytes.subarray(Math.max(page * PAGE_BYTES, 100), (page + 1) * PAGE_BYTES));
    return bytes;
  };

  it.each(Object.entries(ways))(
    "is neither backed up nor replaced unasked, whichever page is %s, and says what to do",
    async (_, change) => {
      for (let page = 0; page < whole.length / PAGE_BYTES; page += 1) {
        writeFileSync(at("x.db"), damage(page, change));
        const sentence = /x\.db is not a Rehearsal data file, or is damaged\. rehearsal restore .* --force/;
        expect(await saidBy(backUp("x.db"))).toMatch(sentence);
        expect(await saidBy(bringBack("x.db", false))).toMatch(sentence);
        expect(readFileSync(at("x.db")).length).toBe(whole.length);
      }
      expect(readdirSync(folder.path).toSorted()).toEqual(["a.db", "good", "x.db"]);
    },
  );

  it("is kept beside the backup that takes its place where that is forced, whatever is wrong with it", async () => {
    const broken = {
      pages: damage(5, (page) => page.fill(0)),
      schema: damage(0, (page) => page.fill(0)),
      half: whole.subarray(0, whole.length / 2 + 100),
      text: Buffer.from("no data file"),
    };
    for (const [name, bytes] of Object.entries(broken)) {
      writeFileSync(at(`${name}.db`), bytes);
      const said = await bringBack(`${name}.db`, true);
      const aside = /What was there before is now (.*)\.\n$/.exec(said)?.[1] ?? "";
      expect(aside).toContain(`${name}.db.before-`);
      expect(readFileSync(aside).length).toBeGreaterThanOrEqual(bytes.length);
      const store = await openSqliteStore({ file: at(`${name}.db`) });
      const original = await openSqliteStore({ file: at("a.db") });
      expect(await seenIn(store)).toEqual(await seenIn(original));
      await store.close();
      await original.close();
    }
  });

  it("that is gone but for its log leaves the log beside the backup as well", async () => {
    writeFileSync(at("x.db-wal"), "what was written last");
    expect(await saidBy(bringBack("x.db", false))).toContain("holds data");
    await bringBack("x.db", true);
    const [aside = ""] = readdirSync(folder.path).filter((name) => /^x\.db\.before-.*-wal$/.test(name));
    expect(readFileSync(at(aside), "utf8")).toBe("what was written last");
  });

  it("does not start a bot whose tables it lacks, and says so in a sentence", async () => {
    writeFileSync(
      at("x.db"),
      damage(0, (page) => page.fill(0)),
    );
    expect(await saidBy(openSqliteStore({ file: at("x.db") }))).toMatch(/is damaged/);
  });

  it("is for its owner alone when it is made, with its folder and its log", async () => {
    const store = await openSqliteStore({ file: at("new/x.db") });
    await fill(store);
    const modes = ["new", "new/x.db", "new/x.db-wal"].map((name) => statSync(at(name)).mode & 0o777);
    await store.close();
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });
});
