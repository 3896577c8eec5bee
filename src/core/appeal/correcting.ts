import type { TenantId } from "#core/ids";
import type { Question } from "#core/pack/question";
import { settlesAt } from "#core/round/opening";
import type { Attempt } from "#core/round/round";
import { reasonsAgainst } from "#core/round/submission";
import type { Evidence, GradeResult, PointResult, Verdict } from "#core/scoring/grader";
import { score } from "#core/scoring/score";
import type { Services } from "#core/services";
import { upholdAppeal } from "#core/streak/appeal";
import { memberFacts } from "#core/streak/standing";
import { streakOf } from "#core/streak/streak";
import type { Appeal, Outcome } from "./appeal.ts";
import { judgedAnswer } from "./finding.ts";

/** How much a verdict is worth, to tell which of two is the better. */
export const worth: Readonly<Record<Verdict, number>> = { contradict: 0, miss: 0, partial: 1, hit: 2 };

/** The member's words that a verdict rests on: those they pointed at, those found before, else all of the answer. */
function evidenceFor(text: string, words: string | null, before: PointResult): readonly Evidence[] {
  const at = words === null ? -1 : text.indexOf(words);
  if (words !== null && at >= 0) return [{ start: at, end: at + words.length, quote: words }];
  if (before.evidence.length > 0) return before.evidence;
  const quote = text.trim();
  const start = text.indexOf(quote);
  return [{ start, end: start + quote.length, quote }];
}

/** The result with a point decided by an editor; as it was where the point stands as well or better already. */
export function correctedResult(
  { text, result }: { readonly text: string; readonly result: GradeResult },
  {
    point,
    words,
    verdict,
  }: { readonly point: string; readonly words: string | null; readonly verdict: "hit" | "partial" },
  question: Question,
): GradeResult {
  const weights = new Map(question.points.map(({ id, weight }) => [id, weight]));
  const points = result.points.map(
    (before): PointResult =>
      before.id !== point || worth[before.verdict] >= worth[verdict]
        ? before
        : {
            id: point,
            verdict,
            confidence: 1,
            evidence: [...evidenceFor(text, words, before)],
            reason: "appeal",
          },
  );
  const weighed = points.map(({ id, verdict: now }) => ({ weight: weights.get(id) ?? 0, verdict: now }));
  return { ...result, points, score: score(weighed) };
}

/** A second reader may be at the same answer. */
const TRIES = 20;

/**
 * Carries an upheld appeal out: the answer gets its new result, and the day where it is earned now. Twice is as good as
 * once, so that whoever finds it half done may begin again.
 *
 * @returns null where the answer or its question is not there any more
 */
export async function correctAnswer(
  tenant: TenantId,
  appeal: Appeal,
  verdict: "hit" | "partial",
  decidedAt: number,
  services: Services,
): Promise<Outcome | null> {
  const { store, library, clock } = services;
  const { member, point, words } = appeal;
  const question = library.question(appeal.question);
  const round = await store.round(tenant, appeal.round);
  let attempt: Attempt | null = await judgedAnswer({ ...appeal, tenant }, services);
  if (question === undefined || round === null || attempt?.result == null) return null;
  const { score: before } = attempt.result;
  const streakNow = async (): Promise<number> =>
    streakOf(await memberFacts({ tenant, member }, round.channel, clock.now(), store)).current;
  const streakBefore = await streakNow();
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { text, result: judged } = attempt;
    if (judged === null) return null;
    const result = correctedResult({ text, result: judged }, { point, words, verdict }, question);
    const reasons = await reasonsAgainst(text, result, round, question, { tenant, member }, services);
    const earned = reasons.length === 0;
    const isOver = clock.now() > settlesAt(round);
    const revised = await store.reviseResult({
      tenant,
      member,
      round: round.id,
      submission: appeal.answer,
      judged,
      result,
      // A day that is decided on after its round keeps the instant of the decision, so it is credited by itself below.
      credit: earned && !isOver ? round.date : null,
      earned,
    });
    if (revised.outcome === "unknown") return null;
    if (revised.outcome === "superseded") {
      attempt = revised.attempt;
      continue;
    }
    const { channel, date } = round;
    const upheld =
      earned && isOver ? await upholdAppeal({ tenant, member, channel, date, decidedAt }, services) : null;
    return {
      score: { before, after: result.score },
      streak: { before: streakBefore, after: upheld?.after.current ?? (await streakNow()) },
      counts: earned,
      freezeReturned: upheld?.freezeReturned ?? false,
    };
  }
  throw new Error(`the answer of the appeal was changed by others ${TRIES} times`);
}
