import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { backup } from "#src/cli/backup";
import { restore } from "#src/cli/restore";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, member, roundOn, tenant } from "#test/contracts/store-samples";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { fill, seenIn } from "#test/store/everything";
import { allOf, anyDeed } from "#test/store/histories";
import { silent } from "#test/store/redis-database";
import { newFolder } from "#test/store/sqlite-folder";
import { callOf, refusalOf } from "./calls.ts";

describe("A backup", () => {
  let redis: RunningRedis;
  let folder: ReturnType<typeof newFolder>;
  let at: (name: string) => string;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.admin.flushall();
    folder = newFolder();
    at = (name) => join(folder.path, name);
  });
  afterEach(() => folder.remove());

  const within = async <Result>(store: Store, use: (store: Store) => Promise<Result>): Promise<Result> => {
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  };
  const inSqlite = async <Result>(name: string, use: (store: Store) => Promise<Result>) =>
    within(await openSqliteStore({ file: at(name) }), use);
  const inRedis = async <Result>(use: (store: Store) => Promise<Result>) =>
    within(await openRedisStore({ url: redis.url, log: silent }), use);
  const backUp = async (from: string, name: string) =>
    (await backup.prepare(callOf({ words: at(name), from }))).answerText("");
  const bringBack = async (name: string, to: string, force = false) =>
    (await restore.prepare(callOf({ words: at(name), to, force }))).answerText("");

  it("of a data file comes back in Redis, one of Redis in a data file, and everybody finds everything as it was", async () => {
    await inSqlite("a.db", fill);
    const taken = await backUp(`sqlite:${at("a.db")}`, "one.backup");
    expect(taken).toMatchObject({ tenants: 2, verified: true });
    const restored = await bringBack("one.backup", redis.url);
    expect(restored).toMatchObject({ tenants: 2, records: taken.records, verified: true, before: null });
    expect(await backUp(redis.url, "two.backup")).toMatchObject({ tenants: 2, records: taken.records });
    await bringBack("two.backup", `sqlite:${at("b.db")}`);
    const before = await inSqlite("a.db", seenIn);
    expect(await inRedis(seenIn)).toEqual(before);
    expect(await inSqlite("b.db", seenIn)).toEqual(before);
  });

  it("keeps any history: the same streaks, boards and dossiers in both stores", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDeed, { maxLength: 50, size: "max" }), async (deeds) => {
        await redis.admin.flushall();
        const run = newFolder();
        at = (name) => join(run.path, name);
        try {
          const before = await inSqlite("a.db", async (store) => {
            for (const deed of deeds) await deed(store);
            return allOf(store);
          });
          await backUp(`sqlite:${at("a.db")}`, "one");
          await bringBack("one", redis.url);
          expect(await inRedis(allOf)).toEqual(before);
          await backUp(redis.url, "two");
          await bringBack("two", `sqlite:${at("b.db")}`);
          expect(await inSqlite("b.db", allOf)).toEqual(before);
        } finally {
          run.remove();
        }
      }),
      { numRuns: 4, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);

  it("is one file that only its owner can read, with nothing beside it, and takes no other's place", async () => {
    await inSqlite("a.db", fill);
    await backUp(`sqlite:${at("a.db")}`, "one");
    expect(statSync(at("one")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path).toSorted()).toEqual(["a.db", "one"]);
    const bytes = readFileSync(at("one"));
    expect(await refusalOf(backUp(`sqlite:${at("a.db")}`, "one"))).toContain("is there already");
    expect(readFileSync(at("one"))).toEqual(bytes);
  });

  it("holds the tokens of workspaces as the store has them: sealed", async () => {
    await inSqlite("a.db", (store) => store.keepInstallation(tenant, "k1.sealed"));
    await backUp(`sqlite:${at("a.db")}`, "one");
    const [, , section = Buffer.alloc(0)] = [0, ...splitAt(readFileSync(at("one")))];
    expect(JSON.parse(gunzipSync(section).toString())).toEqual({ kind: "installation", sealed: "k1.sealed" });
  });

  it("comes back only where nothing is, unless it is forced to: then a file is kept beside it", async () => {
    await inSqlite("a.db", fill);
    await backUp(`sqlite:${at("a.db")}`, "one");
    await inSqlite("b.db", (store) => store.setPractice(tenant, member, "q-before"));
    await inRedis((store) => store.setPractice(tenant, member, "q-before"));
    for (const to of [`sqlite:${at("b.db")}`, redis.url])
      expect(await refusalOf(bringBack("one", to))).toContain("holds data");
    expect(await inSqlite("b.db", (store) => store.practice(tenant, member))).toBe("q-before");
    expect(await inRedis((store) => store.practice(tenant, member))).toBe("q-before");
    const { before } = await bringBack("one", `sqlite:${at("b.db")}`, true);
    await bringBack("one", redis.url, true);
    const seen = await inSqlite("a.db", seenIn);
    expect(await inSqlite("b.db", seenIn)).toEqual(seen);
    expect(await inRedis(seenIn)).toEqual(seen);
    const old = await openSqliteStore({ file: String(before) });
    expect(await within(old, (store) => store.practice(tenant, member))).toBe("q-before");
  });

  it("of a Redis that members answer in meanwhile is what it was at some moment: each answer with its day", async () => {
    const store = await openRedisStore({ url: redis.url, log: silent });
    const round = await store.openRound(roundOn(1));
    const names = Array.from({ length: 60 }, (_, at) => `m${at}`);
    const answerAll = async () => {
      for (const as of names) await store.recordAttempt(attemptAs(`s-${as}`, { as, credit: round.date }));
    };
    const [taken] = await Promise.all([backUp(redis.url, "one"), answerAll()]);
    await store.close();
    await bringBack("one", `sqlite:${at("b.db")}`);
    const days = await inSqlite("b.db", async (restored) => {
      const answers = await restored.attemptsOfRound(tenant, round.id);
      const credited = names.map(
        async (as) => (await restored.ledger(tenant, memberIdSchema.parse(as))).length,
      );
      return [answers.length, (await Promise.all(credited)).reduce((sum, count) => sum + count, 0)];
    });
    expect(days[0]).toBe(days[1]);
    expect(taken.records).toBe(1 + 2 * Number(days[0]));
  });

  it("is not brought to where a bot runs", async () => {
    await inSqlite("a.db", fill);
    await backUp(`sqlite:${at("a.db")}`, "one");
    await inRedis(async (store) => {
      expect(await refusalOf(bringBack("one", redis.url, true))).toContain("Stop every bot first");
      expect(await store.practice(tenant, member)).toBe(null);
    });
  });

  it("is not brought to where nobody can tell whether a bot runs", async () => {
    await inSqlite("a.db", fill);
    await backUp(`sqlite:${at("a.db")}`, "one");
    const blind = "user blind on >word ~* &* +@all -client|list";
    const words = blind.split(" ").slice(1);
    await redis.admin.call("ACL", "SETUSER", ...words);
    const url = redis.url.replace("//", "//blind:word@");
    for (const force of [false, true])
      expect(await refusalOf(bringBack("one", url, force))).toContain("a bot may be running there");
  });

  it("leaves nothing of one that was killed longer ago, and nothing of one that may still go on is touched", async () => {
    await inSqlite("a.db", fill);
    for (const name of [".rehearsal-backup-killed", ".rehearsal-backup-at-it"]) {
      mkdirSync(at(name));
      writeFileSync(at(`${name}/copy.db`), "what members wrote");
    }
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
    for (const name of ["", "/copy.db"])
      utimesSync(at(`.rehearsal-backup-killed${name}`), hoursAgo, hoursAgo);
    await backUp(`sqlite:${at("a.db")}`, "one");
    expect(readdirSync(folder.path).toSorted()).toEqual([".rehearsal-backup-at-it", "a.db", "one"]);
  });

  it("takes the place of a damaged file where it is forced to", async () => {
    await inSqlite("a.db", fill);
    await backUp(`sqlite:${at("a.db")}`, "one");
    writeFileSync(at("b.db"), "no data file");
    expect(await refusalOf(bringBack("one", `sqlite:${at("b.db")}`))).toContain("is damaged");
    await bringBack("one", `sqlite:${at("b.db")}`, true);
    expect(await inSqlite("b.db", seenIn)).toEqual(await inSqlite("a.db", seenIn));
  });
});

/** The first line, the first tenant's line and its bytes, and the last line. */
const splitAt = (bytes: Buffer): readonly Buffer[] => {
  const first = bytes.indexOf(0x0a) + 1;
  const second = bytes.indexOf(0x0a, first) + 1;
  const { bytes: length } = JSON.parse(bytes.subarray(first, second).toString()) as { bytes: number };
  return [bytes.subarray(0, second), bytes.subarray(second, second + length)];
};
