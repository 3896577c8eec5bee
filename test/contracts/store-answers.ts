import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { attemptSchema } from "#core/round/round";
import { ConflictingSubmission } from "#core/store-failure";
import type { StudyDay } from "#core/streak/ledger";
import type { OpenedStore } from "./store.ts";
import { attemptAs, date, member, resultOf, roundOn, tenant } from "./store-samples.ts";

const june = date("2026-06-01");
const all = { tenant, member, limit: 100 };

/** The part of the store's contract about answers, study days, hints and practice. */
export const answersAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("answers", () => {
    it("records an answer once and gives every repeated delivery the first one", async () => {
      const { store } = await open();
      const { credit: _, ...kept } = attemptAs("s1");
      expect(await store.recordAttempt(attemptAs("s1"))).toEqual({
        outcome: "recorded",
        fresh: true,
        attempt: kept,
        count: 1,
      });
      const later = { sentAt: kept.sentAt + 60_000, result: resultOf(99) };
      expect(await store.recordAttempt(attemptAs("s1", later))).toEqual({
        outcome: "recorded",
        fresh: false,
        attempt: kept,
        count: 1,
      });
      expect(await store.attempts(all)).toEqual([attemptSchema.parse(kept)]);
    });

    it("refuses another text or question under a submission it knows, and keeps the first", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("s1"));
      await expect(store.recordAttempt(attemptAs("s1", { text: "other" }))).rejects.toThrow(
        ConflictingSubmission,
      );
      await expect(store.recordAttempt(attemptAs("s1", { question: "q2" }))).rejects.toThrow(
        ConflictingSubmission,
      );
      expect((await store.attempts(all)).map(({ text }) => text)).toEqual([attemptAs("s1").text]);
    });

    it("takes three answers a member and round; a fourth leaves no trace", async () => {
      const { store } = await open();
      for (const submission of ["1", "2", "3"])
        await store.recordAttempt(attemptAs(submission, { credit: null }));
      expect(await store.recordAttempt(attemptAs("4"))).toEqual({
        outcome: "no-attempts-left",
        count: ATTEMPTS_PER_ROUND,
      });
      expect(await store.attempts(all)).toHaveLength(3);
      expect(await store.ledger(tenant, member)).toEqual([]);
    });

    it("still acknowledges a repeat of the third answer when none are left", async () => {
      const { store } = await open();
      for (const submission of ["1", "2", "3"]) await store.recordAttempt(attemptAs(submission));
      expect(await store.recordAttempt(attemptAs("3"))).toMatchObject({
        outcome: "recorded",
        fresh: false,
        count: 3,
      });
    });

    it("counts practice by question and without a limit", async () => {
      const { store } = await open();
      const practice = { round: null, credit: null };
      for (const submission of ["1", "2", "3", "4"])
        await store.recordAttempt(attemptAs(submission, practice));
      const other = await store.recordAttempt(attemptAs("5", { ...practice, question: "q2-vram" }));
      expect(other).toMatchObject({ outcome: "recorded", count: 1 });
      expect(await store.recordAttempt(attemptAs("6", practice))).toMatchObject({ count: 5 });
      expect((await store.attempts(all)).every(({ round }) => round === null)).toBe(true);
    });

    it("completes an ungraded answer with its result and credits the day with it, once", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("s1", { result: null, credit: null }));
      expect(await store.ledger(tenant, member)).toEqual([]);
      const completed = await store.recordAttempt(attemptAs("s1"));
      expect(completed).toMatchObject({ fresh: false, attempt: { result: resultOf(53) }, count: 1 });
      await store.recordAttempt(attemptAs("s1", { result: null, credit: null }));
      await store.recordAttempt(attemptAs("s1", { result: resultOf(99), credit: date("2026-06-02") }));
      expect((await store.attempts(all)).map(({ result }) => result?.score)).toEqual([53]);
      expect(await store.ledger(tenant, member)).toEqual([{ date: june, kind: "pass" }]);
    });

    it("finds a member's answers by round and by question, the last sent first, no more than asked for", async () => {
      const { store } = await open();
      const second = roundOn(2);
      await store.recordAttempt(attemptAs("a", { sentAt: 10 }));
      await store.recordAttempt(attemptAs("b", { sentAt: 30, round: second.id }));
      await store.recordAttempt(
        attemptAs("c", { sentAt: 20, question: "q2-vram", round: null, credit: null }),
      );
      await store.recordAttempt(attemptAs("d", { as: "jun" }));
      const found = async (query: object): Promise<string[]> =>
        (await store.attempts({ ...all, ...query })).map(({ submission }) => submission);
      expect(await found({})).toEqual(["b", "c", "a"]);
      expect(await found({ limit: 2 })).toEqual(["b", "c"]);
      expect(await found({ round: second.id })).toEqual(["b"]);
      expect(await found({ question: "q5-oom" })).toEqual(["b", "a"]);
    });

    it("gives all members' answers to a round, and only to that round", async () => {
      const { store } = await open();
      await store.recordAttempt(attemptAs("a"));
      await store.recordAttempt(attemptAs("b", { as: "jun" }));
      await store.recordAttempt(attemptAs("c", { round: roundOn(2).id }));
      await store.recordAttempt(attemptAs("d", { round: null, credit: null }));
      const submissions = (await store.attemptsOfRound(tenant, roundOn(1).id)).map(
        ({ submission }) => submission,
      );
      expect(submissions.toSorted()).toEqual(["a", "b"]);
    });

    it("gives what was sent to a round, no more than is asked for, and then the last of it", async () => {
      const { store } = await open();
      const others = roundOn(2).id;
      for (const [at, as] of ["ann", "bo", "cyd", "dan"].entries())
        await store.recordAttempt(attemptAs(`s-${as}`, { as, sentAt: roundOn(1).opensAt + at }));
      await store.recordAttempt(attemptAs("s-other", { as: "ann", round: others }));
      const sent = async (most: number) =>
        (await store.textsOfRound(tenant, roundOn(1).id, most)).map(({ submission }) => submission);
      expect(await sent(9)).toEqual(["s-ann", "s-bo", "s-cyd", "s-dan"]);
      expect(await sent(2)).toEqual(["s-cyd", "s-dan"]);
      const [first] = await store.textsOfRound(tenant, others, 9);
      const { member, submission, sentAt, text } = attemptAs("s-other", { as: "ann", round: others });
      expect(first).toEqual({ member, submission, sentAt, text });
    });

    it("gives what is sent to a round while it is asked again and again, and nothing that was deleted", async () => {
      const { store } = await open();
      const opened = roundOn(1).opensAt;
      const sent = async () =>
        (await store.textsOfRound(tenant, roundOn(1).id, 5)).map(({ submission }) => submission);
      expect(await sent()).toEqual([]);
      const names = ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8"];
      for (const [at, as] of names.entries()) {
        await store.recordAttempt(attemptAs(`s-${as}`, { as, sentAt: opened + at }));
        if (at % 3 === 0) await store.recordAttempt(attemptAs(`p-${as}`, { as, round: null, credit: null }));
        const known = names.slice(Math.max(0, at - 4), at + 1).map((name) => `s-${name}`);
        expect(await sent()).toEqual(known);
      }
      await store.eraseMember(tenant, memberIdSchema.parse("h8"), opened + 1_000);
      expect(await sent()).toContain("s-g7");
      expect(await sent()).not.toContain("s-h8");
    });

    it("gives a text back to the last code unit, so that quotes still point into it", async () => {
      const { store } = await open();
      const text = '\ud83d 半个表情 \udca5\0 "引号" \\ e\u0301 é 💥\r\n';
      const result = resultOf(40, text);
      await store.recordAttempt(attemptAs("s1", { text, result }));
      const [kept] = await store.attempts(all);
      expect(kept?.text).toBe(text);
      const evidence = kept?.result?.points[0]?.evidence[0];
      expect(kept?.text.slice(evidence?.start, evidence?.end)).toBe(evidence?.quote);
    });

    it("keeps 300 members' answers that come at once, each delivered twice", async () => {
      const { store } = await open();
      const members = Array.from({ length: 300 }, (_, index) => `member-${index}`);
      const answers = members.flatMap((as) => [attemptAs(`s-${as}`, { as }), attemptAs(`s-${as}`, { as })]);
      const outcomes = await Promise.all(answers.map((answer) => store.recordAttempt(answer)));
      expect(outcomes.filter((each) => each.outcome === "recorded" && each.fresh)).toHaveLength(300);
      expect(await store.attemptsOfRound(tenant, roundOn(1).id)).toHaveLength(300);
      for (const as of members)
        expect(await store.ledger(tenant, memberIdSchema.parse(as))).toEqual([{ date: june, kind: "pass" }]);
    });

    it("takes no more than three of ten different answers that a member sends at once", async () => {
      const { store } = await open();
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => store.recordAttempt(attemptAs(`s${index}`))),
      );
      expect(outcomes.filter(({ outcome }) => outcome === "recorded")).toHaveLength(3);
    });
  });

  describe("study days", () => {
    it("credits a date once, however many answers earn it", async () => {
      const { store } = await open();
      await Promise.all(["1", "2", "3"].map((submission) => store.recordAttempt(attemptAs(submission))));
      expect(await store.ledger(tenant, member)).toEqual([{ date: june, kind: "pass" }]);
    });

    it("keeps the strongest row of a date, in whatever order and number the rows come", async () => {
      const strongestFirst: StudyDay[] = [
        { date: june, kind: "pass" },
        { date: june, kind: "pass", at: 7 },
        { date: june, kind: "pass", at: 19 },
        { date: june, kind: "madeup", at: 5 },
        { date: june, kind: "madeup", at: 600_000_000_000_000 },
      ];
      const delivered = fc.subarray(strongestFirst, { minLength: 1 }).chain((rows) =>
        fc.record({
          strongest: fc.constant(rows.slice(0, 1)),
          order: fc.shuffledSubarray([...rows, ...rows], { minLength: 2 * rows.length }),
        }),
      );
      const { store } = await open();
      let members = 0;
      await fc.assert(
        fc.asyncProperty(delivered, async ({ strongest, order }) => {
          members += 1;
          const who = memberIdSchema.parse(`member-${members}`);
          for (const row of order) await store.credit(tenant, who, row);
          expect(await store.ledger(tenant, who)).toEqual(strongest);
        }),
        { numRuns: 60 },
      );
    });

    it("lets an answer in time take the place of whatever stood for its date, and nothing take its own", async () => {
      const { store } = await open();
      await store.credit(tenant, member, { date: june, kind: "madeup", at: 5 });
      await store.recordAttempt(attemptAs("s1"));
      expect(await store.ledger(tenant, member)).toEqual([{ date: june, kind: "pass" }]);
      await store.credit(tenant, member, { date: june, kind: "pass", at: 4 });
      expect(await store.ledger(tenant, member)).toEqual([{ date: june, kind: "pass" }]);
    });

    it("lists a member's days oldest first", async () => {
      const { store } = await open();
      for (const day of ["2026-06-03", "2025-12-31", "2026-06-02"])
        await store.credit(tenant, member, { date: date(day), kind: "pass" });
      const dates = (await store.ledger(tenant, member)).map((day) => day.date);
      expect(dates).toEqual(["2025-12-31", "2026-06-02", "2026-06-03"]);
    });
  });

  describe("hints and practice", () => {
    it("gives out hints one after the other and none beyond the last", async () => {
      const { store } = await open();
      const taken: number[] = [];
      for (const submission of ["1", "2", "3", "4"].map((id) => submissionIdSchema.parse(id)))
        taken.push(await store.takeHint(tenant, member, "q5-oom", 2, submission));
      expect(taken).toEqual([0, 1, 2, 2]);
      expect(await store.takeHint(tenant, member, "q2-vram", 2, submissionIdSchema.parse("5"))).toBe(0);
    });

    it("takes no second hint when a request is delivered twice", async () => {
      const { store } = await open();
      const take = (id: string): Promise<number> =>
        store.takeHint(tenant, member, "q5-oom", 2, submissionIdSchema.parse(id));
      expect(await Promise.all([take("1"), take("1"), take("1")])).toEqual([0, 0, 0]);
      expect([await take("2"), await take("1"), await take("2")]).toEqual([1, 0, 1]);
    });

    it("remembers what a member practises until it ends", async () => {
      const { store } = await open();
      expect(await store.practice(tenant, member)).toBeNull();
      await store.setPractice(tenant, member, "q2-vram");
      await store.setPractice(tenant, member, "q5-oom");
      expect(await store.practice(tenant, member)).toBe("q5-oom");
      await store.setPractice(tenant, member, null);
      await store.setPractice(tenant, member, null);
      expect(await store.practice(tenant, member)).toBeNull();
    });

    it("knows after reopening all that it was told before", async () => {
      const { store, reopen } = await open();
      const round = await store.openRound(roundOn(1));
      await store.recordAttempt(attemptAs("s1"));
      await store.recordAttempt(attemptAs("p1", { round: null, credit: null }));
      await store.credit(tenant, member, { date: date("2026-05-31"), kind: "madeup" });
      await store.takeHint(tenant, member, "q5-oom", 2, submissionIdSchema.parse("h1"));
      await store.setPractice(tenant, member, "q2-vram");
      const attempts = await store.attempts(all);
      const again = await reopen();
      expect(await again.round(tenant, round.id)).toEqual(round);
      expect(await again.attempts(all)).toEqual(attempts);
      expect((await again.ledger(tenant, member)).map(({ kind }) => kind)).toEqual(["madeup", "pass"]);
      expect(await again.takeHint(tenant, member, "q5-oom", 2, submissionIdSchema.parse("h2"))).toBe(1);
      expect(await again.practice(tenant, member)).toBe("q2-vram");
      expect(await again.recordAttempt(attemptAs("s1"))).toMatchObject({ fresh: false, count: 1 });
    });
  });
};
