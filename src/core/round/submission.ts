import { hintCostOf } from "#core/board/hints";
import type { Instant } from "#core/ids";
import type { Question } from "#core/pack/question";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { tookHint, withHint } from "#core/practice/hints";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import type { Flag, GradeResult } from "#core/scoring/grader";
import type { Services } from "#core/services";
import { inTime } from "./opening.ts";
import { answersToCompare, defaultThresholds, judgePassing, type PassingReason } from "./passing.ts";
import type { AttemptToRecord, Recorded } from "./recording.ts";
import type { Round } from "./round.ts";

/** The most that is read of an answer; a platform's answer form holds as much. */
export const LONGEST_ANSWER = 4000;

/** Such an answer says nothing that could be scored: it is turned back rather than costing an attempt. */
const worthless: readonly Flag[] = ["empty", "too-short"];

export interface Sent {
  readonly text: string;
  /** When the member had the form before them; a form opened in time may be sent a little after the close. */
  readonly opened?: Instant | undefined;
}

export interface Submitted {
  readonly recorded: Extract<Recorded, { outcome: "recorded" }>;
  readonly result: GradeResult | null;
  /** Why the answer does not earn the day; empty where it does, and in practice. */
  readonly reasons: readonly PassingReason[];
}

async function gradeOrNull(
  text: string,
  question: Question,
  request: Request,
  services: Services,
): Promise<GradeResult | null> {
  const rubric = services.library.rubric(question.id);
  if (rubric === undefined) throw new Error(`question ${question.id} has no rubric`);
  try {
    return await services.grader.grade({ answer: text, rubric, locale: request.locale });
  } catch (error) {
    // A fault of ours must never cost a member the day: the answer is kept and waits for its score.
    services.log.error("grading failed", error, { question: question.id, submission: request.submission });
    return null;
  }
}

function refuseUnreadable(text: string): void {
  if (text.trim() === "") throw new Refusal((say) => say.quiz.empty);
  if (text.length > LONGEST_ANSWER) throw new Refusal((say) => say.quiz.tooLong(text.length, LONGEST_ANSWER));
}

/** Of a crowd's answers the last so many are compared with: all of them, for each, would take quadratic time. */
const COMPARED_ANSWERS = 200;

/** Why an answer with that result does not earn the day. */
export async function reasonsAgainst(
  text: string,
  result: GradeResult | null,
  round: Round,
  question: Question,
  { tenant, member }: Pick<Request, "tenant" | "member">,
  { store }: Pick<Services, "store">,
): Promise<readonly PassingReason[]> {
  if (result === null) return [];
  const [latest, own, schedule] = await Promise.all([
    store.textsOfRound(tenant, round.id, COMPARED_ANSWERS),
    store.attempts({ tenant, member, round: round.id, limit: ATTEMPTS_PER_ROUND }),
    store.schedule(tenant, round.channel),
  ]);
  const everybody = [...latest.filter((text) => text.member !== member), ...own];
  return judgePassing(
    {
      text,
      result,
      question: Object.values(question.text),
      sources: [
        ...Object.values(question.modelAnswer),
        ...question.points.flatMap((point) => Object.values(point.statement)),
      ],
      others: answersToCompare(everybody, member),
    },
    { ...defaultThresholds, score: schedule?.passScore ?? defaultThresholds.score },
  ).reasons;
}

async function record(attempt: AttemptToRecord, { store }: Services): Promise<Submitted["recorded"]> {
  const recorded = await store.recordAttempt(attempt);
  if (recorded.outcome === "erased") throw new Refusal((say) => say.data.sentBefore);
  if (recorded.outcome === "no-attempts-left")
    throw new Refusal((say) => say.quiz.noAttempts(ATTEMPTS_PER_ROUND));
  return recorded;
}

/**
 * Takes one answer: grades it, decides whether it earns the day, and records both in one step.
 *
 * @param round the round it answers, or null for practice
 * @throws Refusal where it is empty, too short to score, too long, late, or one too many; nothing is recorded then
 */
export async function submitAnswer(
  { text, opened }: Sent,
  question: Question,
  round: Round | null,
  request: Request,
  services: Services,
): Promise<Submitted> {
  refuseUnreadable(text);
  if (round !== null && !inTime(round, request.sentAt, opened)) throw new Refusal((say) => say.quiz.late);
  const graded = await gradeOrNull(text, question, request, services);
  if (graded?.flags.some((flag) => worthless.includes(flag))) throw new Refusal((say) => say.quiz.tooShort);
  const hintCost = round === null ? null : await hintCostOf(round, question, opened, request, services);
  const hinted = round === null ? await tookHint(question, request, services) : (hintCost ?? 0) > 0;
  const result = withHint(graded, hinted);
  const reasons =
    round === null ? [] : await reasonsAgainst(text, result, round, question, request, services);
  const { tenant, member, submission, sentAt } = request;
  const recorded = await record(
    {
      tenant,
      member,
      round: round?.id ?? null,
      question: question.id,
      submission,
      sentAt,
      text,
      result,
      credit: round !== null && result !== null && reasons.length === 0 ? round.date : null,
      ...(round === null ? {} : { hintCost }),
    },
    services,
  );
  if (round !== null && recorded.fresh) services.notices?.answered(round);
  return { recorded, result: recorded.attempt.result, reasons };
}
