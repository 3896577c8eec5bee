import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelIdSchema, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import type { PostKey } from "#core/schedule/post-record";
import { defaultSettings, type Schedule } from "#core/schedule/schedule";
import type { OpenedStore } from "./store.ts";
import { channel, date, hostileName, tenant } from "./store-samples.ts";

export const scheduleOf = (changes: Partial<Schedule> = {}): Schedule => ({
  ...defaultSettings,
  zone: zoneSchema.parse("Asia/Shanghai"),
  tenant,
  channel,
  enabled: true,
  revision: 1,
  changedAt: 1_000,
  firstDate: date("2026-06-01"),
  decidedBy: "admin",
  ...changes,
});

const key: PostKey = { tenant, channel, date: date("2026-06-01") };
const other = channelIdSchema.parse("other");
const DUE = 5_000;
const MINUTE_MS = 60_000;
const lease = (token: string, now: number) => ({ token, now, leaseMs: MINUTE_MS });
const sent = (messageId: string, at = DUE) => ({ kind: "sent", messageId, at }) as const;

const channelsToWake = async (store: Store, now: number): Promise<readonly (readonly [string, number])[]> =>
  (await store.schedulesToWake(now, 9)).map(({ schedule, wakeAt }) => [schedule.channel, wakeAt] as const);

/** The part of the store's contract about schedules. */
const schedulesAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("schedules", () => {
    it("keeps a channel's schedule, also over a restart, and knows none where none was made", async () => {
      const { store, reopen } = await open();
      expect(await store.schedule(tenant, channel)).toBeNull();
      expect(await store.saveSchedule(scheduleOf(), 10)).toEqual(scheduleOf());
      expect(await store.schedule(tenant, channel)).toEqual(scheduleOf());
      expect(await store.schedule(tenant, other)).toBeNull();
      expect(await (await reopen()).schedule(tenant, channel)).toEqual(scheduleOf());
    });

    it("names all channels of a tenant, and none of another", async () => {
      const { store } = await open();
      await store.saveSchedule(scheduleOf(), 10);
      await store.saveSchedule(scheduleOf({ channel: other, enabled: false }), 10);
      await store.saveSchedule(scheduleOf({ tenant: tenantIdSchema.parse("b") }), 10);
      const channels = (await store.schedules(tenant)).map((one) => one.channel);
      expect(channels.toSorted()).toEqual([channel, other].toSorted());
      expect(await store.schedules(tenantIdSchema.parse("nobody"))).toEqual([]);
    });

    it("lets the later revision stand, whichever comes first, and one of two at once", async () => {
      const { store } = await open();
      const newer = scheduleOf({ revision: 3, reveal: false });
      await store.saveSchedule(newer, 10);
      expect(await store.saveSchedule(scheduleOf({ revision: 2 }), 5)).toEqual(newer);
      expect(await store.saveSchedule(scheduleOf({ revision: 3 }), 5)).toEqual(newer);
      expect(await channelsToWake(store, 99)).toEqual([[channel, 10]]);
    });

    it("names the channels whose time has come, the longest overdue first, no more than asked for", async () => {
      const { store } = await open();
      await store.saveSchedule(scheduleOf(), 30);
      await store.saveSchedule(scheduleOf({ channel: other, tenant: tenantIdSchema.parse("b") }), 20);
      expect(await channelsToWake(store, 19)).toEqual([]);
      expect(await channelsToWake(store, 20)).toEqual([[other, 20]]);
      expect(await channelsToWake(store, 30)).toEqual([
        [other, 20],
        [channel, 30],
      ]);
      expect(await store.schedulesToWake(30, 1)).toHaveLength(1);
    });

    it("gives each to one of many that ask at once, and again where nothing was heard of it", async () => {
      const { store } = await open();
      const names = Array.from({ length: 40 }, (_, at) => channelIdSchema.parse(`channel-${at}`));
      for (const name of names) await store.saveSchedule(scheduleOf({ channel: name }), 10);
      await store.saveSchedule(scheduleOf({ channel: other }), 999);
      const taken = await Promise.all([1, 2, 3, 4].map(() => store.takeSchedules(20, 60, 15)));
      expect(Math.max(...taken.map(({ length }) => length))).toBeLessThanOrEqual(15);
      expect(taken.flat().every(({ wakeAt }) => wakeAt === 10)).toBe(true);
      const channels = taken.flat().map(({ schedule }) => schedule.channel);
      expect(channels.toSorted()).toEqual(names.toSorted());
      expect(await store.takeSchedules(79, 60, 99)).toEqual([]);
      await store.wakeSchedule(scheduleOf({ channel: names[0] ?? other }), 500);
      expect(await store.takeSchedules(80, 60, 99)).toHaveLength(39);
    });

    it("does not let an old plan overwrite the time at which a changed schedule is due", async () => {
      const { store } = await open();
      const old = scheduleOf();
      await store.saveSchedule(old, 10);
      await store.wakeSchedule(old, 500);
      expect(await channelsToWake(store, 499)).toEqual([]);
      await store.saveSchedule(scheduleOf({ revision: 2 }), 20);
      await store.wakeSchedule(old, 900);
      expect(await channelsToWake(store, 20)).toEqual([[channel, 20]]);
    });

    it("wakes every channel by a given time, and none later than planned", async () => {
      const { store } = await open();
      await store.saveSchedule(scheduleOf(), 10);
      await store.saveSchedule(scheduleOf({ channel: other }), 9_000);
      await store.wakeAllSchedules(70);
      expect(await channelsToWake(store, 70)).toEqual([
        [channel, 10],
        [other, 70],
      ]);
    });
  });
};

/** The part of the store's contract about what all processes together may do so often. */
const turnsAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("turns", () => {
    it("come one after the other, evenly spaced, and none is taken by whoever will not wait", async () => {
      const { store } = await open();
      const waits = await Promise.all([1, 2, 3].map(() => store.takeTurn("posts", 0.001, 3e6)));
      const [first, second, third] = waits.map((wait) => wait ?? Number.NaN).sort((one, two) => one - two);
      expect(first).toBe(0);
      // As much of the real time passed in between as the three took.
      expect((second ?? 0) / 1e6).toBeCloseTo(1, 1);
      expect((third ?? 0) / 1e6).toBeCloseTo(2, 1);
      expect(await store.takeTurn("posts", 0.001, 1_000)).toBeNull();
      expect((await store.takeTurn("posts", 0.001, 9e6)) ?? 0).toBeLessThanOrEqual(3e6);
    });

    it("of one name take none from another", async () => {
      const { store } = await open();
      expect(await store.takeTurn("a", 0.001, 0)).toBe(0);
      expect(await store.takeTurn("a", 0.001, 0)).toBeNull();
      expect(await store.takeTurn("{a}", 0.001, 0)).toBe(0);
    });
  });
};

/** The part of the store's contract about post records. */
const postsAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("post records", () => {
    it("give the right to post to one of many that ask at once", async () => {
      const { store } = await open();
      const claims = await Promise.all(
        ["a", "b", "c"].map((token) => store.claimPost(key, DUE, lease(token, DUE))),
      );
      expect(claims.map(({ outcome }) => outcome).sort()).toEqual(["claimed", "held", "held"]);
    });

    it("give the same holder the same right again when its question is repeated", async () => {
      const { store } = await open();
      const first = await store.claimPost(key, DUE, lease("a", DUE));
      expect(await store.claimPost(key, DUE, lease("a", DUE + 5))).toEqual(first);
    });

    it("give the right to the next one when the lease ends, which then knows of the earlier try", async () => {
      const { store, reopen } = await open();
      await store.claimPost(key, DUE, lease("a", DUE));
      const again = await reopen();
      const end = DUE + MINUTE_MS;
      expect((await again.claimPost(key, DUE, lease("b", end - 1))).outcome).toBe("held");
      const { outcome, record } = await again.claimPost(key, DUE, lease("b", end));
      expect([outcome, record.post]).toEqual([
        "claimed",
        { kind: "intent", token: "b", attempt: 2, since: DUE, at: end, leaseUntil: end + MINUTE_MS },
      ]);
    });

    it("do not block a date for hours when the clock is put back", async () => {
      const { store } = await open();
      const ahead = DUE + 7_200_000;
      await store.claimPost(key, DUE, lease("a", ahead));
      const { outcome, record } = await store.claimPost(key, DUE, lease("b", DUE));
      expect([outcome, record.post]).toMatchObject(["claimed", { since: DUE }]);
    });

    it("let nobody but the holder of the lease settle a date, and nobody twice", async () => {
      const { store } = await open();
      expect(await store.finishPost(key, "a", sent("m"))).toBeNull();
      await store.claimPost(key, DUE, lease("a", DUE));
      await store.claimPost(key, DUE, lease("b", DUE + MINUTE_MS));
      expect((await store.finishPost(key, "a", sent("late")))?.post.kind).toBe("intent");
      expect((await store.finishPost(key, "b", sent("m")))?.post).toEqual(sent("m"));
      expect((await store.finishPost(key, "b", sent("n")))?.post).toEqual(sent("m"));
      const claim = await store.claimPost(key, DUE, lease("c", DUE + 9 * MINUTE_MS));
      expect([claim.outcome, claim.record.post]).toEqual(["final", sent("m")]);
    });

    it("keep why a date was skipped, the first reason given, and never over a post", async () => {
      const { store } = await open();
      const skipped = {
        ...key,
        dueAt: DUE,
        post: { kind: "skipped", reason: "date-passed", at: 7 },
        reveal: null,
      };
      expect(await store.skipPost(key, DUE, "date-passed", 7)).toEqual(skipped);
      expect(await store.skipPost(key, DUE, "failed", 8)).toEqual(skipped);
      expect((await store.claimPost(key, DUE, lease("a", 9))).outcome).toBe("final");
      const next = { ...key, date: date("2026-06-02") };
      await store.claimPost(next, DUE, lease("a", DUE));
      expect((await store.skipPost(next, DUE, "failed", 8)).post.kind).toBe("intent");
    });

    it("give the right to reveal once the question was posted, to one at a time", async () => {
      const { store } = await open();
      expect(await store.claimReveal(key, lease("r", 9))).toBeNull();
      await store.claimPost(key, DUE, lease("a", DUE));
      expect((await store.claimReveal(key, lease("r", 9)))?.outcome).toBe("final");
      await store.finishPost(key, "a", sent("m"));
      expect((await store.claimReveal(key, lease("r", 9)))?.outcome).toBe("claimed");
      expect((await store.claimReveal(key, lease("s", 9)))?.outcome).toBe("held");
      expect((await store.finishReveal(key, "s", sent("x")))?.reveal?.kind).toBe("intent");
      expect((await store.finishReveal(key, "r", sent("y")))?.reveal).toEqual(sent("y"));
      expect((await store.claimReveal(key, lease("t", 10 * MINUTE_MS)))?.outcome).toBe("final");
    });

    it("list a channel's dates, the newest first, and apart those with something left to do", async () => {
      const { store } = await open();
      const on = (day: number): PostKey => ({ ...key, date: date(`2026-06-0${day}`) });
      await store.skipPost(on(2), DUE, "failed", 1);
      for (const day of [4, 1, 3]) await store.claimPost(on(day), DUE, lease("a", DUE));
      for (const day of [1, 3]) await store.finishPost(on(day), "a", sent("m"));
      await store.claimReveal(on(1), lease("r", 9));
      await store.finishReveal(on(1), "r", { kind: "skipped", reason: "not-wanted", at: 9 });
      await store.skipPost({ ...on(5), channel: other }, DUE, "failed", 1);
      const dates = (records: readonly PostKey[]) => records.map((record) => record.date);
      expect(dates(await store.postRecords(tenant, channel, 3))).toEqual(
        [4, 3, 2].map((day) => on(day).date),
      );
      expect(dates(await store.unsettledPosts(tenant, channel))).toEqual([3, 4].map((day) => on(day).date));
    });

    it("are one a channel and date, whatever the tenants and channels are called", async () => {
      const { store } = await open();
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(hostileName, hostileName, async (one, two) => {
          const mine = { ...key, tenant: tenantIdSchema.parse(one), channel: channelIdSchema.parse(two) };
          const id = JSON.stringify([one, two]);
          fc.pre(!seen.has(id));
          seen.add(id);
          expect(await store.postRecords(mine.tenant, mine.channel, 9)).toEqual([]);
          expect(await store.schedule(mine.tenant, mine.channel)).toBeNull();
          await store.saveSchedule(scheduleOf({ tenant: mine.tenant, channel: mine.channel }), 1);
          await store.claimPost(mine, DUE, lease("a", DUE));
          await store.finishPost(mine, "a", sent(two));
          expect(await store.postRecords(mine.tenant, mine.channel, 9)).toMatchObject([
            { ...mine, post: sent(two) },
          ]);
          expect(await store.schedule(mine.tenant, mine.channel)).toMatchObject({
            tenant: one,
            channel: two,
          });
        }),
        { numRuns: 100 },
      );
    });
  });
};

export const schedulesAndPostsAreKept = (open: () => Promise<OpenedStore>): void => {
  schedulesAreKept(open);
  turnsAreKept(open);
  postsAreKept(open);
};
