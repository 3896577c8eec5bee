import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelIdSchema, memberIdSchema, type StudyDate, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { choiceKey, choiceText, type StreakChoice } from "#core/streak/choice";
import { anyLife } from "#test/core/streak/life";
import { somePlaces, streakAfterTelling } from "#test/core/streak/life-in-store";
import { slowStreak } from "#test/core/streak/slow-streak";
import type { OpenedStore } from "./store.ts";
import { attemptAs, channel, date, hostileName, member, roundOn, tenant } from "./store-samples.ts";

const june = (day: number): StudyDate => date(`2026-06-0${day}`);
const pause = (from: number, to: number | null, at: number): StreakChoice => ({
  kind: "pause",
  from: june(from),
  to: to === null ? null : june(to),
  at,
});
const move = (to: string, at: number): StreakChoice => ({
  kind: "home",
  channel: channelIdSchema.parse(to),
  at,
});

const choicesOf = async (store: Store, of = member): Promise<string[]> =>
  (await store.choices(tenant, of)).map(choiceText).toSorted();

const anyChoice: fc.Arbitrary<StreakChoice> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.option(fc.integer({ min: 3, max: 6 })), fc.nat(3))
    .map(([from, to, at]) => pause(from, to, at)),
  fc.tuple(hostileName, fc.nat(3)).map(([to, at]) => move(to, at)),
);

/** The part of the store's contract about streaks as they are told, whatever the order. */
export const streaksFollowTheRules = (open: () => Promise<OpenedStore>): void => {
  describe("streaks", () => {
    it("are what the rules say in slow motion, whatever happened, in whatever order it came, and much of it twice", async () => {
      const { store } = await open();
      await fc.assert(
        fc.asyncProperty(anyLife, somePlaces, async (life, places) => {
          expect(await streakAfterTelling(store, life, places)).toEqual(slowStreak(life));
        }),
        { numRuns: 20 },
      );
    }, 60_000);

    it("are credited once a member and date, also by two processes at once, and in two channels of the tenant", async () => {
      const { store } = await open();
      const other = roundOn(1, { channel: channelIdSchema.parse("other") });
      await store.openRound(roundOn(1));
      await store.openRound(other);
      await Promise.all(
        ["1", "2", "1", "2"].flatMap((submission) => [
          store.recordAttempt(attemptAs(submission)),
          store.recordAttempt(attemptAs(submission, { round: other.id })),
          store.credit(tenant, member, { date: other.date, kind: "pass" }),
        ]),
      );
      expect(await store.ledger(tenant, member)).toEqual([{ date: other.date, kind: "pass" }]);
    });
  });
};

/** The part of the store's contract about what members and admins decide about streaks. */
export const streakChoicesAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("choices about a streak", () => {
    it("are kept over a restart, one a pause's first day and one a move", async () => {
      const { store, reopen } = await open();
      expect(await store.choices(tenant, member)).toEqual([]);
      const kept = [pause(1, 3, 10), pause(5, 6, 11), move("b", 12), move("a", 13)];
      for (const choice of kept) await store.keepChoice(tenant, member, choice);
      expect(await choicesOf(await reopen())).toEqual(kept.map(choiceText).toSorted());
    });

    it("end with the latest of each, in whatever order and number they come", async () => {
      const delivered = fc.array(anyChoice, { maxLength: 10 }).chain((choices) =>
        fc.record({
          choices: fc.constant(choices),
          order: fc.shuffledSubarray([...choices, ...choices], { minLength: 2 * choices.length }),
        }),
      );
      const { store } = await open();
      let members = 0;
      await fc.assert(
        fc.asyncProperty(delivered, async ({ choices, order }) => {
          members += 1;
          const who = memberIdSchema.parse(`member-${members}`);
          await Promise.all(order.map((choice) => store.keepChoice(tenant, who, choice)));
          const latest = [...Map.groupBy(choices, choiceKey).values()].map((same) => {
            const at = Math.max(...same.map((one) => one.at));
            const texts = same.filter((one) => one.at === at).map(choiceText);
            return texts.toSorted().at(-1);
          });
          expect(await choicesOf(store, who)).toEqual(latest.toSorted());
        }),
        { numRuns: 40 },
      );
    });

    it("excuse a date once, and the one who did it first stays named", async () => {
      const { store, reopen } = await open();
      const mine = { date: june(2), by: memberIdSchema.parse("ann"), at: 5 };
      expect(await store.excuse(tenant, channel, mine)).toEqual(mine);
      const second = { ...mine, by: memberIdSchema.parse("bo"), at: 4 };
      expect(await store.excuse(tenant, channel, second)).toEqual(mine);
      const earlier = { ...second, date: june(1) };
      await store.excuse(tenant, channel, earlier);
      const again = await reopen();
      expect(await again.excusals(tenant, channel)).toEqual([earlier, mine]);
      expect(await again.excusals(tenant, channelIdSchema.parse("other"))).toEqual([]);
    });

    it("never reach another tenant, member or channel, whatever they are called", async () => {
      const { store } = await open();
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          hostileName,
          hostileName,
          hostileName,
          hostileName,
          async (one, other, name, next) => {
            fc.pre(one !== other && name !== next && !seen.has(one) && !seen.has(other));
            seen.add(one).add(other);
            const [mine, theirs] = [one, other].map((id) => tenantIdSchema.parse(id));
            if (mine === undefined || theirs === undefined) throw new Error("no tenants");
            const who = memberIdSchema.parse(name);
            const where = channelIdSchema.parse(name);
            const excusal = { date: june(1), by: who, at: 1 };
            await store.keepChoice(mine, who, move(name, 1));
            await store.excuse(mine, where, excusal);
            expect(await store.choices(theirs, who)).toEqual([]);
            expect(await store.choices(mine, memberIdSchema.parse(next))).toEqual([]);
            expect(await store.excusals(theirs, where)).toEqual([]);
            expect(await store.excusals(mine, channelIdSchema.parse(next))).toEqual([]);
            expect(await store.choices(mine, who)).toEqual([move(name, 1)]);
            expect(await store.excusals(mine, where)).toEqual([excusal]);
          },
        ),
        { numRuns: 60 },
      );
    });
  });
};
