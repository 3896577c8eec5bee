import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import type { Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import { migrate } from "#src/cli/migrate";
import { migrateBetween } from "#src/cli/migration";
import { openRedisContents } from "#src/store/redis/contents";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { channel, date, member, roundOn, tenant } from "#test/contracts/store-samples";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { fill, seenIn } from "#test/store/everything";
import { silent } from "#test/store/redis-database";
import { newFolder } from "#test/store/sqlite-folder";

/** As an operator runs it; a process takes seconds on a busy machine, so the rest calls what it calls. */
const runProgram = (...words: string[]) => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--import", "./src/require-node-24.js", "src/cli.ts", "migrate", ...words],
    { encoding: "utf8", env: { ...process.env, REHEARSAL_LOCALE: "en", REHEARSAL_LOG: "silent" } },
  );
  return { stdout, stderr, status };
};

/** The sentence with which a migration is refused. */
const refusal = async (from: string, to: string): Promise<string> => {
  try {
    await migrateBetween(from, to, 1_000);
    return "it was not refused";
  } catch (error) {
    return error instanceof Refusal ? error.sentence(messagesFor("en")) : String(error);
  }
};

describe("A migration", () => {
  let redis: RunningRedis;
  let folder: ReturnType<typeof newFolder>;
  let file: string;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.admin.flushall();
    folder = newFolder();
    file = join(folder.path, "rehearsal.db");
  });
  afterEach(() => folder.remove());

  const inSqlite = async <Result>(path: string, use: (store: Store) => Promise<Result>): Promise<Result> => {
    const store = await openSqliteStore({ file: path });
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  };
  const inRedis = async <Result>(use: (store: Store) => Promise<Result>): Promise<Result> => {
    const store = await openRedisStore({ url: redis.url, log: silent });
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  };

  it("brings a data file into Redis and back, and everybody finds everything as it was", async () => {
    await inSqlite(file, fill);
    const there = runProgram("--from", `sqlite:${file}`, "--to", redis.url, "--json");
    expect([there.stderr, there.status]).toEqual(["", 0]);
    const back = join(folder.path, "back.db");
    const moved = await migrateBetween(redis.url, `sqlite:${back}`, Date.now());
    expect(JSON.parse(there.stdout)).toEqual({ id: null, ...moved, verified: true });
    expect(moved.tenants).toBe(2);
    const before = await inSqlite(file, seenIn);
    expect(await inRedis(seenIn)).toEqual(before);
    expect(await inSqlite(back, seenIn)).toEqual(before);
  });

  it("refuses a target that holds anything, and changes nothing there", async () => {
    await inSqlite(file, fill);
    await inRedis((store) => store.setPractice(tenant, member, "q1"));
    expect(await refusal(`sqlite:${file}`, redis.url)).toContain("is not empty");
    expect(await inRedis((store) => store.rounds(tenant, channel, 9))).toEqual([]);
    const other = join(folder.path, "other.db");
    await inSqlite(other, fill);
    expect(await refusal(redis.url, `sqlite:${other}`)).toContain("is not empty");
  });

  it("goes on where it was stopped, keeps bots away until then, and takes no other source meanwhile", async () => {
    await inSqlite(file, fill);
    // As after a kill half-way: marked, with a part of the records.
    await inRedis(async (store) => {
      await store.openRound(roundOn(1));
      await store.claimPost({ tenant, channel, date: date("2026-06-03") }, 5, {
        token: "migration 1",
        now: 5,
        leaseMs: 0,
      });
    });
    await redis.admin.hset("rehearsal", "migrating", `sqlite:${file}`);
    await expect(inRedis(seenIn)).rejects.toMatchObject({ message: "refused" });
    const other = join(folder.path, "other.db");
    await inSqlite(other, fill);
    expect(await refusal(`sqlite:${other}`, redis.url)).toContain("was not finished");
    await migrateBetween(`sqlite:${file}`, redis.url, 1_000);
    expect(await inRedis(seenIn)).toEqual(await inSqlite(file, seenIn));
  });

  it("into a file keeps to one source as well until it is finished, and makes the folder", async () => {
    await inRedis(fill);
    const target = join(folder.path, "new", "rehearsal.db");
    await migrateBetween(redis.url, `sqlite:${target}`, 1_000);
    const half = join(folder.path, "half.db");
    writeFileSync(`${half}.migrating`, "redis://elsewhere:6379\n");
    await inSqlite(half, (store) => store.setPractice(tenant, member, "q1"));
    expect(await refusal(redis.url, `sqlite:${half}`)).toContain("from redis://elsewhere:6379");
  });

  it("tells that a Redis went away in the middle as trouble that an operator can mend", async () => {
    const brittle = await startRedis();
    const store = await openRedisStore({ url: brittle.url, log: silent });
    await fill(store);
    await store.close();
    const contents = await openRedisContents({ url: brittle.url, log: silent, commandTimeoutMs: 200 });
    await brittle.kill();
    const read = async () => {
      for await (const _ of contents.records(tenant, 1));
    };
    const away = expect.objectContaining({ name: "StoreFailure", trouble: "unreachable" });
    await expect(contents.tenants()).rejects.toEqual(away);
    await expect(read()).rejects.toEqual(away);
    await contents.close();
    await brittle.stop();
  });

  it("says what is wrong with its ends in one line, and makes no file", async () => {
    const none = join(folder.path, "none.db");
    expect(await refusal(`sqlite:${none}`, redis.url)).toBe(`There is no data file ${none}.`);
    expect(existsSync(none)).toBe(false);
    expect(await refusal(`sqlite:${file}`, "redis://user@host")).toContain("user:password@");
    const call = {
      locale: "en",
      words: "",
      question: undefined,
      pack: undefined,
      out: undefined,
      explain: false,
    } as const;
    expect(migrate.misuse({ ...call, from: "sqlite:a" }, false)).toContain("needs --from and --to");
    expect(migrate.misuse({ ...call, from: "sqlite:a", to: "http://host" }, false)).toContain(
      "needs --from and --to",
    );
  });
});
