import type { DayReason } from "#core/streak/day-reasons";
import { channels, DAYS, dayDate, dayStart, type Life, type LifeRound } from "./life.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the rules make of a life, day by day. */
export interface SlowStreak {
  readonly current: number;
  readonly longest: number;
  readonly held: number;
  readonly days: Readonly<Record<string, DayReason>>;
}

/** The home channel at an instant: the first answered in, then where the member moved, at most once in 30 days. */
const homeWhen = (life: Life, at: number): string => {
  const first = life.answers.toSorted(
    (one, two) => one.sentAt - two.sentAt || one.day - two.day || (one.channel < two.channel ? -1 : 1),
  )[0];
  let home: string = first?.channel ?? channels[0];
  let moved = -Infinity;
  for (const move of life.moves.toSorted((one, two) => one.at - two.at)) {
    if (move.at > at) break;
    // Of two at once the one whose channel is greater stands.
    if (life.moves.some((other) => other.at === move.at && other.channel > move.channel)) continue;
    if (move.channel !== home && move.at >= moved + 30 * DAY) [home, moved] = [move.channel, move.at];
  }
  return home;
};

const endOf = (life: Life, round: LifeRound): number => {
  const next = life.rounds
    .filter(({ channel, opensAt }) => channel === round.channel && opensAt > round.opensAt)
    .map(({ opensAt }) => opensAt);
  return Math.min(round.closesAt, round.ended ?? Infinity, ...next);
};

const graceOf = (life: Life, round: LifeRound): number => {
  const end = endOf(life, round);
  return end === round.closesAt && round.closesAt - round.opensAt < 12 * HOUR ? 2 * HOUR : HOUR / 6;
};

const mustBeAnswered = (life: Life, round: LifeRound): boolean =>
  endOf(life, round) === round.closesAt && round.closesAt - round.opensAt >= 8 * HOUR;

const excusedWhen = (life: Life, round: LifeRound): number =>
  life.excused.find(({ channel, day }) => channel === round.channel && day === round.day)?.at ?? Infinity;

/** The round that decides a day: of two at home on one date the one that closes last, in doubt the milder. */
const roundOfDay = (life: Life, day: number): LifeRound | undefined =>
  life.rounds
    .filter((round) => round.day === day && homeWhen(life, round.opensAt) === round.channel)
    .toSorted(
      (one, two) =>
        endOf(life, two) - endOf(life, one) ||
        Number(mustBeAnswered(life, one)) - Number(mustBeAnswered(life, two)) ||
        Math.sign(excusedWhen(life, one) - excusedWhen(life, two) || 0),
    )[0];

/** The days that are paused: each pause as a whole or not at all, so that no quarter has more than 21 of them. */
const pausedDays = (life: Life): Set<number> => {
  const last = new Map<number, Life["pauses"][number]>();
  for (const pause of life.pauses) {
    const known = last.get(pause.from);
    const isLater =
      known === undefined ||
      pause.at > known.at ||
      (pause.at === known.at && textOf(pause.to) >= textOf(known.to));
    if (isLater) last.set(pause.from, pause);
  }
  const taken = new Set<number>();
  for (const { from, to } of [...last.values()].toSorted(
    (one, two) => one.at - two.at || one.from - two.from,
  )) {
    const wanted = to === null ? [] : Array.from({ length: to - from + 1 }, (_, at) => from + at);
    const all = new Set([...taken, ...wanted]);
    const quarter = (day: number): string => {
      const date = new Date(dayStart(day));
      return `${date.getUTCFullYear()}/${Math.floor(date.getUTCMonth() / 3)}`;
    };
    const fits = [...all].every(
      (day) => [...all].filter((other) => quarter(other) === quarter(day)).length <= 21,
    );
    if (fits) for (const day of wanted) taken.add(day);
  }
  return taken;
};
/** As the pause's last date stands in its text. */
const textOf = (to: number | null): string => (to === null ? "null" : `"${dayDate(to)}"`);

const passed = (life: Life, day: number): boolean =>
  life.answers.some((answer) => answer.day === day && answer.passes === true);
const upheld = (life: Life, day: number): boolean => life.appeals.some((appeal) => appeal.day === day);
const isWaiting = (life: Life, day: number): boolean =>
  life.answers.some((answer) => answer.day === day && answer.passes === null);

/** What was looked up of a life once, by day. */
interface Looked {
  readonly life: Life;
  readonly rounds: readonly (LifeRound | undefined)[];
  readonly paused: ReadonlySet<number>;
  /** What became of days made up: with appeals heard, and without. */
  readonly repairs: Readonly<Record<"late" | "inTime", ReadonlyMap<number, "counts" | "waits">>>;
  /** The first day on which the member did or earned anything. */
  readonly begun: number;
}

/** What became of the days that were made up: one in any 30 days, in the order in which they were completed. */
const madeUp = ({ life, rounds }: Pick<Looked, "life" | "rounds">): Looked["repairs"] => {
  const first = new Map<number, number>();
  for (const { day, at } of life.makeUps) first.set(day, Math.min(at, first.get(day) ?? Infinity));
  // A row that stands as passed is no repair any more.
  const rows = [...first]
    .filter(([day]) => !passed(life, day) && !upheld(life, day))
    .map(([day, at]) => ({ day, at, next: twoAfter(life, rounds, day) }));
  const inTime = (day: number): boolean => passed(life, day);
  const whenUpheld = (day: number): number =>
    Math.min(...life.appeals.filter((appeal) => appeal.day === day).map(({ at }) => at));
  const completed = ({ next }: { readonly next: readonly number[] }): number =>
    next.some((day) => inTime(day) || isWaiting(life, day)) ? 0 : Math.min(...next.map(whenUpheld));
  const chosen: typeof rows = [];
  for (const row of rows.toSorted(
    (one, two) => completed(one) - completed(two) || one.at - two.at || one.day - two.day,
  ))
    if (completed(row) < Infinity && chosen.every(({ at }) => Math.abs(at - row.at) >= 30 * DAY))
      chosen.push(row);
  const standing = (some: typeof rows, isPassed: (day: number) => boolean): Map<number, "counts" | "waits"> =>
    new Map(some.map(({ day, next }) => [day, next.some(isPassed) ? "counts" : "waits"]));
  return {
    inTime: standing(
      chosen.filter((row) => completed(row) === 0),
      inTime,
    ),
    late: standing(chosen, (day) => inTime(day) || upheld(life, day)),
  };
};

const twoAfter = (life: Life, rounds: Looked["rounds"], day: number): number[] =>
  everyDay
    .filter((later) => later > day)
    .filter((later) => {
      const round = rounds[later];
      return round !== undefined && mustBeAnswered(life, round);
    })
    .slice(0, 2);

const everyDay = Array.from({ length: DAYS }, (_, day) => day);

const lookAt = (life: Life): Looked => {
  const rounds = everyDay.map((day) => roundOfDay(life, day));
  const repairs = madeUp({ life, rounds });
  const begun = everyDay.find(
    (day) => upheld(life, day) || repairs.late.has(day) || life.answers.some((answer) => answer.day === day),
  );
  return { life, rounds, paused: pausedDays(life), repairs, begun: begun ?? Infinity };
};

const reasonOf = (looked: Looked, day: number, when: "late" | "inTime"): DayReason | null => {
  const { life, rounds, paused, repairs, begun } = looked;
  const round = rounds[day];
  const isAnything =
    round !== undefined ||
    upheld(life, day) ||
    repairs.late.has(day) ||
    isWaiting(life, day) ||
    passed(life, day);
  if (!isAnything) return null;
  if (passed(life, day)) return "pass";
  if (when === "late" && upheld(life, day)) return "upheld";
  if (isWaiting(life, day)) return "pending";
  if (repairs[when].get(day) === "counts") return "madeup";
  if (repairs[when].get(day) === "waits") return "pending";
  const over = round === undefined ? 0 : endOf(life, round) + graceOf(life, round);
  if (round !== undefined && excusedWhen(life, round) < Infinity)
    if (when === "late" || excusedWhen(life, round) <= over) return "excused";
  if (paused.has(day)) return "paused";
  if (round !== undefined && life.now <= endOf(life, round)) return "open";
  if (round !== undefined && life.now <= over) return "closing";
  if (day < begun) return "before-start";
  if (round === undefined || !mustBeAnswered(life, round)) return "short-round";
  return life.answers.some((answer) => answer.day === day) ? "not-passed" : "no-answer";
};

/** p earns towards a freeze and counts, a counts, k keeps, m is missed, f is missed and covered. */
const letterOf: Readonly<Record<DayReason, string>> = {
  pass: "p",
  upheld: "p",
  madeup: "a",
  freeze: "f",
  paused: "k",
  excused: "k",
  pending: "k",
  open: "k",
  closing: "k",
  "no-answer": "m",
  "not-passed": "m",
  "short-round": "k",
  "before-start": "k",
};

/** Freezes after such days: one to begin with, one for seven passes since the last, two at most; below 0 is overspent. */
const freezesAfter = (letters: string): number => {
  let [held, passes] = [1, 0];
  for (const letter of letters) {
    if (letter === "f") held -= 1;
    if (held < 0) return held;
    if (letter === "p") passes += 1;
    if (letter === "p" && passes >= 7 && held < 2) [held, passes] = [held + 1, 0];
  }
  return held;
};

/** Day after day: a gap is covered as a whole, where the freezes are there when it comes and a streak is to be saved. */
const coverAsTimeGoesBy = (letters: string): string =>
  (letters.match(/m[mk]*|[^m]+/g) ?? []).reduce((before, stretch) => {
    const misses = stretch.replaceAll(/[^m]/g, "").length;
    const isSaved = /[pa]/.test(before) && misses <= freezesAfter(before);
    return before + (isSaved ? stretch.replaceAll("m", "f") : stretch);
  }, "");

/** Later decisions: covers that are needed no longer come back, then the newest gaps are covered while that is possible. */
const coverAnew = (letters: string, inTime: string): string => {
  let best = [...letters].map((letter, at) => (letter === "m" && inTime[at] === "f" ? "f" : letter)).join("");
  for (let miss = best.lastIndexOf("m"); miss >= 0; miss = best.lastIndexOf("m")) {
    const counted = Math.max(best.lastIndexOf("p", miss), best.lastIndexOf("a", miss));
    const next =
      best.slice(0, counted + 1) +
      best.slice(counted + 1, miss + 1).replaceAll("m", "f") +
      best.slice(miss + 1);
    if (counted < 0 || freezesAfter(next) < 0) break;
    best = next;
  }
  return best;
};

/**
 * The rules of streaks as one would explain them, with no regard for speed, from what happened and not from what a
 * store made of it. Shares no code with the product.
 */
export const slowStreak = (life: Life): SlowStreak => {
  const looked = lookAt(life);
  const days = everyDay.flatMap((day) => {
    const reason = reasonOf(looked, day, "late");
    const inTime = reasonOf(looked, day, "inTime");
    return reason === null || inTime === null ? [] : [{ day, reason, inTime }];
  });
  const inTime = coverAsTimeGoesBy(days.map((day) => letterOf[day.inTime]).join(""));
  const letters = coverAnew(days.map((day) => letterOf[day.reason]).join(""), inTime);
  const runs = letters.split("m").map((run) => run.replaceAll(/[^pa]/g, "").length);
  return {
    current: runs.at(-1) ?? 0,
    longest: Math.max(...runs),
    held: freezesAfter(letters),
    days: Object.fromEntries(
      days.map(({ day, reason }, at) => [dayDate(day), letters[at] === "f" ? "freeze" : reason]),
    ),
  };
};
