import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { examineDataFile, examineRedis, redisFindings, spaceFinding } from "#src/doctor/stores";
import { inspectRedis } from "#src/store/redis/inspection";
import { OUR_CALLS } from "#src/store/redis/rights";
import { readScripts } from "#src/store/redis/script";
import { openRedisStore } from "#src/store/redis/store";
import { openDatabase } from "#src/store/sqlite/database";
import { openSqliteStore } from "#src/store/sqlite/store";
import { member, tenant } from "#test/contracts/store-samples";
import { freePort } from "#test/doubles/redis/ports";
import {
  type RunningRedis,
  type RedisOptions as ServerOptions,
  startRedis,
} from "#test/doubles/redis/server";
import { silent } from "#test/store/redis-database";
import { newFolder } from "#test/store/sqlite-folder";
import { toldBy } from "./told.ts";

const ACL =
  "user rehearsal on >secret-word ~{t:* ~{s:* ~{n:* ~rehearsal resetchannels -@all +@read +@write -@dangerous +@connection +eval +evalsha +script|load +info +time +wait +cluster|slots +config|get +bgrewriteaof";

describe("A look at the data file", () => {
  let folder: ReturnType<typeof newFolder>;
  let file: string;
  beforeEach(() => {
    folder = newFolder();
    file = join(folder.path, "rehearsal.db");
  });
  afterEach(() => folder.remove());
  const told = () => toldBy(examineDataFile(file));

  it("takes one that is not there yet, a whole one and one that a bot is using", async () => {
    expect(told()[0]).toContain("ok");
    expect(told()[0]).toContain("will be made at the first start");
    const store = await openSqliteStore({ file });
    await store.setPractice(tenant, member, "q1");
    expect(told()[0]).toContain("is in use by a running Rehearsal");
    await store.close();
    expect(told()[0]).toContain("is whole");
    const again = await openSqliteStore({ file });
    expect(await again.practice(tenant, member)).toBe("q1");
    await again.close();
  });

  it("says what to do with one that is damaged, of a later release, of an older one or half moved", () => {
    writeFileSync(file, "no database");
    expect(told()[0]).toMatch(/^fail .* is damaged/);
    writeFileSync(`${file}.migrating`, "redis://x\n");
    expect(told()[0]).toMatch(/^fail A migration into/);
    const newer = join(folder.path, "newer.db");
    const database = openDatabase(newer);
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(toldBy(examineDataFile(newer))[0]).toMatch(/^fail .* newer version of Rehearsal/);
    const older = join(folder.path, "older.db");
    const old = openDatabase(older, []);
    old.exec("CREATE TABLE t (x); PRAGMA user_version = 1");
    old.close();
    expect(toldBy(examineDataFile(older))[1]).toContain("Back it up first");
    chmodSync(older, 0o644);
    expect(toldBy(examineDataFile(older))).toContainEqual(
      expect.stringMatching(/^warn others on this machine can read .*older\.db.*chmod 600/),
    );
  });

  it("says where it cannot be kept, and how much room there is", () => {
    mkdirSync(join(folder.path, "folder.db"));
    expect(toldBy(examineDataFile(join(folder.path, "folder.db")))[0]).toMatch(/^fail/);
    expect(toldBy(examineDataFile("/proc/none/rehearsal.db"))[0]).toMatch(/^fail/);
    const mebibytes = (count: number) => toldBy([spaceFinding("/data", count * 1024 * 1024)])[0];
    expect(mebibytes(5)).toMatch(/^fail 5 MiB are free/);
    expect(mebibytes(100)).toMatch(/^warn only 100 MiB/);
    expect(mebibytes(5_000)).toMatch(/^ok 5000 MiB/);
  });
});

describe("A look at Redis", () => {
  const running: RunningRedis[] = [];
  afterEach(async () => {
    for (const redis of running.splice(0)) await redis.stop();
  });
  const start = async (options: ServerOptions = {}): Promise<RunningRedis> => {
    const redis = await startRedis(options);
    running.push(redis);
    return redis;
  };
  const settings = { durability: "local", caFile: undefined, sentinelPassword: undefined } as const;
  const told = async (url: string, durability: "none" | "local" | "fsync" = "local") => {
    const { findings, aheadMs } = await examineRedis({ ...settings, url, durability }, () => Date.now());
    return [...toldBy(findings), ...(aheadMs === null ? ["not reached"] : [])];
  };

  it("finds nothing amiss with the README's user, changes nothing, and warns of one who may do everything", async () => {
    const redis = await start({ acl: ["user default on nopass ~* &* +@all", ACL] });
    const url = redis.url.replace("//", "//rehearsal:secret-word@");
    expect(await told(url)).toEqual([expect.stringMatching(/^ok version 7\..* keeps what it is given/)]);
    expect((await redis.admin.keys("*")).filter((key) => key !== "{n:doctor}")).toEqual([]);
    expect(await told(redis.url)).toEqual([
      expect.stringMatching(/^ok/),
      expect.stringMatching(/^warn the user .* may call FLUSHALL, .*which Rehearsal never does/),
    ]);
  });

  it("asks for the right to everything that a script calls", () => {
    const called = [...readScripts().values()].flatMap(({ source }) =>
      [...source.matchAll(/redis\.p?call\('([A-Za-z]+)'/g)].map(([, name = ""]) => name),
    );
    expect(called.length).toBeGreaterThan(50);
    expect(Object.keys(OUR_CALLS)).toEqual(expect.arrayContaining([...new Set(called)]));
  });

  it("names the commands that the user lacks, and tells a wrong password from a server that is away", async () => {
    const redis = await start({
      acl: ["user default on nopass ~* &* +@all", ACL.replace("+@write", "+set")],
    });
    const url = redis.url.replace("//", "//rehearsal:secret-word@");
    expect((await told(url))[0]).toMatch(/^fail the user .* may not call .*HSET.*XADD/);
    expect(await told(url.replace("secret-word", "other"))).toEqual([
      expect.stringMatching(/^fail .*does not take the user or the password/),
      "not reached",
    ]);
    expect(await told(`redis://127.0.0.1:${await freePort()}`)).toEqual([
      expect.stringMatching(/^fail Nothing answers at/),
      "not reached",
    ]);
    expect((await told("redis://user@host"))[0]).toMatch(/^fail REHEARSAL_REDIS_URL/);
  });

  it.each([
    [" +info", /^fail the user .* may not call INFO\. The README/],
    [" +time", /^fail the user .* may not call TIME\. The README/],
    [" +eval +evalsha", /^fail the user .* may not call EVAL, EVALSHA\. The README/],
    [" +evalsha", /^fail the user .* may not call EVALSHA\. The README/],
    [" +script|load", /^fail the user .* may not call SCRIPT\|LOAD\. The README/],
    [" ~rehearsal", /^fail the user .* may not use every key .* The README/],
  ])("says what a user without%s lacks, and nothing else", async (right, said) => {
    const acl = ["user default on nopass ~* &* +@all", ACL.replace(right, "")];
    const redis = await start({ acl });
    const printed = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      expect(await told(redis.url.replace("//", "//rehearsal:secret-word@"))).toEqual([
        expect.stringMatching(said),
        "not reached",
      ]);
      expect(printed.mock.calls).toEqual([]);
    } finally {
      printed.mockRestore();
    }
  });

  it("names what else a user lacks beside what a look needs", async () => {
    const acl = [
      "user default on nopass ~* &* +@all",
      ACL.replace(" +info", "").replace("+config|get", "+config|get -xadd -dbsize"),
    ];
    const redis = await start({ acl });
    expect((await told(redis.url.replace("//", "//rehearsal:secret-word@")))[0]).toMatch(
      /^fail the user .* may not call INFO, XADD\. /,
    );
    const noSize = [acl[0] ?? "", ACL.replace("+config|get", "+config|get -dbsize")];
    const other = await start({ acl: noSize });
    expect((await told(other.url.replace("//", "//rehearsal:secret-word@")))[0]).toMatch(
      /^fail the user .* may not call DBSIZE\. /,
    );
  });

  it("says which file of a certificate cannot be used, before it connects", async () => {
    const folder = newFolder();
    const caFile = join(folder.path, "ca.pem");
    const findings = async () =>
      toldBy((await examineRedis({ ...settings, url: "rediss://127.0.0.1:1", caFile }, () => 0)).findings);
    expect(await findings()).toEqual([expect.stringMatching(/^fail REHEARSAL_REDIS_CA names .*ca\.pem/)]);
    writeFileSync(caFile, "no certificate");
    expect(await findings()).toEqual([
      expect.stringMatching(/^fail REHEARSAL_REDIS_CA names .*holds no cert/),
    ]);
    folder.remove();
  });

  it("warns of a user who may not have the append-only file written anew", async () => {
    const acl = ["user default on nopass ~* &* +@all", ACL.replace(" +bgrewriteaof", "")];
    const redis = await start({ acl });
    expect(await told(redis.url.replace("//", "//rehearsal:secret-word@"))).toEqual([
      expect.stringMatching(/^ok/),
      expect.stringMatching(/^warn .*may not call BGREWRITEAOF.*\/data delete/),
    ]);
  });

  it("says what would lose answers; what the operator accepted is a warning", async () => {
    const redis = await start({ rdbOnly: true, settings: { "maxmemory-policy": "allkeys-lru" } });
    const lines = await told(redis.url);
    expect(lines.filter((line) => line.startsWith("fail"))).toEqual([
      expect.stringContaining("maxmemory-policy noeviction"),
      expect.stringContaining("appendonly yes"),
    ]);
    expect((await told(redis.url, "none")).filter((line) => line.startsWith("fail"))).toEqual([]);
    expect((await told(redis.url, "none")).at(-1)).toContain("warn REHEARSAL_REDIS_DURABILITY=none");
  });

  it("knows whose data is there", async () => {
    const redis = await start();
    await redis.admin.set("somebody", "else");
    expect(await told(redis.url)).toContainEqual(expect.stringMatching(/^fail .*of something else/));
    await redis.admin.flushall();
    await (await openRedisStore({ url: redis.url, log: silent })).close();
    await redis.admin.hset("rehearsal", "migrating", "sqlite:x");
    expect((await told(redis.url))[0]).toMatch(/^fail A migration into/);
    await redis.admin.hset("rehearsal", "layout", "99");
    expect((await told(redis.url))[0]).toMatch(/^fail .*another version of Rehearsal/);
  });

  it("tells a restore that was interrupted from a migration, as the bot does at its start", async () => {
    const redis = await start();
    await (await openRedisStore({ url: redis.url, log: silent })).close();
    await redis.admin.hset("rehearsal", "migrating", "backup:0123abcd");
    const remedy = /^fail A restore into redis:.* is not finished.*rehearsal restore FILE --force/;
    expect(await told(redis.url)).toContainEqual(expect.stringMatching(remedy));
    expect((await told(redis.url)).join()).not.toContain("rehearsal migrate");
    const refused = await openRedisStore({ url: redis.url, log: silent }).catch((error: unknown) => error);
    if (!(refused instanceof Refusal)) throw new Error("it opened");
    expect(`fail ${refused.sentence(messagesFor("en"))}`).toMatch(remedy);
    expect(refused.sentence(messagesFor("zh"))).toContain("rehearsal restore 备份文件 --force");
  });

  it("judges how fast, how full and how well it writes", async () => {
    const redis = await start();
    const seen = await inspectRedis({ url: redis.url, durability: "local", now: () => Date.now() + 7_000 });
    expect(seen.aheadMs).toBeLessThan(-6_000);
    const judged = (more: object) => toldBy(redisFindings({ ...seen, dangerous: [], ...more }))[0];
    expect(judged({})).toMatch(/^ok/);
    expect(judged({ latencyMs: { median: 900, longest: 1_000 } })).toMatch(/^fail .*takes 900 ms/);
    expect(judged({ isDiskFailing: true })).toMatch(/^fail .*append-only/);
    const warned = toldBy(
      redisFindings({ ...seen, dangerous: [], latencyMs: { median: 60, longest: 80 }, memoryShare: 0.9 }),
    );
    expect(warned.map((line) => line.slice(0, 4))).toEqual(["ok v", "warn", "warn"]);
  });
});
