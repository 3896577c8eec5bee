import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { channelIdSchema, memberIdSchema, roundIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { rebuildFromJournal } from "#src/store/redis/rebuild";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, date, resultOf, roundOn } from "#test/contracts/store-samples";
import { scheduleOf } from "#test/contracts/store-schedule";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { silent } from "#test/store/redis-database";
import { newFolder } from "#test/store/sqlite-folder";

const tenants = ["guild-1", "a}{:|b", "\ud83d"].map((t) => tenantIdSchema.parse(t));
const members = ["mei", "{}|:\0 %", "\udc00\ud800"].map((t) => memberIdSchema.parse(t));
const channels = ["c", "c|{}:"].map((t) => channelIdSchema.parse(t));
const subs = ["1", "1|", "%007c|{}", "\ud800", "5", "6"].map((t) => submissionIdSchema.parse(t));
const pick = <T>(list: readonly T[]) => fc.constantFrom(...list);
const day = fc.integer({ min: 1, max: 5 });
const base = { t: pick(tenants), m: pick(members), c: pick(channels), d: day, s: pick(subs) };
const rid = (c: string, d: number) => roundOn(d, { channel: channelIdSchema.parse(c) }).id;
const op = fc.oneof(
  fc.record({ k: fc.constant("open" as const), ...base, shift: fc.integer({ min: -3, max: 30 }) }),
  fc.record({ k: fc.constant("close" as const), ...base, at: fc.integer({ min: -1, max: 30 }) }),
  fc.record({ k: fc.constant("answer" as const), ...base, text: pick(["x", "\ud800", "y".repeat(50)]), score: pick([null, 0, 50, 100]), credit: fc.boolean(), practice: fc.boolean(), at: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ k: fc.constant("answer" as const), ...base, text: fc.constant("x"), score: pick([null, 0, 50, 100]), credit: fc.boolean(), practice: fc.boolean(), at: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ k: fc.constant("revise" as const), ...base, score: pick([0, 50, 100]), to: pick([0, 40, 70]), credit: fc.boolean(), practice: fc.boolean() }),
  fc.record({ k: fc.constant("credit" as const), ...base, kind: pick(["pass", "madeup"] as const), at: pick([null, 3, 4]) }),
  fc.record({ k: fc.constant("hint" as const), ...base, n: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ k: fc.constant("offer" as const), ...base, named: fc.boolean(), gone: fc.boolean() }),
  fc.record({ k: fc.constant("named" as const), ...base, on: fc.boolean() }),
  fc.record({ k: fc.constant("practice" as const), ...base, q: pick([null, "q1", "q|2"]) }),
  fc.record({ k: fc.constant("pause" as const), ...base, to: pick([null, 6, 7]), at: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ k: fc.constant("excuse" as const), ...base, at: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ k: fc.constant("post" as const), ...base, what: pick(["claim", "finish", "skip", "reveal", "finishReveal"] as const), token: pick(["a", "b"]), now: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ k: fc.constant("schedule" as const), ...base, rev: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ k: fc.constant("install" as const), ...base, text: pick([null, "one", "two"]) }),
);
type Op = typeof op extends fc.Arbitrary<infer T> ? T : never;

const run = async (s: Store, o: Op): Promise<unknown> => {
  const r = rid(o.c, o.d);
  const key = { tenant: o.t, channel: o.c, date: date(`2026-06-0${o.d}`) };
  switch (o.k) {
    case "open": {
      const x = roundOn(o.d, { tenant: o.t, channel: o.c });
      return s.openRound({ ...x, opensAt: x.opensAt + o.shift * 3_600_000, closesAt: x.closesAt + o.shift * 3_600_000 });
    }
    case "close": return s.closeRound(o.t, r, roundOn(o.d).opensAt + o.at * 3_600_000);
    case "answer": {
      if (!o.practice && (await s.round(o.t, r)) === null) return "no round";
      const res = await s.recordAttempt(attemptAs("x", { tenant: o.t, submission: o.s, member: o.m, round: o.practice ? null : r, text: o.text, result: o.score === null ? null : resultOf(o.score), credit: o.credit && o.score !== null ? date(`2026-06-0${o.d}`) : null, sentAt: roundOn(o.d).opensAt + o.at * 1000 })).catch((e) => e.name);
      return res;
    }
    case "revise": return s.reviseResult({ tenant: o.t, member: o.m, round: o.practice ? null : r, submission: o.s, judged: resultOf(o.score), result: resultOf(o.to), credit: o.credit ? date(`2026-06-0${o.d}`) : null });
    case "credit": return s.credit(o.t, o.m, { date: date(`2026-06-0${o.d}`), kind: o.kind, ...(o.at === null ? {} : { at: o.at }) });
    case "hint": return s.takeHint(o.t, o.m, o.c, o.n, o.s);
    case "offer": if ((await s.round(o.t, r)) === null) return 0; if (!(await s.attempts({ tenant: o.t, member: o.m, round: r, limit: 9 })).some((a) => a.submission === o.s)) return 0; return o.gone ? s.withdrawOffer(o.t, r, o.m) : s.offerAnswer({ tenant: o.t, round: r, member: o.m, submission: o.s, named: o.named });
    case "named": return s.setNamed(o.t, o.m, o.on);
    case "practice": return s.setPractice(o.t, o.m, o.q);
    case "pause": return s.keepChoice(o.t, o.m, { kind: "pause", from: date(`2026-07-0${o.d}`), to: o.to === null ? null : date(`2026-07-0${o.to}`), at: o.at });
    case "excuse": return s.excuse(o.t, o.c, { date: date(`2026-06-0${o.d}`), by: o.m, at: o.at });
    case "post": {
      const lease = { token: o.token, now: o.now, leaseMs: 3 };
      if (o.what === "claim") return s.claimPost(key, 1, lease);
      if (o.what === "finish") return s.finishPost(key, o.token, { kind: "sent", messageId: "m", at: o.now });
      if (o.what === "skip") return s.skipPost(key, 1, "failed", o.now);
      if (o.what === "reveal") return s.claimReveal(key, lease);
      return s.finishReveal(key, o.token, { kind: "skipped", reason: "not-wanted", at: o.now });
    }
    case "schedule": return s.saveSchedule({ ...scheduleOf(), tenant: o.t, channel: o.c, revision: o.rev }, 1_000);
    case "install": return o.text === null ? s.dropInstallation(o.t) : s.keepInstallation(o.t, o.text);
  }
};
const sorted = (list: readonly unknown[]) => list.map((x) => JSON.stringify(x, (_, v) => v !== null && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1))) : v)).toSorted();
const look = async (s: Store): Promise<unknown> => {
  const seen: unknown[] = [];
  for (const t of tenants) {
    for (const c of channels) {
      seen.push(await s.rounds(t, c, 99), (await s.participation(t, c, 99)).map((p) => ({ ...p, members: sorted(p.members) })), await s.excusals(t, c), await s.postRecords(t, c, 99), await s.unsettledPosts(t, c));
      for (const d of [1, 2, 3, 4, 5]) seen.push(sorted(await s.attemptsOfRound(t, rid(c, d))), sorted(await s.offers(t, rid(c, d))));
    }
    for (const m of members) seen.push(sorted(await s.attempts({ tenant: t, member: m, limit: 999 })), await s.ledger(t, m), await s.answeredDates(t, m), await s.homeChannel(t, m), await s.practice(t, m), sorted(await s.choices(t, m)));
    seen.push(sorted(await s.named(t)), sorted(await s.schedules(t)), await s.installation(t));
  }
  return seen;
};
let redis: RunningRedis;
beforeAll(async () => { redis = await startRedis(); });
afterAll(() => redis.stop());
const openOnly = async () => openRedisStore({ url: redis.url, log: silent });
it("same as sqlite, and after rebuild", async () => {
  await fc.assert(fc.asyncProperty(fc.array(op, { minLength: 20, maxLength: 120, size: "max" }), async (ops) => {
    await redis.admin.flushall();
    const folder = newFolder();
    const lite = await openSqliteStore({ file: `${folder.path}/x.db` });
    const red = await openOnly();
    try {
      for (const [i, o] of ops.entries()) {
        const a = await run(lite, o), b = await run(red, o);
        expect([i, o, b]).toEqual([i, o, a]);
      }
      const a = await look(lite), b = await look(red);
      expect(b).toEqual(a);
      const keys = async () => { const ks = (await redis.admin.keys("*")).filter((k) => !/:j$|:a:|^rehearsal$|:d$/.test(k)).toSorted(); return Promise.all(ks.map(async (k) => [k, Buffer.from(await redis.admin.dump(k) ?? "").length])); };
      const kb = (await keys()).map(([k]) => k);
      await rebuildFromJournal({ url: redis.url, log: silent });
      expect(await look(red)).toEqual(a);
      expect((await keys()).map(([k]) => k)).toEqual(kb);
    } finally { await lite.close(); await red.close(); folder.remove(); }
  }), { interruptAfterTimeLimit: 200_000, numRuns: Number(process.env.RUNS ?? 40) });
}, 400_000);
