import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { periodsOf } from "#core/board/period";
import { channelIdSchema, memberIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { rebuildFromJournal } from "#src/store/redis/rebuild";
import { openRedisStore } from "#src/store/redis/store";
import { attemptAs, channel, date, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { fill, seenIn } from "#test/store/everything";
import { silent } from "#test/store/redis-database";

describe("The journal in Redis", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(() => redis.admin.flushall());

  const use = async <Result>(work: (store: Store) => Promise<Result>): Promise<Result> => {
    const store = await openRedisStore({ url: redis.url, log: silent });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

  it("is enough to work everything out again after all else is gone", async () => {
    await use(fill);
    const before = await use(seenIn);
    const keys = (await redis.admin.keys("*")).filter((key) => !/:j$|:a:|:A$|^rehearsal$/.test(key));
    expect(keys.length).toBeGreaterThan(15);
    await redis.admin.del(...keys);
    const { entries } = await rebuildFromJournal({ url: redis.url, log: silent });
    expect(entries).toBeGreaterThan(15);
    const channels = (await use((store) => store.schedulesToWake(0, 9))).map(
      ({ schedule }) => schedule.channel,
    );
    expect(channels).toEqual([channel]);
    await use(async (store) => {
      for (const schedule of await store.schedules(tenant)) await store.wakeSchedule(schedule, 1_234);
    });
    expect(await use(seenIn)).toEqual(before);
    expect(
      (await redis.admin.keys("*")).filter((key) => !/:j$|:a:|:A$|^rehearsal$/.test(key)).toSorted(),
    ).toEqual(keys.toSorted());
  });

  it("changes nothing when everything is worked out again although nothing is missing, however often", async () => {
    await use(fill);
    const once = await use(seenIn);
    for (const _ of [1, 2]) {
      await rebuildFromJournal({ url: redis.url, log: silent });
      await use(async (store) => {
        for (const schedule of await store.schedules(tenant)) await store.wakeSchedule(schedule, 1_234);
      });
      expect(await use(seenIn)).toEqual(once);
    }
  });

  it("has an answer once, whatever was found in it later, and its days stay credited", async () => {
    await use(async (store) => {
      await store.openRound(roundOn(1));
      await store.recordAttempt(attemptAs("s1", { result: null, credit: null }));
      await store.recordAttempt(attemptAs("s1"));
      const round = roundOn(1).id;
      const { member, submission } = attemptAs("s1");
      await store.reviseResult({
        tenant,
        member,
        round,
        submission,
        judged: resultOf(53),
        result: resultOf(0),
        credit: null,
      });
      await rebuildFromJournal({ url: redis.url, log: silent });
      expect(await store.ledger(tenant, member)).toEqual([{ date: date("2026-06-01"), kind: "pass" }]);
      expect((await store.attempts({ tenant, member, limit: 9 })).map(({ result }) => result?.score)).toEqual(
        [0],
      );
    });
    expect(await redis.admin.xlen("{t:guild-1}:j")).toBe(2);
  });

  it("keeps no token that was replaced or revoked", async () => {
    await use(async (store) => {
      await store.keepInstallation(tenant, "first secret");
      await store.keepInstallation(tenant, "second secret");
    });
    const entries = JSON.stringify(await redis.admin.xrange("{t:guild-1}:j", "-", "+"));
    expect([entries.includes("first"), entries.includes("second")]).toEqual([false, true]);
    await use((store) => store.dropInstallation(tenant));
    expect(await redis.admin.xlen("{t:guild-1}:j")).toBe(0);
  });
});

describe("The journal of a shard in Redis", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it("has each dossier once, as it stands, and nothing of one that was dropped", async () => {
    const store = await openRedisStore({ url: redis.url, log: silent });
    const draft = { tenant, kind: "draft", id: "d", wakeAt: null } as const;
    for (const revision of [1, 2, 3])
      await store.keepDossier({ ...draft, revision, text: `text ${revision}` });
    const [journal = ""] = await redis.admin.keys("{s:*}:j");
    const texts = async () => JSON.stringify(await redis.admin.xrange(journal, "-", "+")).match(/text \d/g);
    expect(await texts()).toEqual(["text 3"]);
    await store.dropDossier(tenant, "draft", "d");
    expect(await texts()).toBeNull();
    await store.close();
  });
});

describe("Old rounds in Redis", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it("are packed, and still give and take the same answers", async () => {
    const store = await openRedisStore({ url: redis.url, log: silent });
    const of = channelIdSchema.parse("old");
    const HOUR_MS = 3_600_000;
    const rounds = Array.from({ length: 64 }, (_, at) => {
      const on = new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
      const opensAt = Date.parse(`${on}T09:00:00Z`);
      return roundOn(1, {
        channel: of,
        date: date(on),
        id: roundOn(1, { channel: of }).id,
        opensAt,
        closesAt: opensAt + 24 * HOUR_MS,
      });
    }).map((round) => ({ ...round, id: roundOn(1).id.replace("2026-06-01", round.date) as typeof round.id }));
    const [first] = rounds;
    if (first === undefined) throw new Error("no round");
    const inFirst = { round: first.id, credit: first.date };
    await store.openRound(first);
    await store.recordAttempt(attemptAs("s1", inFirst));
    await store.recordAttempt(attemptAs("s2", { ...inFirst, as: "bo", result: resultOf(80) }));
    const [week, month] = periodsOf(first.date);
    const boards = () =>
      Promise.all(
        [week, month].map((period) =>
          store.board({ tenant, period: period ?? expect.fail(), member: attemptAs("s1").member, limit: 9 }),
        ),
      );
    await store.setShown(tenant, memberIdSchema.parse("hidden"), false);
    await store.recordAttempt(attemptAs("s9", { ...inFirst, as: "hidden", result: resultOf(99) }));
    const boardsBefore = await boards();
    expect(boardsBefore.map(({ rows }) => rows.length)).toEqual([2, 2]);
    const before = [await store.attemptsOfRound(tenant, first.id), await store.participation(tenant, of, 99)];
    for (const round of rounds) await store.openRound(round);
    expect(await redis.admin.zcard(`{t:guild-1}:b:${month}`)).toBe(1);
    expect(await boards()).toEqual(boardsBefore);
    expect(await redis.admin.exists(`{t:guild-1}:l:${first.id}`)).toBe(0);
    expect(await redis.admin.strlen(`{t:guild-1}:p:${first.id}`)).toBe(7);
    const after = await store.participation(tenant, of, 99);
    expect([await store.attemptsOfRound(tenant, first.id), after.slice(-1)]).toEqual(before);
    // A delivery that comes two months late is still known.
    expect(await store.recordAttempt(attemptAs("s1", inFirst))).toMatchObject({ fresh: false, count: 1 });
    expect(await store.recordAttempt(attemptAs("s3", inFirst))).toMatchObject({ fresh: true, count: 2 });
    const { member, submission } = attemptAs("s3");
    await store.reviseResult({
      tenant,
      member,
      round: first.id,
      submission,
      judged: resultOf(53),
      result: resultOf(90),
      credit: null,
    });
    const last = (await store.participation(tenant, of, 99)).at(-1);
    expect(last?.members.map(({ best }) => best).toSorted()).toEqual([80, 90, 99]);
    // The revised answer is better than the one that counted until then.
    const [, monthly] = await boards();
    expect(monthly?.rows).toEqual([
      { member, points: 90 },
      { member: "bo", points: 80 },
    ]);
    const keys = (await redis.admin.keys("*")).toSorted();
    await rebuildFromJournal({ url: redis.url, log: silent });
    expect((await redis.admin.keys("*")).toSorted()).toEqual(keys);
    expect((await boards())[1]).toEqual(monthly);
    await store.close();
  });
});

describe("A Redis that an older release wrote to", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it("has what was answered then on its boards from the first start on, also where it is played again", async () => {
    const open = () => openRedisStore({ url: redis.url, log: silent });
    const before = await open();
    await before.openRound(roundOn(1));
    for (const as of ["mei", "bo", "li"]) await before.recordAttempt(attemptAs(as, { as }));
    await before.recordAttempt(attemptAs("p", { round: null, credit: null }));
    await before.close();
    // What it was like: no boards, and two arguments less in each answer's entry.
    const journal = "{t:guild-1}:j";
    for (const [id, fields] of await redis.admin.xrange(journal, "-", "+")) {
      if (fields[1] !== "answer") continue;
      await redis.admin.xdel(journal, id);
      await redis.admin.xadd(journal, "0-*", ...fields.slice(0, 24));
    }
    // And two rows of a month where there is one now.
    await redis.admin.hset("{t:guild-1}:m:bo", { "A2026-05": "..a", "L2026-05": ".00", "D2026-05-09": "7" });
    await redis.admin.hset("{t:guild-1}:m:bo", { "L2026-06": "3" });
    const bo = memberIdSchema.parse("bo");
    const boards = await redis.admin.keys("{t:guild-1}:b:*");
    expect(boards).toHaveLength(3);
    await redis.admin.del(...boards);
    for (const key of await redis.admin.keys("{t:guild-1}:m:*")) await redis.admin.hdel(key, "B2026-06");
    await redis.admin.hdel("rehearsal", "boards");
    const store = await open();
    await store.credit(tenant, bo, { date: date("2026-05-09"), kind: "madeup", at: 7 });
    expect(await store.ledger(tenant, bo)).toEqual([
      { date: "2026-05-02", kind: "pass" },
      { date: "2026-05-03", kind: "pass" },
      { date: "2026-05-09", kind: "madeup", at: 7 },
      { date: "2026-06-01", kind: "pass" },
    ]);
    expect((await store.answeredDates(tenant, bo)).map((day) => day.date)).toEqual([
      "2026-05-03",
      "2026-06-01",
    ]);
    expect(await redis.admin.hmget("{t:guild-1}:m:bo", "S2026-05", "A2026-05", "L2026-05")).toEqual([
      ".0p.....3",
      null,
      null,
    ]);
    await store.close();
    for (const play of [false, true]) {
      if (play) await rebuildFromJournal({ url: redis.url, log: silent });
      const after = await open();
      for (const period of periodsOf(date("2026-06-01"))) {
        const { rows } = await after.board({ tenant, period, member: attemptAs("s").member, limit: 9 });
        expect(rows.map(({ points }) => points)).toEqual([53, 53, 53]);
      }
      await after.close();
    }
  });
});
