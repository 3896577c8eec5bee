import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BoardPage, BoardRow } from "#core/board/boards";
import { type BoardPeriod, periodsOf } from "#core/board/period";
import {
  channelIdSchema,
  type MemberId,
  memberIdSchema,
  submissionIdSchema,
  tenantIdSchema,
} from "#core/ids";
import type { Store } from "#core/ports";
import { type BoardFact, slowBoard } from "#test/core/board/slow-board";
import type { OpenedStore } from "./store.ts";
import { attemptAs, date, member, resultOf, roundOn, tenant } from "./store-samples.ts";

const other = channelIdSchema.parse("other");
const names = ["mei", "名字|:{}", "bo"].map((name) => memberIdSchema.parse(name));
/** Two weeks of one month, in two channels. */
const rounds = [1, 2, 9].flatMap((day) => [roundOn(day), roundOn(day, { channel: other })]);
const june: BoardPeriod = periodsOf(date("2026-06-01"))[1] ?? expect.fail();
const periods = [...new Set(rounds.flatMap((round) => periodsOf(round.date)))];

const inOneOrder = (rows: readonly BoardRow[]): BoardRow[] =>
  rows.toSorted((one, another) => another.points - one.points || (one.member < another.member ? -1 : 1));

const seen = async (store: Store, period: BoardPeriod, of: MemberId = member): Promise<BoardPage> => {
  const page = await store.board({ tenant, period, member: of, limit: 100 });
  // Equal points may stand in any order, but in the same at every read.
  expect(await store.board({ tenant, period, member: of, limit: 100 })).toEqual(page);
  return { ...page, rows: inOneOrder(page.rows) };
};

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant("sends" as const) },
  { weight: 2, arbitrary: fc.constant("is read again" as const) },
  fc.constant("hides" as const),
  fc.constant("shows" as const),
);
const event = fc.record({
  step,
  who: fc.constantFrom(...names),
  round: fc.constantFrom(...rounds),
  submission: fc.constantFrom(...["1", "2", "3"].map((text) => submissionIdSchema.parse(text))),
  score: fc.option(fc.constantFrom(0, 20, 60, 100)),
  isCredited: fc.boolean(),
  isUpheld: fc.boolean(),
  hintCost: fc.constantFrom(0, 0, 10, 30, null),
});
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

/** Does something to a store and notes in the facts what a board must make of it. */
const happen = async (
  store: Store,
  { step: what, who, round, submission, score, isCredited, isUpheld, hintCost }: Event,
  facts: Map<string, BoardFact>,
  hidden: Set<MemberId>,
): Promise<void> => {
  if (what === "hides") {
    hidden.add(who);
    return store.setShown(tenant, who, false);
  }
  if (what === "shows") {
    hidden.delete(who);
    return store.setShown(tenant, who, true);
  }
  const key = JSON.stringify([who, round.id, submission]);
  const known = facts.get(key);
  const of = { tenant, member: who, round: round.id, submission };
  const credit = isCredited && score !== null ? round.date : null;
  if (what === "sends") {
    const result = score === null ? null : resultOf(score);
    await store.recordAttempt(
      attemptAs(submission, { ...of, result, credit, hintCost, sentAt: round.opensAt }),
    );
    const earned = credit !== null;
    if (known === undefined)
      facts.set(key, { member: who, round: round.id, submission, date: round.date, score, earned, hintCost });
    else if (known.score === null && score !== null) facts.set(key, { ...known, score, earned });
    return;
  }
  if (known?.score == null || score === null) return;
  const judged = resultOf(known.score);
  await store.reviseResult({ ...of, judged, result: resultOf(score), credit, earned: isUpheld });
  facts.set(key, { ...known, score, earned: known.earned || isUpheld || credit !== null });
};

/** The part of the store's contract about boards. */
export const boardsAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("boards", () => {
    it("are what all answers together make of them, whatever happened, over a restart too", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(event, { maxLength: 40, size: "max" }), async (events) => {
          const { store, reopen, dispose } = await open();
          for (const round of rounds) await store.openRound(round);
          const facts = new Map<string, BoardFact>();
          const hidden = new Set<MemberId>();
          for (const one of events) await happen(store, one, facts, hidden);
          const again = await reopen();
          for (const period of periods)
            for (const of of names) {
              const slow = slowBoard([...facts.values()], hidden, { period, member: of, limit: 100 });
              expect(await seen(again, period, of)).toEqual(slow);
            }
          expect((await again.hiddenAmong(tenant, names)).toSorted()).toEqual([...hidden].toSorted());
          await dispose();
        }),
        { numRuns: 12 },
      );
    });

    it("end the same in whatever order the same answers come, and however often", async () => {
      const sent = rounds.flatMap((round, at) =>
        names.map((of, place) =>
          attemptAs(`${at}`, {
            member: of,
            round: round.id,
            result: resultOf((17 * (at + place)) % 101),
            credit: round.date,
            hintCost: 10 * (at % 3),
            sentAt: round.opensAt + place,
          }),
        ),
      );
      const ends: unknown[] = [];
      for (const order of [sent, sent.toReversed(), [...sent.slice(7), ...sent.slice(0, 9)]]) {
        const { store } = await open();
        for (const round of rounds) await store.openRound(round);
        await Promise.all(order.map((attempt) => store.recordAttempt(attempt)));
        ends.push(await Promise.all(periods.map((period) => seen(store, period))));
      }
      expect(ends[1]).toEqual(ends[0]);
      expect(ends[2]).toEqual(ends[0]);
    });

    it("show no more rows than asked for, and a member's own place although it is none of them", async () => {
      const { store } = await open();
      await store.openRound(roundOn(1));
      for (const [at, of] of ["a", "b", "c", "d"].entries())
        await store.recordAttempt(attemptAs(of, { as: of, result: resultOf(90 - 10 * at) }));
      await store.setShown(tenant, memberIdSchema.parse("b"), false);
      const page = await store.board({ tenant, period: june, member: memberIdSchema.parse("d"), limit: 1 });
      expect(page).toEqual({
        rows: [{ member: "a", points: 90 }],
        members: 3,
        own: { points: 60, above: 2, next: 70 },
        shown: true,
      });
      const own = await store.board({ tenant, period: june, member: memberIdSchema.parse("b"), limit: 9 });
      expect(own).toMatchObject({ own: { points: 80, above: 1, next: 90 }, shown: false, members: 3 });
    });

    it("are a tenant's own, with who is hidden there and the hints taken", async () => {
      const { store } = await open();
      const elsewhere = tenantIdSchema.parse("guild-2");
      await store.openRound(roundOn(1));
      await store.recordAttempt(attemptAs("s1"));
      await store.setShown(tenant, member, false);
      await store.takeHint(tenant, member, "q", 2, submissionIdSchema.parse("h1"));
      const nothing = { rows: [], members: 0, own: null, shown: true };
      expect(await store.board({ tenant: elsewhere, period: june, member, limit: 9 })).toEqual(nothing);
      expect(await store.hiddenAmong(elsewhere, [member])).toEqual([]);
      expect(await store.hiddenAmong(tenant, [])).toEqual([]);
      expect(await store.hintsTaken(elsewhere, member, ["q"])).toBe(0);
    });

    it("know how many hints a member took under several names, each once however often it was shown", async () => {
      const { store } = await open();
      const take = (asked: string, submission: string, available = 2) =>
        store.takeHint(tenant, member, asked, available, submissionIdSchema.parse(submission));
      for (const submission of ["h1", "h1", "h2", "h3"]) await take("round", submission);
      for (const submission of ["h4", "h5"]) await take("round/1", submission, 1);
      expect(await store.hintsTaken(tenant, member, ["round", "round/1", "round/2"])).toBe(3);
      expect(await store.hintsTaken(tenant, member, ["round/1"])).toBe(1);
      expect(await store.hintsTaken(tenant, member, [])).toBe(0);
      const all = [...(await store.hintsOf(tenant, member))].sort((one, other) => one.taken - other.taken);
      expect(all).toEqual([
        { of: "round/1", taken: 1 },
        { of: "round", taken: 2 },
      ]);
      expect(await store.hintsOf(tenantIdSchema.parse("guild-2"), member)).toEqual([]);
    });

    it("give nothing for practice", async () => {
      const { store } = await open();
      await store.openRound(roundOn(1));
      await store.recordAttempt(attemptAs("p1", { round: null, credit: null, earned: true }));
      expect(await seen(store, june)).toMatchObject({ rows: [], members: 0, own: null });
      expect((await store.board({ tenant, period: june, member, limit: 9 })).own).toBeNull();
    });
  });
};
