import type { Instant, MemberId } from "#core/ids";
import type { Question } from "#core/pack/question";
import type { BankQuestion } from "#core/round/difficulty";
import type { Interview } from "./interview.ts";
import { REST_MS } from "./limits.ts";

/** What is known outside an interview, read before each step of it. */
export interface Facts {
  readonly now: Instant;
  /** The questions that may be asked, of the interview's topic, in pack order; none that is open somewhere. */
  readonly bank: readonly BankQuestion[];
  /** When whoever is asked next answered each question last: member → question → instant. */
  readonly answeredAt: ReadonlyMap<MemberId, ReadonlyMap<string, Instant>>;
  /** A question by its id; undefined where it was withdrawn. */
  readonly question: (id: string) => Question | undefined;
}

export interface ChosenQuestion {
  readonly question: string;
  /** Whether the candidate answered it lately. */
  readonly isRepeated: boolean;
}

/**
 * The question for a candidate: none that came in this interview, none that they answered in the last 30 days; of the
 * rest a topic that came seldom, then the difficulty that everybody gets in that round of the interview, then what they
 * answered longest ago, then in pack order. Only where nothing else is left one that they answered lately.
 *
 * @returns null where every question has come
 */
export function questionFor(candidate: MemberId, interview: Interview, facts: Facts): ChosenQuestion | null {
  const { bank, answeredAt, now } = facts;
  const used = new Set([...interview.turns.map(({ question }) => question), ...interview.skipped]);
  const left = bank.filter(({ id }) => !used.has(id));
  const answered = answeredAt.get(candidate);
  // Whoever forgets to read it would ask people what they have just answered.
  if (answered === undefined) throw new Error(`it was not read what ${candidate} answered`);
  const at = ({ id }: BankQuestion): Instant => answered.get(id) ?? 0;
  const fresh = left.filter((question) => now - at(question) >= REST_MS);
  if (fresh.length === 0) {
    const [longestAgo] = left.toSorted((one, other) => at(one) - at(other));
    return longestAgo === undefined ? null : { question: longestAgo.id, isRepeated: true };
  }
  // Everybody's first question is of the same difficulty, so that nobody meets the hard ones alone.
  const round = interview.turns.filter((turn) => turn.candidate === candidate).length;
  const aim = Math.min(3, 2 + (round % 2));
  const topics = interview.turns.map(({ question }) => bank.find(({ id }) => id === question)?.topic);
  const came = ({ topic }: BankQuestion): number => topics.filter((other) => other === topic).length;
  const [best] = fresh.toSorted(
    (one, other) =>
      came(one) - came(other) ||
      Math.abs(one.difficulty - aim) - Math.abs(other.difficulty - aim) ||
      at(one) - at(other),
  );
  return best === undefined ? null : { question: best.id, isRepeated: false };
}
