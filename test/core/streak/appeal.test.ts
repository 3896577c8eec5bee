import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { submissionIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { upholdAppeal } from "#core/streak/appeal";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, channel, member, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { june, opening } from "./histories.ts";

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore({ file: ":memory:" });
});
afterEach(() => store.close());

const now = opening(20);
const services = () => ({ store, clock: { now: () => now } });

/** Rounds from 1 June on, one a letter: p passed, n answered and not passed, . not answered. */
const live = async (letters: string): Promise<void> => {
  for (const [at, letter] of [...letters].entries()) {
    const round = await store.openRound(roundOn(at + 1));
    if (letter === ".") continue;
    await store.recordAttempt(
      attemptAs(submissionIdSchema.parse(`answer-${at}`), {
        round: round.id,
        sentAt: round.opensAt + 1,
        result: resultOf(letter === "p" ? 60 : 20),
        credit: letter === "p" ? round.date : null,
      }),
    );
  }
};
const uphold = (day: number) =>
  upholdAppeal({ tenant, member, channel, date: june(day), decidedAt: now }, services());

describe("An appeal that was upheld", () => {
  it("turns its date into a day that counts, and gives back exactly the freeze that had covered it", async () => {
    await live("ppppppppnppp.p");
    const { before, after, freezeReturned } = await uphold(9);
    expect([before.current, before.freezes.held]).toEqual([12, 0]);
    expect([after.current, after.freezes.held, freezeReturned]).toEqual([13, 1, true]);
    const reasons = after.days
      .filter(({ reason }) => reason !== "pass")
      .map(({ date, reason }) => `${date} ${reason}`);
    expect(reasons).toEqual(["2026-06-09 upheld", "2026-06-13 freeze"]);
  });

  it("joins two runs where its date had ended the first", async () => {
    await live("pppnn.p");
    const { before, after } = await uphold(4);
    expect([before.current, after.current]).toEqual([1, 1]);
    const again = await uphold(5);
    expect([again.after.current, again.after.freezes.held]).toEqual([6, 0]);
  });

  it("changes nothing the second time, nor where the day counts already", async () => {
    await live("pppnpp");
    const first = await uphold(4);
    const second = await uphold(4);
    expect(second.after).toEqual(first.after);
    expect(second.freezeReturned).toBe(false);
    await uphold(3);
    expect((await store.ledger(tenant, member)).filter(({ at }) => at !== undefined)).toEqual([
      { date: june(4), kind: "pass", at: now },
    ]);
  });

  it("counts for the team's round as well", async () => {
    await live("pn");
    await uphold(2);
    const [newest] = await store.participation(tenant, channel, 1);
    expect(newest?.members).toEqual([{ member, passed: true, best: 20 }]);
  });
});
