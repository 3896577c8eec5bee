import type { Instant } from "#core/ids";
import type { Question } from "#core/pack/question";
import type { Request } from "#core/request";
import type { GradeResult } from "#core/scoring/grader";
import type { Services } from "#core/services";

type Member = Pick<Request, "tenant" | "member">;
type Sources = Pick<Services, "store">;

/**
 * What the hints of a question in practice are taken under. They begin again with every answer: one that was taken for
 * the last try is none of the next one's.
 *
 * @param last when the member answered the question last; null where they never did
 */
const practiceHint = (question: string, last: Instant | null): string => `${question}@${last ?? 0}`;

/** What hints are taken under now. */
export async function askedInPractice(
  { id }: Pick<Question, "id">,
  { tenant, member }: Member,
  { store }: Sources,
): Promise<string> {
  const [last] = await store.attempts({ tenant, member, question: id, limit: 1 });
  return practiceHint(id, last?.sentAt ?? null);
}

/** The hint of one key point in practice. */
export const practicePointHint = (asked: string, number: number): string => `${asked}/${number}`;

/** Whether a member took a hint for the answer that they send now. */
export async function tookHint(question: Question, member: Member, services: Sources): Promise<boolean> {
  const asked = await askedInPractice(question, member, services);
  const names = [asked, ...question.points.map((_, at) => practicePointHint(asked, at + 1))];
  return (await services.store.hintsTaken(member.tenant, member.member, names)) > 0;
}

/** The result of an answer that a hint helped with: its score is the same, and practice remembers the help. */
export const withHint = <Result extends GradeResult | null>(result: Result, hinted: boolean): Result =>
  result === null || !hinted ? result : { ...result, flags: [...result.flags, "hinted"] };
