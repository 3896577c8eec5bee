import { describe, expect, it } from "vitest";
import { memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Revision } from "#core/round/recording";
import type { OpenedStore } from "./store.ts";
import { attemptAs, date, member, resultOf, roundOn, tenant } from "./store-samples.ts";

const all = { tenant, member, limit: 100 };
const second = {
  ...resultOf(80),
  grader: { id: "local+judge", version: "1+m", rubricHash: "abc", promptVersion: "3" },
};

/** A second result for the answer `s1`, which was first recorded with 53. */
const revision = (changes: Partial<Revision> = {}): Revision => ({
  tenant,
  member,
  round: roundOn(1).id,
  submission: submissionIdSchema.parse("s1"),
  judged: resultOf(53),
  result: second,
  credit: null,
  ...changes,
});

/** The part of the store's contract about results that a second reading replaces. */
export const resultsAreRevised = (open: () => Promise<OpenedStore>): void => {
  describe("second results", () => {
    it("take the place of the judged one and leave all else as it was", async () => {
      const { store, reopen } = await open();
      await store.recordAttempt(attemptAs("s1", { credit: null }));
      await store.recordAttempt(attemptAs("s2", { credit: null }));
      const [, first] = await store.attempts(all);
      const revised = await store.reviseResult(revision());
      expect(revised).toEqual({ outcome: "revised", attempt: { ...first, result: second } });
      const kept = await (await reopen()).attempts(all);
      expect(kept.map(({ submission, result }) => [submission, result?.score])).toEqual([
        ["s2", 53],
        ["s1", 80],
      ]);
      expect(kept[1]?.result?.grader.promptVersion).toBe("3");
    });

    it("credit the day where they earn it, with the same step", async () => {
      const { store } = await open();
      const round = await store.openRound(roundOn(1));
      await store.recordAttempt(attemptAs("s1", { credit: null }));
      await store.reviseResult(revision());
      expect(await store.ledger(tenant, member)).toEqual([]);
      await store.reviseResult(revision({ credit: round.date }));
      expect(await store.ledger(tenant, member)).toEqual([{ date: round.date, kind: "pass" }]);
    });

    it("never take a day away", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("s1"));
      await store.reviseResult(revision({ result: resultOf(0), credit: null }));
      expect(await store.ledger(tenant, member)).toEqual([{ date: date("2026-06-01"), kind: "pass" }]);
    });

    it("change nothing the second time, and say the same", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("s1", { credit: null }));
      const given = revision({ credit: date("2026-06-01") });
      const outcomes = await Promise.all([1, 2, 3].map(() => store.reviseResult(given)));
      expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
      expect(await store.ledger(tenant, member)).toHaveLength(1);
    });

    it("come to nothing where another result was kept meanwhile, and none was judged", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("s1", { credit: null }));
      const credit = date("2026-06-01");
      const stale = revision({ judged: resultOf(12), credit });
      expect(await store.reviseResult(stale)).toMatchObject({
        outcome: "superseded",
        attempt: { result: { score: 53 } },
      });
      await store.recordAttempt(attemptAs("s2", { result: null, credit: null }));
      const early = revision({ submission: submissionIdSchema.parse("s2"), credit });
      expect(await store.reviseResult(early)).toMatchObject({
        outcome: "superseded",
        attempt: { result: null },
      });
      expect(await store.ledger(tenant, member)).toEqual([]);
    });

    it("are told from others by what they say, in whatever order it is written", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("s1"));
      const { score, points, flags, grader } = resultOf(53);
      const judged = { grader, flags, points, score };
      expect(await store.reviseResult(revision({ judged }))).toMatchObject({ outcome: "revised" });
    });

    it("are for one answer of one member, round and tenant", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("s1"));
      for (const others of [
        { tenant: tenantIdSchema.parse("guild-2") },
        { member: memberIdSchema.parse("jun") },
        { round: null },
        { round: roundOn(2).id },
        { submission: submissionIdSchema.parse("s2") },
      ])
        expect(await store.reviseResult(revision(others))).toEqual({ outcome: "unknown" });
      expect((await store.attempts(all)).map(({ result }) => result?.score)).toEqual([53]);
    });

    it("may be for practice", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("s1", { round: null, credit: null }));
      expect(await store.reviseResult(revision({ round: null }))).toMatchObject({ outcome: "revised" });
    });
  });
};
