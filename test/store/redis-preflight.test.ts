import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { messagesFor } from "#core/messages/index";
import type { Log, Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import { type Facts, findingsIn } from "#src/store/redis/preflight";
import type { RedisOptions } from "#src/store/redis/server";
import { openRedisStore } from "#src/store/redis/store";
import { member, tenant } from "#test/contracts/store-samples";
import { freePort } from "#test/doubles/redis/ports";
import {
  type RunningRedis,
  type RedisOptions as ServerOptions,
  startRedis,
} from "#test/doubles/redis/server";
import { silent } from "#test/store/redis-database";

const fixtures = join(import.meta.dirname, "..", "fixtures", "redis-tls");
const tls = {
  ca: join(fixtures, "ca.pem"),
  cert: join(fixtures, "server.pem"),
  key: join(fixtures, "server.key"),
};

/** The line of the README, with a password. */
const ACL =
  "user rehearsal on >secret-word ~{t:* ~{s:* ~{n:* ~rehearsal resetchannels -@all +@read +@write -@dangerous +@connection +eval +evalsha +script|load +info +time +wait +cluster|slots +config|get +bgrewriteaof";

describe("A preflight of Redis", () => {
  const running: RunningRedis[] = [];
  const opened: Store[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    for (const redis of running.splice(0)) await redis.stop();
  });

  const start = async (options: ServerOptions = {}): Promise<RunningRedis> => {
    const redis = await startRedis(options);
    running.push(redis);
    return redis;
  };
  const open = async (url: string, options: Partial<RedisOptions> = {}): Promise<Store> => {
    const store = await openRedisStore({ url, log: silent, ...options });
    opened.push(store);
    return store;
  };
  const saidOf = async (opening: Promise<Store>): Promise<string> => {
    try {
      await opening;
      return "it opened";
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const sentence = error.sentence(messagesFor("en"));
      expect(sentence.split("\n")).toHaveLength(1);
      expect(error.sentence(messagesFor("zh"))).not.toBe("");
      return sentence;
    }
  };

  it("refuses a server that keeps snapshots alone, unless the operator accepts losses, who is then warned", async () => {
    const redis = await start({ rdbOnly: true });
    expect(await saidOf(open(redis.url))).toContain("Set appendonly yes");
    const warned: string[] = [];
    const log: Log = { ...silent, warn: (event, facts) => warned.push(`${event} ${facts?.reason}`) };
    await open(redis.url, { durability: "none", log });
    expect(warned).toEqual([expect.stringContaining("may lose what is recorded")]);
  });

  it.each([
    [{ settings: { "maxmemory-policy": "allkeys-lru" } }, {}, "maxmemory-policy noeviction"],
    [{ appendfsync: "no" }, {}, "never waits for its disk"],
    [{}, { durability: "fsync" }, "needs appendfsync always"],
    [{}, { durability: "replicated" }, "has none now"],
    [{ settings: { "cluster-enabled": "yes" } }, {}, "part of a cluster"],
  ] satisfies [ServerOptions, Partial<RedisOptions>, string][])(
    "refuses %j at %j: %s",
    async (server, options, said) => {
      const redis = await start(server);
      expect(await saidOf(open(redis.url, options))).toContain(said);
    },
  );

  it("takes a server that writes everything to its disk at once for fsync", async () => {
    const redis = await start({ appendfsync: "always" });
    const store = await open(redis.url, { durability: "fsync" });
    await store.setPractice(tenant, member, "q1");
    expect(await store.practice(tenant, member)).toBe("q1");
  });

  it("refuses a replica, and leaves it as it is", async () => {
    const master = await start();
    const replica = await start({ settings: { replicaof: `127.0.0.1 ${master.port}` } });
    expect(await saidOf(open(replica.url))).toContain("is a replica");
    expect(await master.admin.dbsize()).toBe(0);
  });

  it("refuses a database with keys of something else, data of a newer version, and a half-finished migration", async () => {
    const redis = await start();
    await redis.admin.set("somebody", "else");
    expect(await saidOf(open(redis.url))).toContain("1 key of something else");
    expect(await redis.admin.dbsize()).toBe(1);
    await redis.admin.hset("rehearsal", { layout: "2", shards: "256" });
    expect(await saidOf(open(redis.url))).toContain("another version");
    await redis.admin.hset("rehearsal", { layout: "1", migrating: "sqlite:x" });
    expect(await saidOf(open(redis.url))).toContain("was not finished");
  });

  it("still takes a database for ours that was emptied while a bot ran, and warns when one comes back empty", async () => {
    const redis = await start();
    // Whichever of the two processes is back first says so.
    const warned: string[] = [];
    const log: Log = { ...silent, warn: (event) => warned.push(event) };
    const store = await open(redis.url, { log });
    await redis.admin.flushall();
    await store.setPractice(tenant, member, "q1");
    const other = await open(redis.url, { log });
    expect(await other.practice(tenant, member)).toBe("q1");
    await redis.kill();
    rmSync(join(redis.dir, "appendonlydir"), { recursive: true });
    await redis.restart();
    await vi.waitFor(() => expect(warned).toContain("Redis came back without what was recorded"), 10_000);
    await vi.waitFor(async () => expect(await redis.admin.hget("rehearsal", "layout")).toBe("1"), 5_000);
  });

  it("refuses a version that is too old, and what does not tell", () => {
    const good: Facts = {
      version: [7, 0],
      isMaster: true,
      isCluster: false,
      replicas: 1,
      appendonly: true,
      appendfsync: "always",
      evicts: false,
      minReplicas: 1,
      keys: 0,
    };
    const said = (facts: Partial<Facts>) =>
      findingsIn({ ...good, ...facts }, "fsync", "redis://h:1").map(({ sentence }) =>
        sentence(messagesFor("en")),
      );
    expect(said({})).toEqual([]);
    expect(said({ version: [6, 2] })[0]).toContain("is version 6.2; Rehearsal needs 7.0");
    expect(said({ appendonly: null })[0]).toContain("does not say so");
    expect(said({ evicts: null })[0]).toContain("does not say whether");
    expect(said({ appendfsync: null })[0]).toContain("cannot be read");
    // From 7.2 on every write can wait for the disk by itself.
    expect(said({ version: [7, 2], appendfsync: "everysec" })).toEqual([]);
  });

  it("says when nobody is there, and when that is no cluster", async () => {
    expect(await saidOf(open(`redis://127.0.0.1:${await freePort()}`))).toContain("Nothing answers at");
    const redis = await start();
    expect(await saidOf(open(`redis+cluster://127.0.0.1:${redis.port}`))).toContain("is no cluster");
    const sentinel = `redis+sentinel://127.0.0.1:${redis.port}/main`;
    expect(await saidOf(open(sentinel, { connectTimeoutMs: 1_500 }))).toContain("No sentinel at");
  });

  it("works for a user who may do nothing else, and says when the password is wrong without repeating it", async () => {
    const redis = await start({
      acl: ["user default off", "user admin on >admin-word ~* &* +@all", ACL],
      admin: { username: "admin", password: "admin-word" },
    });
    const at = (login: string) => `redis://${login}@127.0.0.1:${redis.port}`;
    const store = await open(at("rehearsal:secret-word"));
    await store.setPractice(tenant, member, "q1");
    expect(await store.practice(tenant, member)).toBe("q1");
    expect(await store.takeTurn("x", 1, 0)).toBe(0);
    expect(await store.schedulesToWake(1, 1)).toEqual([]);
    const wrong = await saidOf(open(at("rehearsal:wrong-word")));
    expect(wrong).toContain("does not take the user or the password");
    expect(wrong).not.toContain("wrong-word");
    // Nothing else was refused: the line in the README is all that is needed.
    expect(await redis.admin.acl("LOG")).toHaveLength(1);
    await redis.admin.call("ACL", "SETUSER", "rehearsal", "-config|get");
    await open(at("rehearsal:secret-word"));
    expect(await saidOf(open(at("rehearsal:secret-word"), { durability: "fsync" }))).toContain(
      "cannot be read",
    );
  });

  it("refuses a user whom it forbids a command that it needs, in one line", async () => {
    const redis = await start({
      acl: ["user default off", "user admin on >admin-word ~* &* +@all", ACL.replace("+script|load", "")],
      admin: { username: "admin", password: "admin-word" },
    });
    const at = `redis://rehearsal:secret-word@127.0.0.1:${redis.port}`;
    expect(await saidOf(open(at))).toContain("forbids that user a command");
    await redis.admin.call("ACL", "SETUSER", "rehearsal", "+script|load", "-info");
    expect(await saidOf(open(at))).toContain("forbids that user a command");
    await redis.admin.call("ACL", "SETUSER", "rehearsal", "+info", "resetkeys");
    expect(await saidOf(open(at))).toContain("forbids that user a command");
  });

  it("opens with a full memory for lookups where the data is ours, and says that it is full where there is none yet", async () => {
    const redis = await start();
    await redis.admin.config("SET", "maxmemory", "1");
    await expect(open(redis.url)).rejects.toMatchObject({ name: "StoreFailure", trouble: "full" });
    await redis.admin.config("SET", "maxmemory", "0");
    await open(redis.url);
    await redis.admin.config("SET", "maxmemory", "1");
    await redis.admin.script("FLUSH");
    const store = await open(redis.url);
    expect(await store.practice(tenant, member)).toBe(null);
    expect(await store.attempts({ tenant, member, limit: 9 })).toEqual([]);
  });

  it("speaks TLS with an authority of its own, and says which of the two sides does not", async () => {
    const redis = await start({ tls });
    const store = await open(redis.url, { caFile: tls.ca });
    await store.setPractice(tenant, member, "q1");
    expect(await saidOf(open(redis.url))).toContain("REHEARSAL_REDIS_CA");
    expect(await saidOf(open(redis.url.replace("rediss:", "redis:")))).toContain("rediss://");
    const plain = await start();
    expect(await saidOf(open(plain.url.replace("redis:", "rediss:"), { connectTimeoutMs: 1_500 }))).toContain(
      "has no TLS",
    );
  });
});
