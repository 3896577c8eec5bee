import fc from "fast-check";
import { type TenantId, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import type { Streak } from "#core/streak/streak";
import { keptStreak, memberTellings, roundTellings, type Telling } from "./kept-life.ts";
import type { Life } from "./life.ts";
import type { SlowStreak } from "./slow-streak.ts";

/** Everything in some order, and much of it twice. */
const shuffled = (others: readonly Telling[], places: readonly number[]): Telling[] => {
  const all: Telling[] = [];
  for (const [at, tell] of [...others, ...others].entries()) {
    const place = places[at % places.length] ?? 0;
    if (at < others.length || place % 3 === 0) all.splice(place % (all.length + 1), 0, tell);
  }
  return all;
};

/** Where each telling goes: any order, and which of them come twice. */
export const somePlaces = fc.array(fc.nat(1_000), { minLength: 20, maxLength: 60 });

let tenants = 0;
const newTenant = (): TenantId => {
  tenants += 1;
  return tenantIdSchema.parse(`life-${tenants}`);
};

/** A member's streak after their life was told to a store in some order, all of it at once, as by many processes. */
export const streakAfterTelling = async (
  store: Store,
  life: Life,
  places: readonly number[],
): Promise<SlowStreak> => {
  const tenant = newTenant();
  // A round is opened before anybody can answer it, and rounds are posted one after the other.
  const tellings = [...roundTellings(life, tenant), ...shuffled(memberTellings(life, tenant), places)];
  await Promise.all(tellings.map((tell) => tell(store)));
  return inShort(await keptStreak(store, tenant, life.now));
};

const inShort = ({ current, longest, freezes, days }: Streak): SlowStreak => ({
  current,
  longest,
  held: freezes.held,
  days: Object.fromEntries(days.map(({ date, reason }) => [date, reason])),
});
