import { resolveDirections } from "./directions.ts";
import { quote } from "./evidence.ts";
import { withExchanges } from "./exchange.ts";
import { findSigns, hear, relevanceOf } from "./gist.ts";
import { type Flag, flagSchema, type GradeResult, type Grader, type PointResult } from "./grader.ts";
import { guard, isOffTopic, isStuffing } from "./guards.ts";
import { evidencesOf, weighLikely } from "./likelihood.ts";
import { likenessesIn } from "./likeness.ts";
import { type Normalised, normalise } from "./normalise.ts";
import { type Found, withObjections } from "./objection.ts";
import { maskQuestion, type Unit, unitsOf } from "./question-mask.ts";
import { type Reading, read, widthsOf } from "./reading.ts";
import { reconsider } from "./reconsider.ts";
import { repeatsPoint, withReversals } from "./reversal.ts";
import type { CompiledRubric } from "./rubric.ts";
import { score } from "./score.ts";
import { resolveSubjects } from "./subjects.ts";
import type { Trace } from "./trace.ts";
import { type Judgement, judgeAll, type Spoken, type Watch } from "./verdict.ts";

const LOCAL_GRADER_ID = "local";
/** Rises with every change that may change a verdict; kept results carry it. */
const LOCAL_GRADER_VERSION = "4";

/** Units of an answer that are read; the rest is left out and flagged. */
const ANSWER_LIMIT = 4_000;
const ECHO_SHARE = 0.8;
/** Widths below which an answer is called too short: four Chinese letters or two short words. */
const SHORT_WIDTH = 12;

/** Judges answers by rules alone: no model, no network, the same bytes for the same text. */
export function createLocalGrader(): Grader {
  return { grade: ({ answer, rubric }) => Promise.resolve(gradeLocally(answer, rubric)) };
}

/**
 * The verdicts on one raw answer; never throws, whatever the answer holds.
 *
 * @param options `trace` watches the grader at work; `limit` is how many units are read, for measuring only
 */
export function gradeLocally(
  answer: string,
  rubric: CompiledRubric,
  { trace, limit = ANSWER_LIMIT }: { readonly trace?: Trace; readonly limit?: number } = {},
): GradeResult {
  const flags = new Set<Flag>();
  if (answer.length > limit) flags.add("too-long");
  const text = normalise(headOf(answer, limit));
  if (text.invisible) flags.add("invisible-text");
  if (!/[\p{L}\p{N}]/u.test(text.text)) {
    flags.add("empty");
    return result(rubric, missAll(rubric), flags);
  }
  const units = unitsOf(text.text);
  const mask = maskQuestion(units, rubric.grams);
  if (mask.share >= ECHO_SHARE) flags.add("copied-question");
  const ids = idMask(answer, text, rubric);
  const isUnsaid = (at: number): boolean => mask.isMasked(at) || ids(at);
  const whole = read(text, { glossary: rubric.glossary, phrases: rubric.phrases }, isUnsaid);
  const guarded = guard(whole);
  const { reading, injection, repeated } = guarded;
  trace?.read(whole, guarded);
  if (injection) flags.add("injection-suspected");
  if (repeated) flags.add("repeated");
  resolveDirections(reading, rubric.glossary);
  resolveSubjects(reading, rubric.subjects);
  if (isStuffing(reading, rubric)) {
    flags.add("stuffing");
    return result(rubric, missAll(rubric), flags);
  }
  if (rubric.meant === undefined && isOffTopic(reading, rubric)) {
    flags.add("off-topic");
    return result(rubric, missAll(rubric), flags);
  }
  const spoken = spokenIn(rubric, reading);
  if (rubric.meant === undefined && spoken !== undefined && spoken.relevance < spoken.gist.relevant) {
    flags.add("off-topic");
    return result(rubric, missAll(rubric), flags);
  }
  const judgements = judgedBy(rubric, reading, spoken, trace);
  if (spoken !== undefined && rubric.meant !== undefined) {
    const likenesses = likenessesIn(rubric.meant, reading, isUnsaid);
    const evidences = evidencesOf(judgements, spoken, likenesses, rubric.points, reading);
    trace?.likened?.(evidences);
    const reversible = rubric.reversible?.();
    const isOwnWords = (): boolean => reversible !== undefined && repeatsPoint(reversible, reading);
    const likely = weighLikely(judgements, evidences, likenesses, reading, isOwnWords);
    if (likely === undefined) flags.add("off-topic");
    const turned =
      likely === undefined
        ? undefined
        : withReversals(likely, evidences, likenesses, reading, reversible, trace);
    const points = rubric.points.map(({ id }, at) => toResult(turned?.[at], id, reading, answer));
    return result(rubric, points, flags);
  }
  const heard =
    rubric.reversible === undefined ? judgements : withExchanges(judgements, reading, rubric.reversible());
  const byRules = rubric.points.map(({ id }, at) => toResult(heard[at], id, reading, answer));
  const { reader, glossary } = rubric;
  const points =
    reader === undefined
      ? byRules
      : reconsider(judgements, byRules, reading, glossary, reader, shownIn(units, rubric)).map(
          (judgement, at) =>
            (judgement === judgements[at] ? byRules[at] : undefined) ??
            toResult(judgement, rubric.points[at]?.id ?? "", reading, answer),
        );
  if ((widthsOf(text.text).at(-1) ?? 0) < SHORT_WIDTH && points.every((point) => point.verdict === "miss")) {
    flags.add("too-short");
  }
  return result(rubric, points, flags);
}

/** What the rules find, and what is like the opposite of a point in words that no rule foresaw. */
function judgedBy(
  { points, reader, resemblances, glossary }: CompiledRubric,
  reading: Reading,
  spoken: Spoken | undefined,
  trace: Trace | undefined,
): readonly Judgement[] {
  const found: Found[] = [];
  const watch: Watch = (point, support, oppose) => {
    found.push({ support, oppose });
    trace?.weighed(point, support, oppose);
  };
  const judgements = judgeAll(points, reading, watch, spoken);
  // A trained reader has heard wrong answers itself.
  if (reader !== undefined || resemblances === undefined) return judgements;
  const words = { resemblances: resemblances(), known: glossary.entries.length };
  return withObjections(judgements, found, reading, words);
}

function spokenIn({ gist, points }: CompiledRubric, reading: Reading): Spoken | undefined {
  if (gist === undefined) return undefined;
  const found = findSigns(gist, reading);
  const relevance = relevanceOf(gist, found, reading);
  const heard = hear(points, found, reading);
  return {
    gist,
    found,
    relevance,
    strictness: Math.max(1, gist.sure / Math.max(1, relevance)),
    heard: new Map(points.flatMap((point, at) => (heard[at] === undefined ? [] : [[point, heard[at]]]))),
  };
}

/** Shares of a stretch beyond which it only repeats a hint. */
const SHOWN_SHARE = 0.5;

function shownIn(units: readonly Unit[], rubric: CompiledRubric): (start: number, end: number) => boolean {
  const { isMasked } = maskQuestion(units, rubric.shown);
  return (start, end) => {
    let masked = 0;
    for (let at = start; at < end; at += 1) if (isMasked(at)) masked += 1;
    return masked > SHOWN_SHARE * (end - start);
  };
}

function headOf(answer: string, limit: number): string {
  if (answer.length <= limit) return answer;
  const last = answer.charCodeAt(limit - 1);
  return answer.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

/** Quoting the id of a key point is no answer to it; the same words written as words are. */
function idMask(
  answer: string,
  { text, starts, ends }: Normalised,
  rubric: CompiledRubric,
): (at: number) => boolean {
  const spans: { start: number; end: number }[] = [];
  for (const point of rubric.points) {
    const id = point.id.replaceAll("-", " ");
    for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + id.length)) {
      const raw = answer.slice(starts[at] ?? 0, ends[at + id.length - 1] ?? 0);
      if (/[-_\u2010-\u2015\uff0d\uff3f]/.test(raw)) spans.push({ start: at, end: at + id.length });
    }
  }
  return (at) => spans.some((span) => at >= span.start && at < span.end);
}

function toResult(
  judgement: Judgement | undefined,
  id: string,
  reading: Reading,
  answer: string,
): PointResult {
  if (judgement === undefined)
    return { id, verdict: "miss", confidence: 0, evidence: [], reason: "no-match" };
  const { verdict, reason, confidence } = judgement;
  const evidence = verdict === "miss" ? [] : quote(judgement.tokens, reading, answer);
  if (evidence.length === 0) return { id, verdict: "miss", confidence, evidence: [], reason: "no-match" };
  return { id, verdict, confidence, evidence, reason };
}

function missAll(rubric: CompiledRubric): PointResult[] {
  return rubric.points.map(({ id }) => ({
    id,
    verdict: "miss",
    confidence: 0.9,
    evidence: [],
    reason: "no-match",
  }));
}

function result(rubric: CompiledRubric, points: PointResult[], flags: ReadonlySet<Flag>): GradeResult {
  const weighed = points.map((point, at) => ({
    weight: rubric.points[at]?.weight ?? 0,
    verdict: point.verdict,
  }));
  return {
    score: score(weighed),
    points,
    flags: flagSchema.options.filter((flag) => flags.has(flag)),
    grader: { id: LOCAL_GRADER_ID, version: LOCAL_GRADER_VERSION, rubricHash: rubric.hash },
  };
}
