import fc from "fast-check";
import { type ChannelId, channelIdSchema, type Instant, type StudyDate, studyDateSchema } from "#core/ids";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 2026-06-01T00:00Z; sixty days from here on cross the end of a quarter. */
const START = Date.UTC(2026, 5, 1);
export const DAYS = 60;

/** Two channels of a team. */
export const channels: readonly [ChannelId, ChannelId] = [
  channelIdSchema.parse("here"),
  channelIdSchema.parse("there"),
];

/** The date of a day, counted from 1 June 2026. */
export const dayDate = (day: number): StudyDate =>
  studyDateSchema.parse(new Date(START + day * DAY_MS).toISOString().slice(0, 10));
export const dayStart = (day: number): Instant => START + day * DAY_MS;

/** A question that was posted: its date is the channel's, whatever zone and time it had then. */
export interface LifeRound {
  readonly channel: ChannelId;
  readonly day: number;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** When somebody closed it early. */
  readonly ended: Instant | null;
}

/** An answer in time: `null` has no result yet. */
export interface LifeAnswer {
  readonly channel: ChannelId;
  readonly day: number;
  readonly sentAt: Instant;
  readonly passes: boolean | null;
}

/** All that happened to one member, in no order. */
export interface Life {
  readonly rounds: readonly LifeRound[];
  readonly answers: readonly LifeAnswer[];
  readonly pauses: readonly { readonly from: number; readonly to: number | null; readonly at: Instant }[];
  readonly moves: readonly { readonly channel: ChannelId; readonly at: Instant }[];
  readonly excused: readonly {
    readonly channel: ChannelId;
    readonly day: number;
    readonly at: Instant;
  }[];
  readonly makeUps: readonly { readonly day: number; readonly at: Instant }[];
  readonly appeals: readonly { readonly day: number; readonly at: Instant }[];
  readonly now: Instant;
}

const anyDay = fc.integer({ min: 0, max: DAYS - 1 });
const anyChannel = fc.constantFrom(...channels);
/** Mostly the first channel, which is then the home. */
const mostlyHere = fc.oneof(
  { weight: 5, arbitrary: fc.constant(channels[0]) },
  { weight: 1, arbitrary: anyChannel },
);
const anyInstant = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 24 * 60 }))
  .map(([day, minute]) => dayStart(day) + minute * 60_000);

const anyRound: fc.Arbitrary<LifeRound> = fc
  .record({
    channel: mostlyHere,
    day: anyDay,
    // Another zone or time moves the opening against the date.
    hour: fc.oneof({ weight: 6, arbitrary: fc.constant(9) }, fc.integer({ min: -11, max: 23 })),
    hours: fc.oneof({ weight: 6, arbitrary: fc.constant(24) }, fc.constantFrom(7, 8, 11, 12, 20)),
    endedAfter: fc.option(fc.integer({ min: 0, max: 23 }), { freq: 12 }),
  })
  .map(({ channel, day, hour, hours, endedAfter }) => {
    const opensAt = dayStart(day) + hour * HOUR_MS;
    return {
      channel,
      day,
      opensAt,
      closesAt: opensAt + hours * HOUR_MS,
      ended: endedAfter === null || endedAfter >= hours ? null : opensAt + endedAfter * HOUR_MS,
    };
  });

/** Rows of days that were answered alike, so that streaks become long enough to earn something. */
const answerRuns = fc
  .array(
    fc.record({
      from: anyDay,
      length: fc.integer({ min: 1, max: 14 }),
      channel: mostlyHere,
      passes: fc.oneof(
        { weight: 8, arbitrary: fc.constant(true) },
        { weight: 2, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((runs) =>
    runs.flatMap(({ from, length, ...answer }) =>
      Array.from({ length }, (_, at) => ({ ...answer, day: from + at })).filter(({ day }) => day < DAYS),
    ),
  );

const near = (day: number, hours: number): Instant => dayStart(day) + hours * HOUR_MS;

const decisions = fc.array(
  fc.record({ day: anyDay, after: fc.integer({ min: 0, max: 120 }) }).map(({ day, after }) => ({
    day,
    at: near(day, after),
  })),
  { maxLength: 4 },
);

/** A question each day at nine in the first channel, but for days off, and rounds that were otherwise. */
const someRounds: fc.Arbitrary<readonly LifeRound[]> = fc
  .record({
    off: fc.uniqueArray(anyDay, { maxLength: 24 }),
    others: fc.array(anyRound, { maxLength: 20 }),
  })
  .map(({ off, others }) => {
    const usual = Array.from({ length: DAYS }, (_, day): LifeRound => {
      const opensAt = dayStart(day) + 9 * HOUR_MS;
      return { channel: channels[0], day, opensAt, closesAt: opensAt + DAY_MS, ended: null };
    }).filter(({ day }) => !off.includes(day));
    const byDate = new Map([...usual, ...others].map((round) => [`${round.channel}/${round.day}`, round]));
    return [...byDate.values()];
  });

const inHalfAnHour = (round: LifeRound): Instant => round.opensAt + HOUR_MS / 2;

/** Two months of a member of a team: rounds of any length, answers, pauses, repairs, decisions of others. */
export const anyLife: fc.Arbitrary<Life> = fc
  .record({
    rounds: someRounds,
    answered: answerRuns,
    pauses: fc.array(
      fc.record({
        from: anyDay,
        to: fc.option(fc.integer({ min: 0, max: 24 }), { freq: 6 }),
        at: anyInstant,
      }),
      { maxLength: 3 },
    ),
    moves: fc.array(fc.record({ channel: anyChannel, at: anyInstant }), { maxLength: 2 }),
    excused: fc.uniqueArray(
      fc.record({ channel: mostlyHere, day: anyDay, after: fc.integer({ min: 0, max: 120 }) }),
      { selector: ({ channel, day }) => `${channel}/${day}`, maxLength: 4 },
    ),
    makeUps: decisions,
    appeals: decisions,
    now: fc.oneof(fc.constant(dayStart(DAYS + 3)), anyInstant),
  })
  .map(({ answered, excused, pauses, ...life }) => ({
    ...life,
    pauses: pauses.map(({ from, to, at }) => ({ from, to: to === null ? null : from + to, at })),
    excused: excused.map(({ after, ...one }) => ({ ...one, at: near(one.day, after) })),
    // A round takes three answers.
    answers: [...Map.groupBy(answered, ({ channel, day }) => `${channel}/${day}`).values()].flatMap((same) =>
      same.slice(0, 3).flatMap((answer) => {
        const round = life.rounds.find(
          ({ channel, day }) => channel === answer.channel && day === answer.day,
        );
        return round === undefined ? [] : [{ ...answer, sentAt: inHalfAnHour(round) }];
      }),
    ),
  }));
