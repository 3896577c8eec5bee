import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodsOf } from "#core/board/period";
import { type MemberId, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import { recordText } from "#core/migration/record";
import type { Store } from "#core/ports";
import type { OpenedStore } from "./store.ts";
import { attemptAs, channel, date, hostileName, member, resultOf, roundOn, tenant } from "./store-samples.ts";
import { scheduleOf } from "./store-schedule.ts";

const AT = Date.parse("2026-06-20T00:00:00Z");
const FAR = 4_000_000_000_000;
const bo = memberIdSchema.parse("bo");

/** Everything that is kept, as texts, but who was erased and what buttons do. */
const kept = async (store: Store, of = tenant): Promise<string[]> => {
  const texts: string[] = [];
  for await (const record of store.records(of, 0))
    if (record.kind !== "erased" && record.kind !== "action") texts.push(recordText(record));
  return texts.toSorted();
};

interface Deed {
  readonly by: number;
  readonly day: number;
  readonly kind:
    | "answer"
    | "late"
    | "practice"
    | "day"
    | "hint"
    | "name"
    | "hide"
    | "offer"
    | "pause"
    | "practise";
  readonly score: number;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  by: fc.nat(2),
  day: fc.integer({ min: 1, max: 9 }),
  kind: fc.constantFrom(
    "answer",
    "late",
    "practice",
    "day",
    "hint",
    "name",
    "hide",
    "offer",
    "pause",
    "practise",
  ),
  score: fc.integer({ min: 0, max: 100 }),
});

/** Does one thing; its names depend on nothing but the deed and its place. */
async function act(store: Store, who: MemberId, { day, kind, score }: Deed, at: number): Promise<void> {
  const round = roundOn(day);
  const submission = submissionIdSchema.parse(`s${at}`);
  const sentAt = round.opensAt + at;
  const answer = { as: who, round: round.id, credit: round.date, sentAt, result: resultOf(score) };
  switch (kind) {
    case "answer":
      await store.recordAttempt(attemptAs(submission, answer));
      return;
    case "late":
      await store.recordAttempt(attemptAs(submission, { ...answer, result: null, credit: null }));
      await store.recordAttempt(attemptAs(submission, answer));
      return;
    case "practice":
      await store.recordAttempt(attemptAs(submission, { ...answer, round: null, credit: null }));
      return;
    case "day":
      return store.credit(tenant, who, { date: round.date, kind: "madeup", at: at + 1 });
    case "hint":
      await store.takeHint(tenant, who, round.id, 2, submission);
      return;
    case "name":
      return store.setNamed(tenant, who, true);
    case "hide":
      return store.setShown(tenant, who, false);
    case "offer":
      return store.offerAnswer({ tenant, round: round.id, member: who, submission, named: true });
    case "pause":
      return store.keepChoice(tenant, who, { kind: "pause", from: round.date, to: null, at });
    case "practise":
      return store.setPractice(tenant, who, "q2-vram");
  }
}

/** The part of the store's contract about people who want to be forgotten. */
export const peopleAreForgotten = (open: () => Promise<OpenedStore>): void => {
  describe("erasing", () => {
    it("a member leaves what would be there had they never been, whatever everybody did and whatever their names are", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(hostileName, { minLength: 3, maxLength: 3 }),
          fc.array(deed, { minLength: 8, maxLength: 24 }),
          async (names, deeds) => {
            const members = names.map((name) => memberIdSchema.parse(name));
            const [gone = bo] = members;
            const lived = async (without: MemberId | null): Promise<OpenedStore> => {
              const opened = await open();
              for (let day = 1; day <= 9; day += 1) await opened.store.openRound(roundOn(day));
              for (const [at, one] of deeds.entries()) {
                const who = members[one.by] ?? bo;
                if (who !== without) await act(opened.store, who, one, at);
              }
              return opened;
            };
            const { store: never } = await lived(gone);
            const expected = [await kept(never), await never.participation(tenant, channel, 9)];
            const boards = async (store: Store) =>
              Promise.all(
                periodsOf(date("2026-06-03")).map((period) =>
                  store.board({ tenant, period, member: gone, limit: 9 }),
                ),
              );
            const expectedBoards = await boards(never);
            const { store, reopen } = await lived(null);
            await store.eraseMember(tenant, gone, AT);
            await store.purge(tenant);
            expect([await kept(store), await store.participation(tenant, channel, 9)]).toEqual(expected);
            expect(await boards(store)).toEqual(expectedBoards);
            expect(await kept(await reopen())).toEqual(expected[0]);
          },
        ),
        { numRuns: 4 },
      );
    });

    it("is not undone by anything that was sent before it, and keeps nobody from beginning anew", async () => {
      const { store, reopen } = await open();
      await store.openRound(roundOn(1));
      const late = attemptAs("late", { sentAt: AT });
      expect(await store.erasedAt(tenant, member)).toBeNull();
      await store.recordAttempt(attemptAs("s1"));
      await store.eraseMember(tenant, member, AT);
      await store.eraseMember(tenant, member, AT - 5);
      for (const look of [async () => store, reopen]) {
        const one = await look();
        expect(await one.erasedAt(tenant, member)).toBe(AT);
        expect(await one.recordAttempt(late)).toEqual({ outcome: "erased" });
        expect(await one.recordAttempt(attemptAs("s1"))).toEqual({ outcome: "erased" });
        const { round, submission } = attemptAs("s1");
        const revision = { tenant, member, round, submission, judged: resultOf(53), result: resultOf(60) };
        expect(await one.reviseResult({ ...revision, credit: null })).toEqual({ outcome: "unknown" });
        expect(await one.attempts({ tenant, member, limit: 9 })).toEqual([]);
        expect(await one.ledger(tenant, member)).toEqual([]);
      }
      const again = await reopen();
      expect(await again.recordAttempt(attemptAs("late", { as: "bo", sentAt: AT }))).toMatchObject({
        fresh: true,
      });
      expect(await again.recordAttempt(attemptAs("new", { sentAt: AT + 1 }))).toMatchObject({ fresh: true });
      expect(await again.erasedAt(tenant, bo)).toBeNull();
      expect(await again.erasedAt(tenantIdSchema.parse("guild-2"), member)).toBeNull();
    });

    it("takes a member's name off what they decided for everybody, and off buttons", async () => {
      const { store } = await open();
      const excusal = { date: date("2026-06-02"), by: member, at: 10 };
      await store.excuse(tenant, channel, excusal);
      await store.excuse(tenant, channel, { ...excusal, date: date("2026-06-03"), by: bo });
      const texts = {
        admin: member,
        button: `{"by":"${member}"}`,
        other: '{"by":"bo"}',
        words: `${member}!`,
      };
      for (const [key, text] of Object.entries(texts)) await store.keepAction(tenant, key, text, 0, FAR);
      await store.keepAction(tenant, `interview-date:${member}`, "2026-07-01", 0, FAR);
      await store.eraseMember(tenant, member, AT);
      expect((await store.excusals(tenant, channel)).map(({ by }) => by)).toEqual(["forgotten", "bo"]);
      const left = await Promise.all(
        [...Object.keys(texts), `interview-date:${member}`].map((key) => store.keptAction(tenant, key, 1)),
      );
      expect(left).toEqual([null, null, texts.other, texts.words, null]);
    });

    it("a tenant leaves nothing of it but when that was, and nothing of another is touched", async () => {
      const { store, reopen } = await open();
      const other = tenantIdSchema.parse("guild-2");
      for (const of of [tenant, other]) {
        await store.openRound(roundOn(1, { tenant: of }));
        await store.recordAttempt(attemptAs("s1", { tenant: of }));
        await store.saveSchedule({ ...scheduleOf(), tenant: of }, 1_234);
        await store.skipPost({ tenant: of, channel, date: date("2026-06-02") }, 5, "failed", 6);
        await store.keepAction(of, "k", "text", 0, FAR);
        await store.keepInstallation(of, "sealed");
        await store.keepDossier({ tenant: of, kind: "draft", id: "d", revision: 1, text: "x", wakeAt: 5 });
        await store.setNamed(of, member, true);
      }
      const before = await kept(store, other);
      await store.eraseTenant(tenant, AT);
      await store.purge(tenant);
      for (const look of [async () => store, reopen]) {
        const one = await look();
        expect(await kept(one)).toEqual([]);
        expect(await kept(one, other)).toEqual(before);
        expect(await one.schedulesToWake(9_999, 9)).toHaveLength(1);
        expect(await one.dossiers({ tenant: other, kind: "draft", limit: 9 })).toHaveLength(1);
        expect(await one.keptAction(tenant, "k", 1)).toBeNull();
        expect(await one.installation(tenant)).toBeNull();
        expect(await one.erasedAt(tenant, bo)).toBe(AT);
        expect(await one.recordAttempt(attemptAs("s1"))).toEqual({ outcome: "erased" });
      }
    });

    it("of texts alone empties old answers and their quotes; scores, days, boards and duplicates are as before", async () => {
      const { store, reopen } = await open();
      for (const day of [1, 2]) await store.openRound(roundOn(day));
      const old = attemptAs("old", { text: "my own words", result: resultOf(53, "my own words") });
      const fresh = attemptAs("new", { round: roundOn(2).id, sentAt: AT, credit: roundOn(2).date });
      for (const one of [old, attemptAs("ungraded", { result: null, credit: null }), fresh])
        await store.recordAttempt(one);
      await store.recordAttempt(attemptAs("practised", { round: null, credit: null }));
      const board = { tenant, period: periodsOf(date("2026-06-01"))[2] ?? expect.fail(), member, limit: 9 };
      const before = [await store.ledger(tenant, member), await store.board(board)];
      expect(await store.forgetTexts(tenant, AT, 2)).toBe(2);
      expect(await store.forgetTexts(tenant, AT, 9)).toBe(1);
      expect(await store.forgetTexts(tenant, AT, 9)).toBe(0);
      for (const look of [async () => store, reopen]) {
        const one = await look();
        const attempts = await one.attempts({ tenant, member, limit: 9 });
        expect(attempts.map(({ text }) => text)).toEqual([fresh.text, "", "", ""]);
        const quotes = attempts.map(({ result }) => result?.points[0]?.evidence.length);
        expect(quotes.toSorted()).toEqual([0, 0, 1, undefined]);
        expect(attempts.map(({ result }) => result?.score).toSorted()).toEqual([53, 53, 53, undefined]);
        expect([await one.ledger(tenant, member), await one.board(board)]).toEqual(before);
        expect(await one.recordAttempt(old)).toMatchObject({ outcome: "recorded", fresh: false });
      }
    });
  });
};
