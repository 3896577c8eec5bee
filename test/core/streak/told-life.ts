import type { StreakInput } from "#core/streak/day-reasons";
import type { HeldRound } from "#core/streak/held-round";
import { homesOf } from "#core/streak/homes";
import { type StudyDay, strongerDay } from "#core/streak/ledger";
import { channels, dayDate, type Life, type LifeRound } from "./life.ts";

/** Whether the rounds of one channel end one another as a store has it: each at the latest as the next one opens. */
const heldAs = (round: LifeRound, rounds: readonly LifeRound[]): HeldRound => {
  const { opensAt, closesAt } = round;
  const next = rounds
    .filter((other) => other.channel === round.channel && other.opensAt > opensAt)
    .map((other) => other.opensAt);
  const end = Math.min(round.ended ?? Infinity, ...next);
  return { date: dayDate(round.day), opensAt, closesAt, closedAt: end < closesAt ? end : null };
};

/** What a store would give of a life, without one. */
export const factsOf = (life: Life): StreakInput => {
  const choices = [
    ...life.pauses.map(({ from, to, at }) => ({
      kind: "pause" as const,
      from: dayDate(from),
      to: to === null ? null : dayDate(to),
      at,
    })),
    ...life.moves.map(({ channel, at }) => ({ kind: "home" as const, channel, at })),
  ];
  const [first] = life.answers.toSorted((one, other) => one.sentAt - other.sentAt);
  const homes = homesOf(first?.channel ?? channels[0], choices);
  const rows: StudyDay[] = [
    ...life.answers.flatMap(({ day, passes }) =>
      passes === true ? [{ date: dayDate(day), kind: "pass" as const }] : [],
    ),
    ...life.makeUps.map(({ day, at }) => ({ date: dayDate(day), kind: "madeup" as const, at })),
    ...life.appeals.map(({ day, at }) => ({ date: dayDate(day), kind: "pass" as const, at })),
  ];
  const ledger = [...Map.groupBy(rows, ({ date }) => date).values()].map((same) => same.reduce(strongerDay));
  const answered = [...Map.groupBy(life.answers, ({ day }) => day)].map(([day, same]) => ({
    date: dayDate(day),
    pending: same.some(({ passes }) => passes === null),
  }));
  const rounds = life.rounds
    .filter(({ channel, opensAt }) =>
      homes.some((home) => home.channel === channel && home.from <= opensAt && opensAt < home.until),
    )
    .map((round) => {
      const excused = life.excused.find(({ channel, day }) => channel === round.channel && day === round.day);
      const held = heldAs(round, life.rounds);
      return excused === undefined ? held : { ...held, excusedAt: excused.at };
    });
  return { ledger, rounds, answered, choices, now: life.now };
};
