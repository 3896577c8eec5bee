import fc from "fast-check";
import { type Instant, type StudyDate, studyDateSchema } from "#core/ids";
import type { StreakInput } from "#core/streak/day-reasons";
import type { HeldRound } from "#core/streak/held-round";
import { earnedKindSchema } from "#core/streak/ledger";

export const HOUR_MS = 3_600_000;

export const june = (day: number): StudyDate =>
  studyDateSchema.parse(`2026-06-${String(day).padStart(2, "0")}`);

/** 09:00 UTC on a day of June. */
export const opening = (day: number): Instant => Date.parse(`${june(day)}T09:00:00Z`);

/** A round of a day of June that is open for 24 h, or closed after `openHours`. */
export const heldOn = (day: number, openHours?: number): HeldRound => ({
  date: june(day),
  opensAt: opening(day),
  closesAt: opening(day) + 24 * HOUR_MS,
  closedAt: openHours === undefined ? null : opening(day) + openHours * HOUR_MS,
});

/** A round of a day of June that was announced to be open for `hours`. */
export const plannedOn = (day: number, hours: number): HeldRound => ({
  ...heldOn(day),
  closesAt: opening(day) + hours * HOUR_MS,
});

const anyDay = fc.integer({ min: 1, max: 20 });

const anyRound: fc.Arbitrary<HeldRound> = fc.oneof(
  { weight: 4, arbitrary: anyDay.map((day) => heldOn(day)) },
  fc.tuple(anyDay, fc.integer({ min: 1, max: 30 })).map(([day, hours]) => heldOn(day, hours)),
  fc.tuple(anyDay, fc.integer({ min: 1, max: 24 })).map(([day, hours]) => plannedOn(day, hours)),
);

/** Three weeks of a member: rounds of any length and gaps, a ledger of both kinds, answers with and without results. */
export const anyHistory: fc.Arbitrary<StreakInput> = fc.record({
  ledger: fc.uniqueArray(
    fc.record(
      {
        date: anyDay.map(june),
        kind: fc.constantFrom(...earnedKindSchema.options),
        at: fc.integer({ min: opening(1), max: opening(28) }),
      },
      { requiredKeys: ["date", "kind"] },
    ),
    {
      selector: ({ date }) => date,
      maxLength: 16,
    },
  ),
  rounds: fc.array(anyRound, { maxLength: 24 }),
  answered: fc.uniqueArray(fc.record({ date: anyDay.map(june), pending: fc.boolean() }), {
    selector: ({ date }) => date,
    maxLength: 6,
  }),
  choices: fc.constant([]),
  now: fc.oneof(
    fc.integer({ min: opening(1), max: opening(22) }),
    anyDay.map((day) => opening(day) + 24 * HOUR_MS + HOUR_MS / 6),
  ),
});
