import type { MemberId, RoundId, SubmissionId, TenantId } from "#core/ids";
import type { KeyPoint, Question } from "#core/pack/question";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import type { Attempt } from "#core/round/round";
import type { GradeResult, PointResult } from "#core/scoring/grader";
import type { Services } from "#core/services";

/** An answer to a round that has its result, with its question. */
export interface JudgedAnswer {
  readonly attempt: Attempt & { readonly round: RoundId; readonly result: GradeResult };
  readonly question: Question;
}

/** Practice in between is passed over, as far back as that. */
const ANSWERS_READ = 200;

/** The answer to a round that a submission brought; null where the member has none of it, or it has no result yet. */
export async function judgedAnswer(
  {
    tenant,
    member,
    round,
    answer,
  }: {
    readonly tenant: TenantId;
    readonly member: MemberId;
    readonly round: RoundId;
    readonly answer: SubmissionId;
  },
  { store }: Pick<Services, "store">,
): Promise<Attempt | null> {
  const attempts = await store.attempts({ tenant, member, round, limit: ATTEMPTS_PER_ROUND });
  return attempts.find(({ submission }) => submission === answer) ?? null;
}

/**
 * The answer that a member appeals about: the one that a button named, else the newest one to a round.
 *
 * @throws Refusal where there is none, it has no result yet, or its question is not in the bank any more
 */
export async function appealedAnswer(
  { round, answer }: { readonly round?: RoundId | undefined; readonly answer?: SubmissionId | undefined },
  { tenant, member }: Pick<Request, "tenant" | "member">,
  { store, library }: Pick<Services, "store" | "library">,
): Promise<JudgedAnswer> {
  const attempts = await store.attempts({
    tenant,
    member,
    ...(round === undefined ? {} : { round }),
    limit: ANSWERS_READ,
  });
  const attempt = attempts.find((one) => one.round !== null && (answer ?? one.submission) === one.submission);
  if (attempt?.round == null) throw new Refusal((say) => say.appeal.noAnswer);
  if (attempt.result === null) throw new Refusal((say) => say.appeal.notScoredYet);
  const question = library.question(attempt.question);
  if (question === undefined) throw new Refusal((say) => say.appeal.withdrawn);
  return { attempt: { ...attempt, round: attempt.round, result: attempt.result }, question };
}

/** A key point of an answer, by its place in the rubric. */
export interface JudgedPoint {
  readonly point: KeyPoint;
  /** From 1, as members count. */
  readonly number: number;
  readonly judged: PointResult;
}

export const judgedPoints = ({ attempt, question }: JudgedAnswer): readonly JudgedPoint[] =>
  question.points.flatMap((point, at) => {
    const judged = attempt.result.points.find(({ id }) => id === point.id);
    return judged === undefined ? [] : [{ point, number: at + 1, judged }];
  });

/**
 * The key point that was meant, by its number.
 *
 * @throws Refusal where there is no such point, or it has been given in full already
 */
export function appealedPoint(typed: string, answer: JudgedAnswer): JudgedPoint {
  const number = Number(typed);
  const found = judgedPoints(answer).find((one) => one.number === number);
  if (found === undefined) {
    const total = answer.question.points.length;
    throw new Refusal((say) => say.appeal.noSuchPoint(typed.slice(0, 20), total));
  }
  if (found.judged.verdict === "hit") throw new Refusal((say) => say.appeal.hitAlready(number));
  return found;
}
