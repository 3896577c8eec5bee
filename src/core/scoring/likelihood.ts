import { clauseTokens } from "./clause-tokens.ts";
import learnt from "./likelihood.json" with { type: "json" };
import type { Likeness, Likenesses } from "./likeness.ts";
import type { Reading } from "./reading.ts";
import type { CompiledPoint } from "./rubric.ts";
import type { Judgement, Spoken } from "./verdict.ts";

/** What tells whether a point is covered, by name. */
type Evidence = Readonly<Record<keyof typeof learnt.covers.weights, number>>;
/** What tells whether an answer speaks of a question at all. */
type TopicEvidence = Readonly<Record<keyof typeof learnt.onTopic.weights, number>>;

/** Of one answer; a point that the rules settle alone has none. */
export interface Evidences {
  readonly topic: TopicEvidence;
  readonly points: readonly (Evidence | undefined)[];
}

const MOST_WEIGHT = 2;
const HUNDRED = 100;
/** What another point's weight takes from a point's own. */
const RIVAL = 0.4;
const MOST_CONFIDENCE = 0.95;

/** The lists of what whoever wrote or edited a point calls it. */
const NAMES = new Set(["phrases", "eitherPhrases"]);

/** Whether a hit lies in a point's name: what an editor added, and whatever names a remedy where that is enough. */
const isNamed = ({ claims, enough }: CompiledPoint, { verdict, tokens }: Judgement): boolean =>
  verdict === "hit" &&
  claims
    .filter(({ text }) => enough === "name" || NAMES.has(text))
    .some(({ slots: [names = []] }) =>
      tokens.flat().some((token) => names.some(({ meaning }) => meaning === token.meaning)),
    );

function evidenceOf(
  point: CompiledPoint,
  judged: Judgement,
  like: Likeness,
  { heard, strictness }: Spoken,
  clauses: number,
): Evidence {
  const { thought, rival = 0 } = heard.get(point) ?? {};
  const weight = (thought?.weight ?? 0) / HUNDRED;
  return {
    near: like.near,
    ahead: like.ahead,
    own: like.own,
    rank: like.rank,
    clauses: Math.log(1 + clauses),
    signsStrictly: Math.min(MOST_WEIGHT, weight / strictness),
    signs: Math.min(MOST_WEIGHT, weight),
    signsAhead: weight - (RIVAL * rival) / HUNDRED,
    hit: judged.verdict === "hit" ? 1 : 0,
    partial: judged.verdict === "partial" ? 1 : 0,
  };
}

/** What is to be weighed for each point of a drafted question. */
export function evidencesOf(
  judgements: readonly Judgement[],
  spoken: Spoken,
  likenesses: Likenesses,
  points: readonly CompiledPoint[],
  { clauses }: Reading,
): Evidences {
  return {
    topic: {
      relevance: Math.min(MOST_WEIGHT, spoken.relevance / HUNDRED),
      whole: likenesses.whole,
      clauses: Math.log(1 + clauses.length),
    },
    points: points.map((point, at) => {
      const judged = judgements[at];
      const like = likenesses.points[at];
      if (judged === undefined || like === undefined || judged.verdict === "contradict") return undefined;
      return isNamed(point, judged) ? undefined : evidenceOf(point, judged, like, spoken, clauses.length);
    }),
  };
}

interface Weights {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
}
/** A logarithm of odds. */
const weigh = ({ bias, weights }: Weights, evidence: Readonly<Record<string, number>>): number =>
  Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (evidence[name] ?? 0), bias);

/**
 * The verdicts on points that nobody has worked on: what the rules found, what the signs tell and what an answer's
 * words mean are weighed together. Undefined where the answer speaks of something else.
 *
 * @param isOnTopic whether it speaks of the question though its words tell little; asked only then
 */
export function weighLikely(
  judgements: readonly Judgement[],
  { topic, points }: Evidences,
  likenesses: Likenesses,
  reading: Reading,
  isOnTopic: () => boolean,
): readonly (Judgement | undefined)[] | undefined {
  if (weigh(learnt.onTopic, topic) < learnt.onTopic.least && !isOnTopic()) return undefined;
  return judgements.map((judged, at) => {
    const evidence = points[at];
    const like = likenesses.points[at];
    if (evidence === undefined || like === undefined) return judged;
    const likelihood = 1 / (1 + Math.exp(-weigh(learnt.covers, evidence)));
    if (likelihood < learnt.covers.partial) return undefined;
    const found = judged.verdict === "miss" ? undefined : judged;
    const isAsked = reading.clauses.slice(like.from, like.to).every(({ asked }) => asked);
    const isFirm = found === undefined ? !isAsked : found.reason !== "question";
    const isHit = likelihood >= learnt.covers.hit && isFirm;
    const isHalf = like.parts.said < like.parts.all;
    return {
      verdict: isHit && !isHalf ? "hit" : "partial",
      reason: isHit && isHalf ? "one-side" : (found?.reason ?? (isAsked ? "question" : "learnt")),
      confidence: Math.min(MOST_CONFIDENCE, likelihood),
      tokens: found?.tokens ?? [clauseTokens(reading, like.from, like.to)],
    };
  });
}
