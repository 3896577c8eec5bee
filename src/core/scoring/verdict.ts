import { speaksAgainst } from "./effects.ts";
import { type FoundSigns, type Gist, type Heard, oppositesIn } from "./gist.ts";
import type { Reason, Verdict } from "./grader.ts";
import { type Match, matchOf, matchRule, type Whereabouts, whereabouts } from "./match.ts";
import type { Reading, Token } from "./reading.ts";
import type { CompiledPoint } from "./rubric.ts";
import { phraseRule, type Rule } from "./rule.ts";

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly confidence: number;
  /** What the evidence is quoted around; empty for a miss. */
  readonly tokens: readonly (readonly Token[])[];
}

/** One place that speaks for or against a point. */
export interface Finding {
  readonly match: Match;
  readonly reason: Reason;
  readonly worth: "hit" | "partial";
}

/** Sees everything that was found for and against a point before its verdict is settled. */
export type Watch = (point: CompiledPoint, support: readonly Finding[], oppose: readonly Finding[]) => void;

const MISS: Judgement = { verdict: "miss", reason: "no-match", confidence: 0.6, tokens: [] };

/** The verdict on one point from everything that the answer says about it. */
function judge(
  point: CompiledPoint,
  reading: Reading,
  where: Whereabouts,
  watch?: Watch,
  spoken?: Spoken,
): Judgement {
  const support: Finding[] = [];
  const oppose: Finding[] = [];
  const weigh = (rules: readonly Rule[], worth: "hit" | "partial", reason: Reason, found: Finding[]) => {
    for (const rule of rules) {
      for (const match of matchRule(rule, reading, where))
        sort(rule, point, match, worth, reason, found, oppose);
    }
  };
  for (const rule of point.contradicts) {
    for (const match of matchRule(rule, reading, where)) {
      if (match.asked || match.unclaimed || (rule.subject !== -1 && !match.firm)) continue;
      if (match.denied % 2 === 0) oppose.push({ match, reason: "wrong-direction", worth: "hit" });
      else if (point.enough === "name") support.push({ match, reason: "core", worth: "hit" });
      else support.push({ match, reason: "core-only", worth: "partial" });
    }
  }
  weigh(point.claims, "hit", "core", support);
  if (point.sides !== undefined) weighSides(point, reading, where, support, oppose);
  weigh(point.partialBy, "partial", "core-only", support);
  if (spoken !== undefined) weighThought(point, reading, spoken, support, oppose);
  // Where a claim holds said or denied, a denial beside it is part of that claim.
  const eitherWay = new Set(
    support.filter(({ match }) => match.rule.either).map(({ match }) => match.clause),
  );
  const turned = support.filter(
    ({ match, worth }) =>
      (point.effect.sign === 1 || (worth === "hit" && !eitherWay.has(match.clause))) &&
      speaksAgainst(match, point.effect, reading),
  );
  for (const finding of turned) oppose.push({ ...finding, worth: "hit", reason: "wrong-direction" });
  const left = turned.length === 0 ? support : support.filter((finding) => !turned.includes(finding));
  watch?.(point, left, oppose);
  return settle(left, oppose, reading);
}

/** What a question speaks of, where an answer does, and how much of the answer that is. */
export interface Spoken {
  readonly gist: Gist;
  readonly found: FoundSigns;
  readonly relevance: number;
  /** How much more than usual must be said of a point. */
  readonly strictness: number;
  readonly heard: ReadonlyMap<CompiledPoint, Heard>;
}

const GIST = phraseRule(-1, "gist");
/** Share of another point's weight below which words belong to that point alone. */
const RIVAL = 0.4;

/** Finds what an answer says of a point in words of its own. */
function weighThought(
  point: CompiledPoint,
  reading: Reading,
  { gist, found, strictness, heard }: Spoken,
  support: Finding[],
  oppose: Finding[],
): void {
  const { thought, rival = 0 } = heard.get(point) ?? {};
  if (thought === undefined || thought.weight < gist.partial * strictness) return;
  if (rival * RIVAL > thought.weight) return;
  const match = matchOf(GIST, thought.tokens, thought.from, reading);
  if (match === undefined) return;
  const opposites = oppositesIn(point.contrary, thought, found);
  // Both turned round say the same: bigger models overfit more, smaller ones less.
  if (opposites.length % 2 === 1) {
    // The same words speak for the point only as long as their opposite is not said.
    const left = support.filter(({ match: { clause } }) => clause < thought.from || clause >= thought.to);
    support.splice(0, support.length, ...left);
    oppose.push({
      match: { ...match, tokens: [...match.tokens, ...opposites] },
      reason: "wrong-direction",
      worth: "hit",
    });
    return;
  }
  if (match.asked) support.push({ match, reason: "question", worth: "partial" });
  else if (thought.weight < gist.hit * strictness)
    support.push({ match, reason: "core-only", worth: "partial" });
  else support.push({ match, reason: "core", worth: "hit" });
}

/** Judges all points; a point made of factors takes what the others found into account. */
export function judgeAll(
  points: readonly CompiledPoint[],
  reading: Reading,
  watch?: Watch,
  spoken?: Spoken,
): Judgement[] {
  const where = whereabouts(reading);
  const judged = points.map((point) => judge(point, reading, where, watch, spoken));
  return points.map((point, at) => {
    const own = judged[at] ?? MISS;
    if (point.factors.length === 0 || own.verdict === "hit" || own.verdict === "contradict") return own;
    const named = points.flatMap((other, index) => {
      const found = judged[index];
      return found?.verdict === "hit" && point.factors.includes(other.id) ? [found] : [];
    });
    const tokens = named.slice(0, 2).flatMap((found) => found.tokens.slice(0, 1));
    if (named.length >= 2) return { verdict: "hit", reason: "core", confidence: 0.7, tokens };
    if (named.length === 1) return { verdict: "partial", reason: "one-side", confidence: 0.6, tokens };
    return own;
  });
}

function sort(
  rule: Rule,
  point: CompiledPoint,
  match: Match,
  worth: "hit" | "partial",
  reason: Reason,
  support: Finding[],
  oppose: Finding[],
): void {
  if (match.unclaimed && !rule.either) return;
  if (match.denied % 2 === 0 || rule.either) {
    if (match.asked) support.push({ match, reason: "question", worth: "partial" });
    else support.push({ match, reason, worth });
    return;
  }
  if (match.asked || worth === "partial" || (rule.subject !== -1 && !match.firm)) return;
  // "I'd rather not freeze layers" drops a remedy; only "it does not help" or "don't" speaks against it.
  if (point.enough === "name" && rule.slots.length === 1 && !match.forbidden) return;
  oppose.push({ match, reason: "negated", worth: "hit" });
}

function weighSides(
  point: CompiledPoint,
  reading: Reading,
  where: Whereabouts,
  support: Finding[],
  oppose: Finding[],
): void {
  const found = (point.sides ?? []).map((rules) => {
    const side: Finding[] = [];
    for (const rule of rules) {
      for (const match of matchRule(rule, reading, where))
        sort(rule, point, match, "hit", "core+detail", side, oppose);
    }
    return side.filter((finding) => finding.reason !== "question");
  });
  const [one, other] = found;
  const first = one?.[0];
  const second = other?.[0];
  if (first !== undefined && second !== undefined) support.push(first, second);
  else
    for (const side of [first, second])
      if (side !== undefined) support.push({ ...side, worth: "partial", reason: "one-side" });
}

function settle(support: readonly Finding[], oppose: readonly Finding[], reading: Reading): Judgement {
  // The more exact reading of the same words wins: a claim inside a denial of it is no claim.
  const inFavour = support.filter(
    (one) => !oppose.some((other) => covers(other.match, one.match) || speaksOver(other, one, reading)),
  );
  // A claim that was itself turned down takes nothing from what speaks against it.
  const against = oppose.filter((one) => !inFavour.some((other) => covers(other.match, one.match)));
  const hits = inFavour.filter((one) => one.worth === "hit");
  const best = hits.length > 0 ? hits : inFavour;
  const chosen = best[0];
  if (against.length > 0 && chosen !== undefined) {
    const corrected = correction(against, best, reading);
    if (corrected === "right") return supported(best);
    if (corrected === "wrong") return opposed(against);
    return {
      verdict: "partial",
      reason: "mixed",
      confidence: 0.5,
      tokens: [chosen.match.tokens, against[0]?.match.tokens ?? []],
    };
  }
  if (against.length > 0) return opposed(against);
  return chosen === undefined ? MISS : supported(best);
}

/** Whether `one` is about all the words of `other` and more of them besides. */
function covers(one: Match, other: Match): boolean {
  if (one === other || sizeOf(one) <= sizeOf(other)) return false;
  return other.tokens.every((token) =>
    one.tokens.some((mine) => mine === token || (mine.start <= token.start && mine.end >= token.end)),
  );
}

/** In one breath, the denial is what the answer means: "do increase the batch, a big batch saves memory". */
function speaksOver(denial: Finding, claim: Finding, reading: Reading): boolean {
  if (denial.match.clause === claim.match.clause) return true;
  const one = reading.clauses[denial.match.clause];
  const other = reading.clauses[claim.match.clause];
  if (one === undefined || other === undefined || one.sentence !== other.sentence) return false;
  // "At first I wanted to raise it; no wait, lower it."
  for (let at = denial.match.clause; at <= claim.match.clause; at += 1) {
    if (reading.clauses[at]?.corrects === true) return false;
  }
  // "Not X, but Y" ends in a claim.
  return denial.reason !== "negated" || denial.match.forbidden || claim.match.clause < denial.match.clause;
}

function sizeOf(match: Match): number {
  return match.tokens.reduce((size, token) => size + 100 + token.end - token.start, 0);
}

function supported(best: readonly Finding[]): Judgement {
  const chosen = best[0];
  if (chosen === undefined) return MISS;
  const second = best.find(
    (other) =>
      other.match.clause !== chosen.match.clause &&
      (chosen.reason === "core+detail" || other.worth === "hit"),
  );
  const tokens = second === undefined ? [chosen.match.tokens] : [chosen.match.tokens, second.match.tokens];
  return {
    verdict: chosen.worth,
    reason: chosen.reason,
    confidence: chosen.worth === "hit" ? Math.min(0.95, 0.75 + 0.05 * best.length) : 0.6,
    tokens,
  };
}

function opposed(against: readonly Finding[]): Judgement {
  const chosen = against[0];
  if (chosen === undefined) return MISS;
  return {
    verdict: "contradict",
    reason: chosen.reason,
    confidence: 0.6,
    tokens: against.slice(0, 2).map((finding) => finding.match.tokens),
  };
}

/** Which side a correction leaves standing: the later one, where words of correction stand between the two. */
function correction(
  against: readonly Finding[],
  support: readonly Finding[],
  reading: Reading,
): "right" | "wrong" | undefined {
  const lastWrong = Math.max(...against.map((finding) => finding.match.clause));
  const lastRight = Math.max(...support.map((finding) => finding.match.clause));
  const [from, to] = lastWrong < lastRight ? [lastWrong, lastRight] : [lastRight, lastWrong];
  // "Not X, but Y" denies only to make room for what follows.
  if (
    against.every((finding) => finding.reason === "negated" && !finding.match.forbidden) &&
    lastRight > lastWrong
  ) {
    const gap = (reading.clauses[lastRight]?.sentence ?? 0) - (reading.clauses[lastWrong]?.sentence ?? 0);
    if (gap === 0) return "right";
  }
  for (let at = from; at <= to; at += 1) {
    if (reading.clauses[at]?.corrects === true) return lastRight >= lastWrong ? "right" : "wrong";
  }
  return undefined;
}
