import { afterEach, describe, expect, it, vi } from "vitest";
import { submissionIdSchema } from "#core/ids";
import type { Log, Store } from "#core/ports";
import { StoreFailure } from "#core/store-failure";
import type { RedisOptions } from "#src/store/redis/server";
import { openRedisStore } from "#src/store/redis/store";
import { attemptAs, member, roundOn, tenant } from "#test/contracts/store-samples";
import { scheduleOf } from "#test/contracts/store-schedule";
import { startProxy, type Wire } from "#test/doubles/redis/proxy";
import { type RunningSentinel, startSentinel } from "#test/doubles/redis/sentinel";
import {
  type RunningRedis,
  type RedisOptions as ServerOptions,
  startRedis,
} from "#test/doubles/redis/server";
import { silent } from "#test/store/redis-database";

const all = { tenant, member, limit: 1_000 };
const practice = { round: null, credit: null };
const failure = (trouble: string) => expect.objectContaining({ name: "StoreFailure", trouble });

/** Asks until it works; fails after so long. */
const untilItWorks = async <Result>(ms: number, work: () => Promise<Result>): Promise<Result> => {
  const until = performance.now() + ms;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > until) throw error;
    }
  }
};

describe("Trouble with Redis", () => {
  const running: { stop(): Promise<void> }[] = [];
  const opened: Store[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    for (const one of running.splice(0)) await one.stop();
  });

  const start = async (options: ServerOptions = {}): Promise<RunningRedis> => {
    const redis = await startRedis(options);
    running.push(redis);
    return redis;
  };
  const wireTo = async (redis: RunningRedis): Promise<Wire> => {
    const wire = await startProxy(redis.port);
    running.push(wire);
    return wire;
  };
  const open = async (url: string, options: Partial<RedisOptions> = {}): Promise<Store> => {
    const store = await openRedisStore({ url, log: silent, ...options });
    opened.push(store);
    return store;
  };

  it("that is gone ends in a clear failure soon, and is over by itself with nothing lost", async () => {
    const redis = await start({ appendfsync: "always" });
    const logged: string[] = [];
    const log: Log = { ...silent, warn: (event) => logged.push(event), info: (event) => logged.push(event) };
    const store = await open(redis.url, { log, commandTimeoutMs: 300 });
    for (const id of ["1", "2", "3"]) await store.recordAttempt(attemptAs(id, practice));
    await redis.kill();
    await vi.waitFor(() => expect(logged).toEqual(["Redis is away; trying again"]));
    const asked = performance.now();
    const outcomes = await Promise.allSettled([
      store.recordAttempt(attemptAs("4", practice)),
      store.attempts(all),
      store.schedulesToWake(1, 1),
    ]);
    expect(performance.now() - asked).toBeLessThan(5_000);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: "rejected", reason: failure("unreachable") });
    await redis.restart();
    const attempts = await untilItWorks(10_000, () => store.attempts(all));
    expect(attempts.map(({ submission }) => submission).toSorted()).toEqual(["1", "2", "3"]);
    expect(logged).toEqual(["Redis is away; trying again", "Redis is back"]);
  });

  it("that is another server after its return is looked at again, and the operator warned of what it would lose", async () => {
    const redis = await start();
    const warned: string[] = [];
    const log: Log = { ...silent, warn: (event, facts) => warned.push(`${event} ${facts?.reason ?? ""}`) };
    const store = await open(redis.url, { log, commandTimeoutMs: 1_000 });
    await redis.kill();
    const other = await start({ port: redis.port, rdbOnly: true });
    await untilItWorks(10_000, () => store.practice(tenant, member));
    await vi.waitFor(() => expect(warned.join("\n")).toContain("Set appendonly yes"));
    await other.stop();
  });

  it("lets what is under way finish when the store is closed", async () => {
    const redis = await start();
    const wire = await wireTo(redis);
    const store = await openRedisStore({ url: `redis://127.0.0.1:${wire.port}`, log: silent });
    wire.delay(100);
    const answers = ["1", "2", "3"].map((id) => store.recordAttempt(attemptAs(id, practice)));
    await store.close();
    expect((await Promise.all(answers)).map(({ outcome }) => outcome)).toEqual([
      "recorded",
      "recorded",
      "recorded",
    ]);
  });

  it("whose memory is full refuses answers and goes on with lookups, until there is more", async () => {
    const redis = await start();
    const store = await open(redis.url);
    await store.openRound(roundOn(1));
    await store.recordAttempt(attemptAs("1"));
    await redis.admin.config("SET", "maxmemory", "1");
    await expect(store.recordAttempt(attemptAs("2"))).rejects.toEqual(failure("full"));
    expect(await store.attempts(all)).toHaveLength(1);
    expect(await store.ledger(tenant, member)).toHaveLength(1);
    expect(await store.rounds(tenant, roundOn(1).channel, 9)).toHaveLength(1);
    await redis.admin.config("SET", "maxmemory", "0");
    expect(await store.recordAttempt(attemptAs("2"))).toMatchObject({ fresh: true, count: 2 });
  });

  it("that lost a channel's place among those that are due has it looked at as soon as anybody asks", async () => {
    const redis = await start();
    const store = await open(redis.url);
    await store.saveSchedule(scheduleOf(), 5_000_000);
    const [due = ""] = await redis.admin.keys("{s:*}:d");
    await redis.admin.del(due);
    expect(await store.schedulesToWake(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
    await store.wakeAllSchedules(9_000_000);
    expect(await store.schedulesToWake(0, 9)).toHaveLength(1);
  });

  it("that has become a replica refuses answers as read-only and goes on with lookups", async () => {
    const redis = await start();
    const master = await start();
    const store = await open(redis.url, { commandTimeoutMs: 500 });
    await store.recordAttempt(attemptAs("1", practice));
    await redis.admin.config("SET", "replica-serve-stale-data", "yes");
    await redis.admin.replicaof("127.0.0.1", master.port);
    await expect(store.recordAttempt(attemptAs("2", practice))).rejects.toEqual(failure("read-only"));
    expect(await untilItWorks(3_000, () => store.attempts(all))).toHaveLength(1);
  });

  it("of another program's making is told as damage", async () => {
    const redis = await start();
    const store = await open(redis.url);
    await redis.admin.set("{t:guild-1}:R", "not a hash");
    await expect(store.round(tenant, roundOn(1).id)).rejects.toEqual(failure("damaged"));
    await redis.admin.hset("{t:guild-1}:N", "%zz", "1");
    await redis.admin.set("{t:guild-1}:z", "1 not json");
    await expect(store.installation(tenant)).rejects.toEqual(failure("damaged"));
  });

  it("that loses a reply costs no answer, no second effect, and nobody is told that theirs was there already", async () => {
    const redis = await start();
    const wire = await wireTo(redis);
    const store = await open(`redis://127.0.0.1:${wire.port}`, { commandTimeoutMs: 4_000 });
    await store.openRound(roundOn(1));
    for (const at of [0, 1, 3, 30]) {
      wire.resetMidReply(at);
      expect(await store.recordAttempt(attemptAs(`s${at}`, practice))).toMatchObject({
        outcome: "recorded",
        fresh: true,
      });
    }
    wire.resetMidReply(2);
    expect(await store.takeHint(tenant, member, "q", 5, submissionIdSchema.parse("h1"))).toBe(0);
    expect(await store.attempts(all)).toHaveLength(4);
  });

  it("that answers nothing any more is noticed, and what waits for it is bounded", async () => {
    const redis = await start();
    const store = await open(redis.url, { commandTimeoutMs: 700 });
    await store.recordAttempt(attemptAs("1", practice));
    await redis.kill("SIGSTOP");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10_500 }, () => store.setNamed(tenant, member, true)),
    );
    const troubles = outcomes.map((outcome) =>
      outcome.status === "rejected" && outcome.reason instanceof StoreFailure
        ? outcome.reason.trouble
        : outcome.status,
    );
    const count = (name: string): number => troubles.filter((trouble) => trouble === name).length;
    expect([count("unconfirmed"), count("unreachable")]).toEqual([10_000, 500]);
    await redis.kill("SIGCONT");
    expect(await untilItWorks(40_000, () => store.recordAttempt(attemptAs("1", practice)))).toMatchObject({
      fresh: false,
    });
  });

  it("never shows the password, an answer or the command in what is thrown and logged", async () => {
    const redis = await start({
      settings: { requirepass: "secret-word" },
      admin: { username: "default", password: "secret-word" },
    });
    const logged: unknown[] = [];
    const log: Log = {
      info: (...said) => logged.push(said),
      warn: (...said) => logged.push(said),
      error: (...said) => logged.push(said),
    };
    const store = await open(`redis://:secret-word@127.0.0.1:${redis.port}`, { log, commandTimeoutMs: 300 });
    await redis.admin.config("SET", "maxmemory", "1");
    const full = await store
      .recordAttempt(attemptAs("1", { ...practice, text: "a member's words" }))
      .catch(String);
    await redis.kill();
    const gone = await store
      .recordAttempt(attemptAs("1", { ...practice, text: "a member's words" }))
      .catch((error) => error);
    const said = JSON.stringify(
      [full, gone, gone.cause, logged, String(gone), String(gone.cause)],
      (_, value) => (value instanceof Error ? { ...value, message: value.message } : value),
    );
    expect(said).toContain("127.0.0.1");
    for (const secret of ["secret-word", "member's words", "evalsha"])
      expect(said.toLowerCase()).not.toContain(secret);
  });
});

describe("Trouble with replicated Redis", () => {
  let redis: RunningSentinel | undefined;
  let store: Store | undefined;
  afterEach(async () => {
    await store?.close();
    await redis?.stop();
  });

  it("confirms nothing while no replica has it, and loses no confirmed answer when the master dies", async () => {
    redis = await startSentinel();
    store = await openRedisStore({
      url: redis.url,
      natMap: redis.natMap,
      durability: "replicated",
      log: silent,
      writeDeadlineMs: 15_000,
    });
    const confirmed: string[] = [];
    const record = async (id: string): Promise<void> => {
      await store?.recordAttempt(attemptAs(id, practice));
      confirmed.push(id);
    };
    await Promise.all(Array.from({ length: 50 }, (_, at) => record(`before-${at}`)));
    // Cut off from its replicas the master still takes writes, which nobody is told are recorded.
    redis.proxies[0]?.drop(true);
    const lonely = record("alone");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(confirmed).not.toContain("alone");
    await redis.nodes[0]?.kill();
    await Promise.all([lonely, ...Array.from({ length: 50 }, (_, at) => record(`after-${at}`))]);
    expect(confirmed).toHaveLength(101);
    const kept = (await store.attempts(all)).map(({ submission }) => String(submission));
    expect(kept.toSorted()).toEqual(confirmed.toSorted());
    expect((await redis.master()).port).not.toBe(redis.nodes[0]?.port);
  });
});
