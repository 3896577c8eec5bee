import type { Instant, StudyDate } from "#core/ids";
import type { Question } from "#core/pack/question";
import { Refusal, type Sentence } from "#core/refusal";
import type { Request } from "#core/request";
import { studyDateAt, type Zone } from "#core/round/calendar";
import { roundIdOf } from "#core/round/opening";
import type { PassingReason } from "#core/round/passing";
import type { Round } from "#core/round/round";
import { reasonsAgainst, type Sent, submitAnswer } from "#core/round/submission";
import type { GradeResult } from "#core/scoring/grader";
import type { Services } from "#core/services";
import type { DayReason } from "./day-reasons.ts";
import { decidingRounds } from "./held-round.ts";
import { homeAt } from "./homes.ts";
import { MAKE_UP_EVERY_MS, madeUpUntil, roundsAfter } from "./make-up.ts";
import { type MemberFacts, memberFacts } from "./standing.ts";
import { type Streak, streakOf } from "./streak.ts";

/** How long after its deadline a make-up may still be sent whose form was opened before. */
const FORM_GRACE_MS = 10 * 60_000;

const missed: readonly DayReason[] = ["no-answer", "not-passed", "freeze"];

/** A missed day that can be made up now. */
export interface MakeUp {
  readonly date: StudyDate;
  readonly round: Round;
  readonly question: Question;
  /** The last instant for it; null while the second round after the miss has not come. */
  readonly until: Instant | null;
  /** Whether one of the rounds after it has been passed already, as it must be. */
  readonly isComplete: boolean;
  /** Until when the round can be answered that is open now and would complete it; null where none is needed or open. */
  readonly todayUntil: Instant | null;
}

/** When the member last made a day up that counts; null where it is too long ago to matter. */
const lastMakeUpAt = ({ ledger }: MemberFacts, { days }: Streak, now: Instant): Instant | null => {
  const counted = new Set(days.flatMap(({ date, reason }) => (reason === "madeup" ? [date] : [])));
  const latest = ledger
    .filter(({ date, kind }) => kind === "madeup" && counted.has(date))
    .reduce((last, { at = 0 }) => Math.max(last, at), 0);
  return latest === 0 || now - latest >= MAKE_UP_EVERY_MS ? null : latest;
};

/** The date of the missed day that can be made up: of two the older one, whose time runs out first; else why not. */
function missedDate(
  facts: MemberFacts,
  { sentAt }: Request,
  opened: Instant | undefined,
  zone: Zone,
): StudyDate | Sentence {
  // The same answer delivered again: it has made its day up already.
  const before = facts.ledger.find(({ kind, at }) => kind === "madeup" && at === sentAt);
  if (before !== undefined) return before.date;
  const streak = streakOf(facts);
  const deciding = decidingRounds(facts.rounds);
  const isInTime = (until: Instant | null): boolean =>
    until === null ||
    sentAt <= until ||
    (opened !== undefined && opened <= until && sentAt <= until + FORM_GRACE_MS);
  const day = streak.days.find(
    ({ date, reason }) => missed.includes(reason) && isInTime(madeUpUntil(date, deciding)),
  );
  if (day === undefined) return (say) => say.streak.nothingToMakeUp;
  const last = lastMakeUpAt(facts, streak, sentAt);
  if (last === null) return day.date;
  const again = studyDateAt(last + MAKE_UP_EVERY_MS, zone);
  return (say) => say.streak.madeUpLately(again);
}

async function lookForMakeUp(
  request: Request,
  opened: Instant | undefined,
  { store, library, zone }: Services,
): Promise<MakeUp | Sentence> {
  const { tenant, sentAt } = request;
  const facts = await memberFacts(request, request.channel, sentAt, store);
  const date = missedDate(facts, request, opened, zone);
  if (typeof date === "function") return date;
  const deciding = decidingRounds(facts.rounds);
  const opensAt = deciding.get(date)?.opensAt ?? sentAt;
  const round = await store.round(tenant, roundIdOf(homeAt(facts.homes, opensAt), date));
  const question = round === null ? undefined : library.question(round.question);
  if (round === null || question === undefined) return (say) => say.streak.nothingToMakeUp;
  const next = roundsAfter(date, deciding);
  const passed = new Set(facts.ledger.flatMap((day) => (day.kind === "pass" ? [day.date] : [])));
  const open = next.find((one) => !passed.has(one.date) && sentAt <= one.closesAt);
  const isComplete = next.some((one) => passed.has(one.date));
  return {
    date,
    round,
    question,
    until: madeUpUntil(date, deciding),
    isComplete,
    todayUntil: isComplete ? null : (open?.closesAt ?? null),
  };
}

/** The missed day that a member can make up now; null where there is none. */
export async function makeUpFound(request: Request, services: Services): Promise<MakeUp | null> {
  const found = await lookForMakeUp(request, undefined, services);
  return typeof found === "function" ? null : found;
}

/**
 * The missed day that a member can make up, with its question.
 *
 * @param opened when the member had the form before them; one opened in time may be sent a little later
 * @throws Refusal where there is none, or one was made up in the last 30 days
 */
export async function findMakeUp(
  request: Request,
  opened: Instant | undefined,
  services: Services,
): Promise<MakeUp> {
  const found = await lookForMakeUp(request, opened, services);
  if (typeof found === "function") throw new Refusal(found);
  return found;
}

/** What came of an answer that was to make a day up. */
export interface MadeUp {
  readonly makeUp: MakeUp;
  readonly text: string;
  /** Null where it could not be graded. */
  readonly result: GradeResult | null;
  /** Why it does not make the day up; empty where it does. */
  readonly reasons: readonly PassingReason[];
}

/**
 * Takes an answer to a missed question: graded and kept as practice, without points. Where it passes, the day is
 * written down as made up, and counts once one of the two rounds after it is passed as well.
 *
 * @throws Refusal as `findMakeUp`, and where the answer cannot be read
 */
export async function makeUp({ text, opened }: Sent, request: Request, services: Services): Promise<MadeUp> {
  const found = await findMakeUp(request, opened, services);
  const { question, round, date } = found;
  const { recorded, result } = await submitAnswer({ text }, question, null, request, services);
  const reasons = await reasonsAgainst(text, result, round, question, request, services);
  const { tenant, member, sentAt } = request;
  if (result !== null && reasons.length === 0)
    await services.store.credit(tenant, member, { date, kind: "madeup", at: sentAt });
  return { makeUp: found, text: recorded.attempt.text, result, reasons };
}
