import type { Briefing } from "./brief.ts";
import { type Flag, flagSchema, type GradeResult, type PointResult, type Verdict } from "./grader.ts";
import type { Judge, PointJudgement } from "./judge.ts";
import { quoteChecker } from "./quote-check.ts";
import type { CompiledRubric } from "./rubric.ts";
import { score } from "./score.ts";

/** There is nothing in such an answer that a second reader could find. */
const closed: readonly Flag[] = ["empty", "too-short", "copied-question", "stuffing", "off-topic"];

/** Somebody tried to speak to the reader instead of answering: a model may lower such an answer, never raise it. */
const suspicious: readonly Flag[] = ["injection-suspected", "invisible-text"];

/** How sure we are of what a model says and a quote supports; words the feedback only. */
const JUDGE_CONFIDENCE = 0.8;
/** From this share of points lifted from nothing to a hit, the model has been too kind to be believed. */
const LEAP = 0.5;

const value: Readonly<Record<Verdict, number>> = { hit: 2, partial: 1, miss: 0, contradict: 0 };

/** Why a whole reply is not believed. */
export type Distrust = "ids" | "decoy" | "leap";

/** Whether a second reader has anything to add to a result of the local grader. */
export function isWorthJudging({ flags, points, grader }: GradeResult): boolean {
  if (grader.promptVersion !== undefined || flags.includes("judge-failed")) return false;
  if (flags.some((flag) => closed.includes(flag))) return false;
  // Orders to the grader and not one point: it is not worth a call, and would be a risk.
  return !flags.includes("injection-suspected") || points.some(({ verdict }) => verdict !== "miss");
}

/** The local result, and that nobody read the answer a second time. */
export const withoutJudge = (local: GradeResult): GradeResult => ({
  ...local,
  flags: flagSchema.options.filter((flag) => flag === "judge-failed" || local.flags.includes(flag)),
});

/** Each briefed id exactly once, in any order; anything else means that the reply is not about this brief. */
function byId(
  judged: readonly PointJudgement[],
  briefing: Briefing,
): ReadonlyMap<string, PointJudgement> | null {
  const known = new Set(briefing.brief.points.map(({ id }) => id));
  const found = new Map(judged.map((point) => [point.id, point]));
  const complete = judged.length === known.size && [...known].every((id) => found.has(id));
  return complete ? found : null;
}

/**
 * Joins a judge's reply with the local result. Each point that the judge sees another way needs a quote that stands in
 * the answer; without one the local verdict stays. The score is computed anew by the one formula.
 *
 * @returns the local result with `judge-failed` and the reason where the whole reply is not believed
 */
export function mergeJudgement(
  local: GradeResult,
  judged: readonly PointJudgement[],
  answer: string,
  rubric: CompiledRubric,
  briefing: Briefing,
  judge: Pick<Judge, "model" | "promptVersion">,
): { readonly result: GradeResult; readonly distrust: Distrust | null } {
  const distrusted = (distrust: Distrust) => ({ result: withoutJudge(local), distrust });
  const found = byId(judged, briefing);
  if (found === null) return distrusted("ids");
  if (found.get(briefing.decoy)?.verdict !== "miss") return distrusted("decoy");

  const check = quoteChecker(answer, briefing.normalised, rubric);
  const mayRaise = !local.flags.some((flag) => suspicious.includes(flag));
  const points = local.points.map((point): PointResult => {
    const said = found.get(point.id);
    if (said === undefined || said.verdict === point.verdict) return point;
    const changed = {
      id: point.id,
      verdict: said.verdict,
      confidence: JUDGE_CONFIDENCE,
      reason: "judge" as const,
    };
    if (said.verdict === "miss") {
      // What stands behind the judge's last word was not read, so it is not missing.
      const unread = point.evidence.some(({ end }) => end > briefing.readTo);
      return unread ? point : { ...changed, evidence: [] };
    }
    if (!mayRaise && value[said.verdict] > value[point.verdict]) return point;
    const evidence = check(said.quote);
    return evidence === null ? point : { ...changed, evidence: [evidence] };
  });

  const lifted = points.filter(
    ({ verdict }, at) => verdict === "hit" && value[local.points[at]?.verdict ?? "hit"] === 0,
  );
  if (lifted.length >= LEAP * points.length) return distrusted("leap");
  const weights = new Map(rubric.points.map(({ id, weight }) => [id, weight]));
  return {
    result: {
      score: score(points.map(({ id, verdict }) => ({ weight: weights.get(id) ?? 0, verdict }))),
      points,
      flags: local.flags,
      grader: {
        id: `${local.grader.id}+judge`,
        version: `${local.grader.version}+${judge.model}`,
        rubricHash: local.grader.rubricHash,
        promptVersion: judge.promptVersion,
      },
    },
    distrust: null,
  };
}
