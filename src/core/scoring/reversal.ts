import { clauseTokens } from "./clause-tokens.ts";
import { isExchanged } from "./exchange.ts";
import type { Evidences } from "./likelihood.ts";
import type { Likeness, Likenesses } from "./likeness.ts";
import { compare, findsAny } from "./poles.ts";
import type { Reading } from "./reading.ts";
import learnt from "./reversal.json" with { type: "json" };
import words from "./reversal-words.json" with { type: "json" };
import { type Reversible, type Stance, stanceOf } from "./reversible.ts";
import { along } from "./senses.ts";
import type { Trace } from "./trace.ts";
import type { Judgement } from "./verdict.ts";

/** What tells whether an answer says the reverse of a point, by name. */
export type ReversalEvidence = Readonly<Record<keyof typeof learnt.weights, number>>;

/** What an answer is like as a whole. */
interface Manner {
  readonly dismissals: number;
  readonly absolutes: number;
  readonly denials: number;
  readonly clauses: number;
}

const DISMISSALS = findsAny(words.dismissing, "g");
const ABSOLUTES = findsAny(words.absolute, "g");
const FEW = 3;
/** Clauses that an answer's last named side reaches. */
const REACH = 4;

const flag = (condition: boolean): number => (condition ? 1 : 0);
const numberIn = (some: Iterable<string>, isSo: (word: string) => boolean): number => {
  let count = 0;
  for (const one of some) if (isSo(one)) count += 1;
  return count;
};

/** One answer, read for what it may turn round; what was seen of a stretch is kept. */
class Reversals {
  readonly #reversible: Reversible;
  readonly #reading: Reading;
  readonly #stances = new Map<string, Stance>();
  #manner: Manner | undefined;

  constructor(reversible: Reversible, reading: Reading) {
    this.#reversible = reversible;
    this.#reading = reading;
  }

  #stance(from: number, to: number): Stance {
    const key = `${from} ${to}`;
    const known =
      this.#stances.get(key) ??
      stanceOf(this.#reading, from, to, this.#reversible.senses, this.#reversible.known);
    this.#stances.set(key, known);
    return known;
  }

  #mannerOf(): Manner {
    const { clauses, text } = this.#reading;
    const said = text.text.toLowerCase();
    const { strong } = this.#reversible;
    const countOf = (pattern: RegExp): number =>
      Array.from(said.matchAll(pattern)).filter(([word]) => !strong.has(word)).length;
    this.#manner ??= {
      dismissals: countOf(DISMISSALS),
      absolutes: countOf(ABSOLUTES),
      denials: clauses.reduce((sum, _, at) => sum + this.#stance(at, at + 1).denials, 0),
      clauses: Math.max(1, clauses.length),
    };
    return this.#manner;
  }

  /** Which sides of the question a stretch speaks of: those it names, or else the last one named before it. */
  #sidesIn({ from, to }: Likeness): ReadonlySet<string> {
    const { sides } = this.#reversible;
    for (let at = from; at >= Math.max(0, from - REACH); at -= 1) {
      const named = this.#stance(at, at === from ? to : at + 1).words;
      const found = [...named].filter((word) => sides.has(word));
      if (found.length > 0) return new Set(found);
    }
    return new Set();
  }

  /** What tells whether the stretch that comes nearest to a point turns it round. */
  evidenceOf(
    point: number,
    like: Likeness,
    verdict: Judgement["verdict"],
    signs: number,
  ): ReversalEvidence | undefined {
    const own = this.#reversible.points[point];
    if (own === undefined) return undefined;
    const said = this.#stance(like.from, like.to);
    const { whole, others } = own;
    if ([whole, ...own.clauses].some((one) => isRepeated(said, one))) return undefined;
    const manner = this.#mannerOf();
    const { apart, alike } = compare(said.poles, whole.poles);
    const sides = this.#sidesIn(like);
    const ofPoint = [...this.#reversible.sides].filter((word) => whole.words.has(word));
    const isMine = ofPoint.some((word) => sides.has(word));
    const isForeign = [...sides].some((word) => !whole.words.has(word));
    const otherSides = numberIn(
      said.words,
      (word) => this.#isAskedOf(word, others) && !whole.words.has(word),
    );
    const missing = numberIn(whole.words, (word) => this.#isAskedOf(word, others) && !said.words.has(word));
    const kept = numberIn(whole.words, (word) => this.#reversible.asked.has(word) && said.words.has(word));
    const sameAmounts = numberIn(said.amounts, (amount) => whole.amounts.has(amount));
    return {
      apart,
      alike,
      onlyApart: flag(apart > alike),
      ...this.#aligned(own.clauses, like),
      ...directed(said, whole),
      odd: said.denials % 2,
      denials: Math.min(FEW, said.denials),
      denialsOfPoint: Math.min(FEW, whole.denials),
      deniesAlone: flag(said.denials > 0 && whole.denials === 0),
      leavesDenial: flag(said.denials === 0 && whole.denials > 0),
      useless: said.kinds.get("useless") ?? 0,
      needless: said.kinds.get("needless") ?? 0,
      forbids: said.kinds.get("forbid") ?? 0,
      nots: said.kinds.get("not") ?? 0,
      without: said.kinds.get("without") ?? 0,
      dismisses: flag(said.dismisses && !whole.dismisses),
      absolute: flag(said.absolute && !whole.absolute),
      near: like.near,
      ahead: like.ahead,
      own: like.own,
      rank: like.rank,
      signs,
      hit: flag(verdict === "hit"),
      partial: flag(verdict === "partial"),
      allDismissals: Math.min(FEW, manner.dismissals),
      allAbsolutes: Math.min(FEW, manner.absolutes),
      allDenials: Math.min(FEW + 1, manner.denials),
      shareDenying: manner.denials / manner.clauses,
      shareDismissing: manner.dismissals / manner.clauses,
      shareAbsolute: manner.absolutes / manner.clauses,
      clauses: Math.log(manner.clauses),
      otherSides: Math.min(FEW, otherSides),
      missingSides: Math.min(FEW, missing),
      sidesExchanged: flag(otherSides > 0 && missing > 0),
      sidesLost: flag(otherSides > 0 && kept === 0),
      otherWords: Math.min(
        FEW + 1,
        numberIn(said.words, (word) => others.has(word) && !whole.words.has(word)),
      ),
      missingWords: Math.min(
        FEW + 1,
        numberIn(whole.words, (word) => others.has(word) && !said.words.has(word)),
      ),
      otherAmount: flag(said.amounts.size > 0 && whole.amounts.size > 0 && sameAmounts === 0),
      sameAmount: flag(sameAmounts > 0),
      foreign: flag(isForeign && !isMine && ofPoint.length > 0),
      foreignToAll: flag(isForeign && !isMine && ofPoint.length === 0),
      mine: flag(isMine && !isForeign),
      both: flag(isMine && isForeign),
      foreignAndNear: isForeign && !isMine && ofPoint.length > 0 ? like.own : 0,
      sided: flag(this.#reversible.sides.size > 0),
    };
  }

  #isAskedOf(word: string, others: ReadonlySet<string>): boolean {
    return this.#reversible.asked.has(word) && others.has(word);
  }

  /** Clause by clause against whichever clause of the point means most alike; each counts as far as they are alike. */
  #aligned(
    clauses: readonly Stance[],
    { from, to }: Likeness,
  ): Record<"deniedApart" | "deniedAlike" | "closest" | "closeApart" | "closeAlike", number> {
    const seen = { deniedApart: 0, deniedAlike: 0, closest: 0, closeApart: 0, closeAlike: 0 };
    for (let at = from; at < to; at += 1) {
      const said = this.#stance(at, at + 1);
      let best: Stance | undefined;
      let weight = 0;
      for (const clause of clauses) {
        const close = along(said.sense, clause.sense);
        if (best !== undefined && close <= weight) continue;
        best = clause;
        weight = Math.max(0, close);
      }
      if (best === undefined) continue;
      const { apart, alike } = compare(said.poles, best.poles);
      seen.closest = Math.max(seen.closest, weight);
      if (said.denials % 2 !== best.denials % 2) seen.deniedApart = Math.max(seen.deniedApart, weight);
      else if (said.denials % 2 === 1) seen.deniedAlike = Math.max(seen.deniedAlike, weight);
      if (apart > 0) seen.closeApart = Math.max(seen.closeApart, weight);
      if (alike > 0) seen.closeAlike = Math.max(seen.closeAlike, weight);
    }
    return seen;
  }
}

/** A stretch that shares so many of its words says what the point says. */
const SHARED = 0.9;

/** Whether a stretch says a point in the point's own words, denied as often, with neither side of any opposites changed. */
function isRepeated(said: Stance, point: Stance): boolean {
  const shared = numberIn(said.words, (word) => point.words.has(word));
  const isSame = said.words.size > 0 && shared >= SHARED * said.words.size;
  return isSame && said.denials % 2 === point.denials % 2 && compare(said.poles, point.poles).apart === 0;
}

const FEWEST_WORDS = 4;

/** Whether all of an answer stands in one of the points: however short it is, it speaks of the question. */
export function repeatsPoint({ points, senses, known }: Reversible, reading: Reading): boolean {
  const said = stanceOf(reading, 0, reading.clauses.length, senses, known);
  return said.words.size >= FEWEST_WORDS && points.some(({ whole }) => isRepeated(said, whole));
}

/** Whether a quantity goes the way that the point says, and whether one goes the other way. */
function directed(said: Stance, point: Stance): Record<"sameWay" | "otherWay", number> {
  let [sameWay, otherWay] = [0, 0];
  for (const [concept, direction] of point.directions) {
    const own = said.directions.get(concept) ?? 0;
    if (own === 0 || direction === 0) continue;
    if (own === direction) sameWay = 1;
    else otherWay = 1;
  }
  return { sameWay, otherWay };
}

/** A logarithm of odds that a stretch says the reverse of a point. */
const oddsOf = (evidence: ReversalEvidence): number =>
  Object.entries(learnt.weights).reduce(
    (sum, [name, weight]) => sum + weight * evidence[name as keyof ReversalEvidence],
    learnt.bias,
  );

const SURE = 0.9;

/**
 * The verdicts on a drafted question where an answer may say the reverse of what it seems to: nothing is earned where that
 * is likely, and half where it may well be.
 */
export function withReversals(
  judgements: readonly (Judgement | undefined)[],
  evidences: Evidences,
  likenesses: Likenesses,
  reading: Reading,
  reversible: Reversible | undefined,
  trace: Trace | undefined,
): readonly (Judgement | undefined)[] {
  if (reversible === undefined) return judgements;
  const reversals = new Reversals(reversible, reading);
  return judgements.map((judged, at) => {
    const like = likenesses.points[at];
    if (
      judged === undefined ||
      like === undefined ||
      judged.verdict === "miss" ||
      judged.verdict === "contradict"
    )
      return judged;
    const opposed: Judgement = {
      verdict: "contradict",
      reason: "wrong-direction",
      confidence: SURE,
      tokens: [clauseTokens(reading, like.from, like.to)],
    };
    if (isExchanged(reversible, reading, at, like)) return opposed;
    const evidence = reversals.evidenceOf(at, like, judged.verdict, evidences.points[at]?.signs ?? 0);
    if (evidence === undefined) return judged;
    trace?.turned?.(at, evidence);
    const odds = oddsOf(evidence);
    if (odds <= learnt.mixed) return judged;
    if (odds <= learnt.contradict) return { ...judged, verdict: "partial", reason: "wrong-direction" };
    return { ...opposed, confidence: Math.round(100 / (1 + Math.exp(-odds))) / 100 };
  });
}
