import { clauseTokens } from "./clause-tokens.ts";
import { clauseFeatures, fnvOf, type Window, windowsOf } from "./features.ts";
import type { Glossary } from "./glossary.ts";
import type { PointResult } from "./grader.ts";
import {
  type ByRules,
  type Delicacy,
  evidenceFor,
  type Impression,
  impressionsOf,
  NOTHING,
  type Place,
  settleVerdict,
  verdictOrder,
  weigh,
} from "./opinion.ts";
import type { QuestionReader } from "./question-reader.ts";
import type { Clause, Reading } from "./reading.ts";
import { Stretches } from "./trained-reader.ts";
import type { Judgement } from "./verdict.ts";

const hashesOf = new WeakMap<Glossary, Uint32Array>();

/** The hash of every glossary entry's id, by its number. */
export function conceptHashes(glossary: Glossary): Uint32Array {
  const known = hashesOf.get(glossary);
  if (known !== undefined) return known;
  const hashes = Uint32Array.from(glossary.entries, ({ id }) => fnvOf(id));
  hashesOf.set(glossary, hashes);
  return hashes;
}

/** Of a stretch that is for the most part new to the reader it has no opinion. */
const FAMILIAR = 0.3;

const denying: ReadonlySet<string> = new Set(["not", "forbid", "useless", "needless", "without", "reject"]);

/** Margins below which the reader adds nothing to what the rules did not find; most points of most answers. */
const SILENT = -0.9;

const UNFOUND: ByRules = { verdict: "miss", reason: "no-match" };

/** A stretch of a word or two, in widths, is a label: it says nothing. */
const LABEL_WIDTH = 14;

const refusing: ReadonlySet<string> = new Set(["forbid", "useless", "needless"]);
/** Units from the start of a clause within which a denial turns down all of it. */
const OPENING = 4;

/** "Never freeze layers", "replay is of no use": what is named is turned down. */
const isRefusal = ({ start, tokens }: Clause): boolean =>
  tokens.some(
    (token) =>
      !token.overlay &&
      (refusing.has(token.type) || (token.type === "not" && token.start - start <= OPENING)),
  );

/** From one figure to another: which way it goes is for the rules. */
const FIGURES = /[0-9][^0-9]{1,12}[0-9]/;

const clauseAt = (reading: Reading, at: number): number =>
  reading.clauses.findIndex(({ start, end }) => at >= start && at < end);

const holds = (window: Window | undefined, clauses: readonly number[]): boolean =>
  window !== undefined && clauses.some((clause) => clause >= window.from && clause < window.to);

/** Whether two stretches share a clause. */
const overlap = (one: Window | undefined, other: Window | undefined): boolean =>
  one !== undefined && other !== undefined && one.from < other.to && other.from < one.to;

/**
 * Weighs what the rules found against what a trained reader believes. Where both agree the rules' evidence stands;
 * where the reader turns a verdict, its strongest stretch is the evidence.
 *
 * @param isShown whether a part of the text is what the member was shown, like a hint
 * @param found the rules' own results, whose verdicts were already held against their evidence
 */
export function reconsider(
  judgements: readonly Judgement[],
  found: readonly Pick<PointResult, "verdict" | "reason">[],
  reading: Reading,
  glossary: Glossary,
  reader: QuestionReader,
  isShown: (start: number, end: number) => boolean,
): Judgement[] {
  const hashes = conceptHashes(glossary);
  const nameOf = (meaning: number): number => hashes[meaning] ?? 0;
  const stretches = new Stretches(
    reading.clauses.map((clause) => clauseFeatures(clause, reading, nameOf)),
    reader,
  );
  const windows = windowsOf(reading.clauses);
  const nothing = new Float32Array(judgements.length * 2).fill(NOTHING);
  const margins = windows.map(({ from, to }) => {
    if (isShown(reading.clauses[from]?.start ?? 0, reading.clauses[to - 1]?.end ?? 0)) return nothing;
    const width =
      (reading.widths[reading.clauses[to - 1]?.end ?? 0] ?? 0) -
      (reading.widths[reading.clauses[from]?.start ?? 0] ?? 0);
    if (width < LABEL_WIDTH) return nothing;
    const opinion = stretches.opinion(from, to);
    return opinion.known < FAMILIAR ? nothing : opinion.margins;
  });
  const impressions = impressionsOf(margins, judgements.length);
  // Clauses by the points that they earn, or lose, by the rules.
  const spoken = judgements.map((judgement, point) =>
    found[point]?.verdict === "miss"
      ? []
      : judgement.tokens.flat().map((token) => clauseAt(reading, token.start)),
  );
  const delicacyOf = (window: Window | undefined, point: number): Delicacy => {
    if (window === undefined) return "plain";
    // The next clause of a sentence often only goes on with what the one beside it says.
    const sentence = reading.clauses[window.from]?.sentence;
    const isIn = (clause: number): boolean =>
      clause >= window.from - 1 && clause <= window.to && reading.clauses[clause]?.sentence === sentence;
    const clauses = reading.clauses.slice(window.from, window.to);
    const first = reading.clauses[window.from]?.start ?? 0;
    const moves = FIGURES.test(reading.text.text.slice(first, reading.clauses[window.to - 1]?.end ?? first));
    if (moves || clauses.some(isRefusal)) return "refused";
    const isTurned = clauses.some(({ tokens }) =>
      tokens.some(({ type, overlay, direction }) => direction !== 0 || (!overlay && denying.has(type))),
    );
    const isSpokenFor = spoken.some((spokenIn, other) => other !== point && spokenIn.some(isIn));
    return isTurned || isSpokenFor ? "delicate" : "plain";
  };
  return judgements.map((judgement, point) => {
    const impression = impressions[point];
    const rules = found[point];
    if (impression === undefined || rules === undefined || windows.length === 0) return judgement;
    const isSilent = impression.inFavour.covered < SILENT && impression.against.contradicted < SILENT;
    if (rules.verdict === "miss" && isSilent) return judgement;
    const inFavour = weigh(
      evidenceFor(rules, impression.inFavour, impression.inFavour.covered),
      reader.weighing,
    );
    const against = weigh(
      evidenceFor(rules, impression.against, impression.inFavour.covered),
      reader.weighing,
    );
    const place = (by: ByRules): Place => ({
      apart:
        by.verdict === "miss"
          ? !overlap(windows[impression.inFavour.stretch], windows[impression.against.stretch])
          : !holds(windows[impression.against.stretch], spoken[point] ?? []),
      inFavour: delicacyOf(windows[impression.inFavour.stretch], point),
      against: delicacyOf(windows[impression.against.stretch], point),
    });
    const settled = settleVerdict(rules, inFavour, against, place(rules));
    // What would be a hit without it is no less for half a point that the rules find elsewhere.
    const isHalf =
      settled === "partial" &&
      rules.verdict === "partial" &&
      rules.reason !== "mixed" &&
      !holds(windows[impression.inFavour.stretch], spoken[point] ?? []);
    const alone = (side: Impression): number[] =>
      weigh(evidenceFor(UNFOUND, side, impression.inFavour.covered), reader.weighing);
    const verdict =
      isHalf &&
      settleVerdict(UNFOUND, alone(impression.inFavour), alone(impression.against), place(UNFOUND)) === "hit"
        ? "hit"
        : settled;
    // What the rules found stands with its reason and its confidence.
    if (verdict === rules.verdict) return judgement;
    const shares = verdict === "contradict" ? against : inFavour;
    const confidence = Math.round((shares[verdictOrder.indexOf(verdict)] ?? 0) * 100) / 100;
    if (verdict === "miss") return { verdict, reason: "no-match", confidence, tokens: [] };
    const places = [
      ...(verdict === "contradict" ? [] : [impression.inFavour.stretch]),
      ...(verdict === "hit" ? [] : [impression.against.stretch]),
    ];
    const tokens = places.flatMap((stretch) => {
      const window = windows[stretch];
      return window === undefined
        ? []
        : clauseTokens(reading, window.from, window.to).map((token) => [token]);
    });
    return { verdict, reason: "learnt", confidence, tokens };
  });
}
