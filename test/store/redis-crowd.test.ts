import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answers, answersIn } from "#src/store/redis/answers";
import { effectsOn } from "#src/store/redis/effects";
import { roundTextsIn } from "#src/store/redis/round-texts";
import { openServer, type RedisServer } from "#src/store/redis/server";
import { openRedisStore } from "#src/store/redis/store";
import { attemptAs, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { silent } from "#test/store/redis-database";

const { id } = roundOn(1);
/** A reader that has not come to an end by then never does. */
const MOST_READS = 100;

describe("A crowd's answers in Redis", () => {
  let redis: RunningRedis;
  let server: RedisServer;
  let answers: Answers;
  beforeAll(async () => {
    redis = await startRedis();
    server = await openServer({ url: redis.url, log: silent });
    answers = answersIn(server, effectsOn(server));
  });
  afterAll(async () => {
    await server.close();
    await redis.stop();
  });
  beforeEach(async () => {
    await redis.admin.flushall();
    for (const as of ["ann", "bo", "cyd"]) await answers.record(attemptAs(`s-${as}`, { as }));
  });

  /** A reader behind each of whose looks at the server something else happens there. */
  const readerAmid = (happen: (look: number) => Promise<unknown>): Answers => {
    let looks = 0;
    const busy: RedisServer = {
      ...server,
      read: async (...asked) => {
        const reply = await server.read(...asked);
        looks += 1;
        if (looks > MOST_READS) throw new Error("reads without end");
        await happen(looks);
        return reply;
      },
    };
    return answersIn(busy, effectsOn(busy));
  };

  it("are read to an end although more come all the time", async () => {
    const reader = readerAmid((look) =>
      answers.record(attemptAs(`late-${look}`, { as: `late-${look}`, sentAt: roundOn(1).opensAt })),
    );
    const read = (await reader.ofRound(tenant, id)).map(({ submission }) => submission);
    expect(read).toEqual(expect.arrayContaining(["s-ann", "s-bo", "s-cyd"]));
  });

  it("are each read once, with their second results, where these take their places meanwhile", async () => {
    const revisedAt: Record<number, string> = { 1: "ann", 2: "bo", 3: "ann" };
    const reader = readerAmid(async (look) => {
      const as = revisedAt[look];
      if (as === undefined) return;
      const { member, submission } = attemptAs(`s-${as}`, { as });
      const [judged] = await answers.ofMember({ tenant, member, limit: 1 });
      const before = judged?.result ?? expect.fail();
      const result = resultOf(before.score + 10);
      await answers.revise({ tenant, member, round: id, submission, judged: before, result, credit: null });
    });
    const read = await reader.ofRound(tenant, id);
    expect(read.map(({ member, result }) => [member, result?.score])).toEqual([
      ["ann", 73],
      ["bo", 63],
      ["cyd", 53],
    ]);
  });

  it("cost one look at each who answered and one at each round, however many rounds each of them answered", async () => {
    const store = await openRedisStore({ url: redis.url, log: silent, durability: "none" });
    const members = ["ann", "bo", "cyd"];
    for (const day of [1, 2, 3, 4]) {
      await store.openRound(roundOn(day));
      for (const as of members)
        await store.recordAttempt(
          attemptAs(`s-${as}-${day}`, { as, round: roundOn(day).id, credit: roundOn(day).date }),
        );
    }
    await redis.admin.config("RESETSTAT");
    const rounds = await store.participation(tenant, roundOn(1).channel, 9);
    expect(rounds.map((one) => one.members.filter(({ passed }) => passed).length)).toEqual([3, 3, 3, 3]);
    const asked = await redis.admin.info("commandstats");
    const calls = (name: string): number => Number(new RegExp(`_${name}:calls=(\\d+)`).exec(asked)?.[1] ?? 0);
    expect({ members: calls("hmget"), rounds: calls("evalsha") }).toEqual({ members: 3, rounds: 5 });
    await store.close();
  });

  it("are read from the beginning again where nobody has answered for a minute, and from where one was until then", async () => {
    let now = 0;
    const asked: string[][] = [];
    const watched: RedisServer = {
      ...server,
      read: (name, keys, args) => {
        if (name === "texts-of-round") asked.push(args.slice(2));
        return server.read(name, keys, args);
      },
    };
    const textsOf = roundTextsIn(watched, () => now);
    const other = roundOn(2).id;
    for (const [at, round] of [
      [0, id],
      [59_000, id],
      [59_000, other],
      [119_001, other],
      [119_002, id],
    ] as const) {
      now = at;
      const texts = await textsOf(tenant, round, 9);
      expect(texts.map(({ member }) => member)).toEqual(round === id ? ["ann", "bo", "cyd"] : []);
    }
    expect(asked.map(([upTo]) => upTo === "")).toEqual([true, false, true, false, true]);
  });
});
