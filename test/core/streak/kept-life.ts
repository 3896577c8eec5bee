import { type MemberId, memberIdSchema, submissionIdSchema, type TenantId } from "#core/ids";
import type { Store } from "#core/ports";
import { roundIdOf } from "#core/round/opening";
import { memberFacts } from "#core/streak/standing";
import { type Streak, streakOf } from "#core/streak/streak";
import { resultOf } from "#test/contracts/store-samples";
import { channels, dayDate, type Life, type LifeRound } from "./life.ts";

/** One thing that is told to the store; telling it again changes nothing. */
export type Telling = (store: Store) => Promise<unknown>;

const member: MemberId = memberIdSchema.parse("mei");

/** The openings and early ends of rounds, in the order in which they happened. */
export const roundTellings = (life: Life, tenant: TenantId): Telling[] => {
  const open = ({ channel, day, opensAt, closesAt }: LifeRound): Telling => {
    const date = dayDate(day);
    const id = roundIdOf(channel, date);
    return (store) =>
      store.openRound({ id, tenant, channel, date, question: "q5-oom", opensAt, closesAt, closedAt: null });
  };
  return life.rounds
    .flatMap((round) => {
      const id = roundIdOf(round.channel, dayDate(round.day));
      const { ended } = round;
      const opening = { at: round.opensAt, tell: open(round) };
      if (ended === null) return [opening];
      return [opening, { at: ended, tell: (store: Store) => store.closeRound(tenant, id, ended) }];
    })
    .toSorted((one, other) => one.at - other.at)
    .map(({ tell }) => tell);
};

/** Everything else, in no order; an answer without a result once more with it where `graded` says so. */
export const memberTellings = (life: Life, tenant: TenantId): Telling[] => [
  ...life.answers.flatMap(({ channel, day, sentAt, passes }, at) => {
    const date = dayDate(day);
    const attempt = {
      tenant,
      member,
      round: roundIdOf(channel, date),
      question: "q5-oom",
      submission: submissionIdSchema.parse(`answer-${day}-${channel}-${at}`),
      sentAt,
      text: "checkpointing",
    };
    const ungraded: Telling = (store) => store.recordAttempt({ ...attempt, result: null, credit: null });
    if (passes === null) return [ungraded];
    const graded: Telling = (store) =>
      store.recordAttempt({
        ...attempt,
        result: resultOf(passes ? 60 : 10),
        credit: passes ? date : null,
      });
    // Every third one came without its result at first.
    return at % 3 === 0 ? [ungraded, graded] : [graded];
  }),
  ...life.pauses.map(({ from, to, at }): Telling => {
    const pause = { kind: "pause" as const, from: dayDate(from), to: to === null ? null : dayDate(to), at };
    return (store) => store.keepChoice(tenant, member, pause);
  }),
  ...life.moves.map(
    ({ channel, at }): Telling =>
      (store) =>
        store.keepChoice(tenant, member, { kind: "home", channel, at }),
  ),
  ...life.excused.map(({ channel, day, at }): Telling => {
    const excusal = { date: dayDate(day), by: memberIdSchema.parse("admin"), at };
    return (store) => store.excuse(tenant, channel, excusal);
  }),
  ...life.makeUps.map(
    ({ day, at }): Telling =>
      (store) =>
        store.credit(tenant, member, { date: dayDate(day), kind: "madeup", at }),
  ),
  ...life.appeals.map(
    ({ day, at }): Telling =>
      (store) =>
        store.credit(tenant, member, { date: dayDate(day), kind: "pass", at }),
  ),
];

/** The member's streak as the product works it out from the store. */
export const keptStreak = async (store: Store, tenant: TenantId, now: number): Promise<Streak> =>
  streakOf(await memberFacts({ tenant, member }, channels[0], now, store));
