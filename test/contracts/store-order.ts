import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import type { AttemptToRecord } from "#core/round/recording";
import type { OpenedStore } from "./store.ts";
import { attemptAs, resultOf, roundOn, tenant } from "./store-samples.ts";

const members = ["mei", "jun", "ola"];
const days = [1, 2, 3];

/** Three members, three rounds, up to three answers each: some earn the day, some do not. */
const answers: readonly AttemptToRecord[] = members.flatMap((as, who) =>
  days.flatMap((day) =>
    Array.from({ length: 1 + ((who + day) % 3) }, (_, index): AttemptToRecord => {
      const { id, opensAt, date, question } = roundOn(day);
      const passes = (who + day + index) % 2 === 0;
      return attemptAs(`${as}-${day}-${index}`, {
        as,
        round: id,
        question,
        sentAt: opensAt + who * 1_000 + index,
        result: resultOf(passes ? 60 : 10),
        credit: passes ? date : null,
      });
    }),
  ),
);

const stateOf = async (store: Store): Promise<unknown> => {
  const ofMembers = members.map(async (as) => {
    const member = memberIdSchema.parse(as);
    const attempts = await store.attempts({ tenant, member, limit: 100 });
    return [
      attempts.toSorted((one, other) => (one.submission < other.submission ? -1 : 1)),
      await store.ledger(tenant, member),
      await store.answeredDates(tenant, member),
      await store.homeChannel(tenant, member),
    ];
  });
  return Promise.all(ofMembers);
};

const stateAfter = async (store: Store, events: readonly AttemptToRecord[]): Promise<unknown> => {
  for (const day of days) await store.openRound(roundOn(day));
  await Promise.all(events.map((event) => store.recordAttempt(event)));
  return stateOf(store);
};

/** The part of the store's contract about shuffled and repeated deliveries. */
export const orderDoesNotMatter = (open: () => Promise<OpenedStore>): void => {
  describe("deliveries", () => {
    it("end in the same answers and study days in any order and any number", async () => {
      const once = await stateAfter((await open()).store, answers);
      const delivered = fc
        .tuple(fc.shuffledSubarray([...answers], { minLength: answers.length }), fc.subarray([...answers]))
        .chain(([each, repeats]) =>
          fc.shuffledSubarray([...each, ...repeats], { minLength: each.length + repeats.length }),
        );
      await fc.assert(
        fc.asyncProperty(delivered, async (events) => {
          expect(await stateAfter((await open()).store, events)).toEqual(once);
        }),
        { numRuns: 30 },
      );
    });

    it("end in the same answers whether the ungraded copy comes before or after the graded one", async () => {
      const ungraded = answers.map((answer): AttemptToRecord => ({ ...answer, result: null, credit: null }));
      const once = await stateAfter((await open()).store, answers);
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([...answers, ...ungraded], { minLength: 2 * answers.length }),
          async (events) => {
            expect(await stateAfter((await open()).store, events)).toEqual(once);
          },
        ),
        { numRuns: 20 },
      );
    });
  });
};
