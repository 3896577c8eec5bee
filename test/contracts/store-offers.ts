import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Offer } from "#core/round/offer";
import type { OpenedStore } from "./store.ts";
import { attemptAs, channel, date, hostileName, member, resultOf, roundOn, tenant } from "./store-samples.ts";

const round = roundOn(1);
const bo = memberIdSchema.parse("bo");
const offerOf = (changes: Partial<Offer> = {}): Offer => ({
  tenant,
  round: round.id,
  member,
  submission: submissionIdSchema.parse("s1"),
  named: true,
  ...changes,
});

const byMember = (offers: readonly Offer[]): Offer[] =>
  offers.toSorted((one, other) => (one.member < other.member ? -1 : 1));

/** The part of the store's contract about what members agree to have shown. */
const offersAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("offers", () => {
    it("are kept one a member and round, over a restart too, and the last one stands", async () => {
      const { store, reopen } = await open();
      expect(await store.offers(tenant, round.id)).toEqual([]);
      await store.offerAnswer(offerOf());
      await store.offerAnswer(offerOf({ member: bo, named: false }));
      const better = offerOf({ submission: submissionIdSchema.parse("s2"), named: false });
      await store.offerAnswer(better);
      await store.offerAnswer(better);
      const kept = byMember(await (await reopen()).offers(tenant, round.id));
      expect(kept).toEqual([offerOf({ member: bo, named: false }), better]);
    });

    it("are gone when they are taken back, the member's own alone, however often", async () => {
      const { store } = await open();
      await store.offerAnswer(offerOf());
      await store.offerAnswer(offerOf({ member: bo }));
      await store.withdrawOffer(tenant, round.id, member);
      await store.withdrawOffer(tenant, round.id, member);
      expect(await store.offers(tenant, round.id)).toEqual([offerOf({ member: bo })]);
    });

    it("name nobody who has not said so, and nobody any more who has taken it back", async () => {
      const { store, reopen } = await open();
      expect(await store.named(tenant)).toEqual([]);
      await store.setNamed(tenant, member, true);
      await store.setNamed(tenant, member, true);
      await store.setNamed(tenant, bo, true);
      await store.setNamed(tenant, bo, false);
      await store.setNamed(tenant, bo, false);
      expect(await (await reopen()).named(tenant)).toEqual([member]);
    });

    it("never reach another tenant, whatever the tenants and members are called", async () => {
      const { store } = await open();
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(hostileName, hostileName, hostileName, async (one, other, name) => {
          fc.pre(one !== other && !seen.has(one) && !seen.has(other));
          seen.add(one).add(other);
          const mine = tenantIdSchema.parse(one);
          const theirs = tenantIdSchema.parse(other);
          const who = memberIdSchema.parse(name);
          await store.offerAnswer(offerOf({ tenant: mine, member: who }));
          await store.setNamed(mine, who, true);
          await store.keepAction(mine, name, name, 0, 10);
          expect(await store.offers(theirs, round.id)).toEqual([]);
          expect(await store.named(theirs)).toEqual([]);
          expect(await store.keptAction(theirs, name, 5)).toBeNull();
          await store.withdrawOffer(theirs, round.id, who);
          await store.setNamed(theirs, who, false);
          expect(await store.offers(mine, round.id)).toEqual([offerOf({ tenant: mine, member: who })]);
          expect(await store.named(mine)).toEqual([who]);
          expect(await store.keptAction(mine, name, 5)).toBe(name);
        }),
        { numRuns: 60 },
      );
    });
  });
};

/** The part of the store's contract about who answered. */
const participationIsKnown = (open: () => Promise<OpenedStore>): void => {
  describe("participation", () => {
    it("names each round's members once, with their best score and whether the date counts for them, the newest round first", async () => {
      const { store } = await open();
      for (const day of [1, 2, 3]) await store.openRound(roundOn(day));
      await store.openRound(roundOn(2, { channel: channelIdSchema.parse("other") }));
      await store.recordAttempt(attemptAs("a1"));
      await store.recordAttempt(attemptAs("a2", { credit: null, result: resultOf(71) }));
      await store.recordAttempt(attemptAs("b1", { as: "bo", credit: null, result: null }));
      const second = { round: roundOn(2).id, credit: date("2026-06-02") };
      await store.recordAttempt(attemptAs("b2", { as: "bo", ...second }));
      const known = await store.participation(tenant, channel, 9);
      expect(known.map((one) => one.round)).toEqual(
        [3, 2, 1].map((day) => {
          const { id, date: on, question, opensAt, closesAt, closedAt } = roundOn(day);
          return { id, date: on, question, opensAt, closesAt, closedAt };
        }),
      );
      const answers = known.map(({ members }) =>
        members.map((one) => `${one.member} ${one.passed} ${one.best}`).toSorted(),
      );
      expect(answers).toEqual([[], ["bo true 53"], ["bo false null", "mei true 71"]]);
      expect(await store.participation(tenant, channel, 2)).toEqual(known.slice(0, 2));
    });

    it("counts a day that was made up or decided on appeal as well", async () => {
      const { store } = await open();
      await store.openRound(roundOn(1));
      for (const [who, kind] of [
        ["mei", "madeup"],
        ["bo", "pass"],
        ["cy", null],
      ] as const) {
        await store.recordAttempt(attemptAs(`${who}-1`, { as: who, credit: null }));
        const day = kind === null ? null : { date: date("2026-06-01"), kind, at: 7 };
        if (day !== null) await store.credit(tenant, memberIdSchema.parse(who), day);
      }
      const [first] = await store.participation(tenant, channel, 1);
      const passed = first?.members.flatMap((one) => (one.passed ? [one.member] : []));
      expect(passed?.toSorted()).toEqual(["bo", "mei"]);
    });

    it("is nobody's in another tenant", async () => {
      const { store } = await open();
      await store.openRound(roundOn(1));
      await store.recordAttempt(attemptAs("a1"));
      expect(await store.participation(tenantIdSchema.parse("guild-2"), channel, 9)).toEqual([]);
    });
  });
};

/** The part of the store's contract about what buttons do. */
const actionsAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("kept actions", () => {
    it("come back whole under their key until they end, over a restart too", async () => {
      const { store, reopen } = await open();
      const text = '{"command":"答","x":"\ud800"}';
      await store.keepAction(tenant, "k", text, 0, 100);
      const again = await reopen();
      expect(await again.keptAction(tenant, "k", 99)).toBe(text);
      expect(await again.keptAction(tenant, "k", 100)).toBeNull();
      expect(await again.keptAction(tenant, "other", 1)).toBeNull();
    });

    it("take the last text and the latest end of their key", async () => {
      const { store } = await open();
      await store.keepAction(tenant, "k", "first", 0, 100);
      await store.keepAction(tenant, "k", "second", 0, 50);
      expect(await store.keptAction(tenant, "k", 99)).toBe("second");
    });
  });
};

export const membersWishesAreKept = (open: () => Promise<OpenedStore>): void => {
  offersAreKept(open);
  participationIsKnown(open);
  actionsAreKept(open);
};
