import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TenantId, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import type { Streak } from "#core/streak/streak";
import { openSqliteStore } from "#src/store/sqlite/store";
import { keptStreak, memberTellings, roundTellings, type Telling } from "./kept-life.ts";
import { anyLife, type Life } from "./life.ts";
import { type SlowStreak, slowStreak } from "./slow-streak.ts";

let store: Store;
let tenants = 0;
beforeAll(async () => {
  store = await openSqliteStore({ file: ":memory:" });
});
afterAll(() => store.close());

/** A tenant that nothing was told of yet. */
const newTenant = (): TenantId => {
  tenants += 1;
  return tenantIdSchema.parse(`team-${tenants}`);
};

const told = async (tellings: readonly Telling[]): Promise<void> => {
  // At once, as from several processes; those for rounds keep their order.
  await Promise.all(tellings.map((tell) => tell(store)));
};

const inShort = ({ current, longest, freezes, days }: Streak): SlowStreak => ({
  current,
  longest,
  held: freezes.held,
  days: Object.fromEntries(days.map(({ date, reason }) => [date, reason])),
});

/** Rounds in order, everything else anywhere among them, and much of it twice. */
const merged = (
  rounds: readonly Telling[],
  others: readonly Telling[],
  places: readonly number[],
): Telling[] => {
  const all = [...rounds];
  for (const [at, tell] of [...others, ...others].entries()) {
    const place = places[at % places.length] ?? 0;
    if (at < others.length || place % 3 === 0) all.splice(place % (all.length + 1), 0, tell);
  }
  return all;
};

const keptInOrder = async (life: Life, places: readonly number[]): Promise<Streak> => {
  const tenant = newTenant();
  await told(merged(roundTellings(life, tenant), memberTellings(life, tenant), places));
  return keptStreak(store, tenant, life.now);
};

const somePlaces = fc.array(fc.nat(1_000), { minLength: 20, maxLength: 60 });

describe("The streak of a life told to the store in any order, in part twice", () => {
  it("is what the rules say in slow motion: count, longest run, freezes and the reason of every day", async () => {
    await fc.assert(
      fc.asyncProperty(anyLife, somePlaces, async (life, places) => {
        expect(inShort(await keptInOrder(life, places))).toEqual(slowStreak(life));
      }),
      { numRuns: 200 },
    );
  });
});
