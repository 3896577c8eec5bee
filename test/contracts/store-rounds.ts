import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelIdSchema, roundIdSchema, tenantIdSchema } from "#core/ids";
import { effectiveClose } from "#core/round/opening";
import type { OpenedStore } from "./store.ts";
import { attemptAs, channel, date, member, roundOn, tenant } from "./store-samples.ts";

/** The part of the store's contract about rounds and home channels. */
export const roundsAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("rounds", () => {
    it("opens one round a channel and date, however often it is asked", async () => {
      const { store } = await open();
      const first = roundOn(1);
      expect(await store.openRound(first)).toEqual(first);
      expect(await store.openRound({ ...first, question: "q2-vram", opensAt: first.opensAt + 5 })).toEqual(
        first,
      );
      expect(await store.rounds(tenant, channel, 10)).toEqual([first]);
    });

    it("opens one round when two processes ask at once", async () => {
      const { store } = await open();
      const both = await Promise.all(
        ["q2-vram", "q5-oom"].map((question) => store.openRound(roundOn(1, { question }))),
      );
      expect(both[0]).toEqual(both[1]);
    });

    it("closes a round when the next one of its channel opens", async () => {
      const { store } = await open();
      await store.openRound(roundOn(1));
      const next = roundOn(2, { opensAt: roundOn(1).opensAt + 20 * 3_600_000 });
      await store.openRound(next);
      expect((await store.round(tenant, roundOn(1).id))?.closedAt).toBe(next.opensAt);
      expect((await store.round(tenant, next.id))?.closedAt).toBeNull();
    });

    it("leaves the rounds of other channels open", async () => {
      const { store } = await open();
      const other = roundOn(1, { channel: channelIdSchema.parse("other") });
      await store.openRound(other);
      await store.openRound(roundOn(2, { opensAt: other.opensAt + 1 }));
      expect(await store.round(tenant, other.id)).toEqual(other);
    });

    it("has one open round a channel at any instant, in whichever order the openings come", async () => {
      const rounds = [1, 2, 3].map((day) => roundOn(day, { opensAt: roundOn(1).opensAt + day * 3_600_000 }));
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(rounds, { minLength: 3 }), async (order) => {
          const { store } = await open();
          for (const round of order) await store.openRound(round);
          const kept = (await store.rounds(tenant, channel, 10)).toReversed();
          expect(kept.map(effectiveClose)).toEqual([
            rounds[1]?.opensAt,
            rounds[2]?.opensAt,
            rounds[2]?.closesAt,
          ]);
        }),
        { numRuns: 12 },
      );
    });

    it("closes a round once, at the first instant given", async () => {
      const { store } = await open();
      const round = await store.openRound(roundOn(1));
      const at = round.opensAt + 1_000;
      expect(await store.closeRound(tenant, round.id, at)).toEqual({ ...round, closedAt: at });
      expect(await store.closeRound(tenant, round.id, at - 500)).toEqual({ ...round, closedAt: at });
      expect(await store.round(tenant, round.id)).toEqual({ ...round, closedAt: at });
    });

    it("does not close a round that has run its time", async () => {
      const { store } = await open();
      const round = await store.openRound(roundOn(1));
      expect(await store.closeRound(tenant, round.id, round.closesAt)).toEqual(round);
    });

    it("knows no round that was not opened", async () => {
      const { store } = await open();
      const unknown = roundIdSchema.parse("2026-06-01@nowhere");
      expect(await store.round(tenant, unknown)).toBeNull();
      expect(await store.closeRound(tenant, unknown, 5)).toBeNull();
    });

    it("lists a channel's rounds by date, the newest first, no more than asked for", async () => {
      const { store } = await open();
      for (const day of [2, 1, 3]) await store.openRound(roundOn(day));
      const dates = (await store.rounds(tenant, channel, 2)).map((round) => round.date);
      expect(dates).toEqual(["2026-06-03", "2026-06-02"]);
    });

    it("calls home the channel whose round a member answered first, by the time it was sent", async () => {
      const { store } = await open();
      const early = roundOn(1, { channel: channelIdSchema.parse("early") });
      await store.openRound(early);
      await store.openRound(roundOn(2));
      expect(await store.homeChannel(tenant, member)).toBeNull();
      await store.recordAttempt(attemptAs("p", { round: null, sentAt: 1, credit: null }));
      expect(await store.homeChannel(tenant, member)).toBeNull();
      await store.recordAttempt(attemptAs("late", { round: roundOn(2).id, sentAt: roundOn(2).opensAt }));
      expect(await store.homeChannel(tenant, member)).toBe(channel);
      await store.recordAttempt(attemptAs("first", { round: early.id, sentAt: early.opensAt }));
      expect(await store.homeChannel(tenant, member)).toBe("early");
    });

    it("knows on which dates a member answered and where an answer still waits for its result", async () => {
      const { store } = await open();
      for (const day of [1, 2]) await store.openRound(roundOn(day));
      await store.recordAttempt(attemptAs("b", { round: roundOn(2).id, result: null, credit: null }));
      await store.recordAttempt(attemptAs("c", { round: roundOn(2).id }));
      await store.recordAttempt(attemptAs("a", { credit: null }));
      expect(await store.answeredDates(tenant, member)).toEqual([
        { date: date("2026-06-01"), pending: false },
        { date: date("2026-06-02"), pending: true },
      ]);
      expect(await store.answeredDates(tenantIdSchema.parse("other"), member)).toEqual([]);
    });
  });
};
