import { clauseTokens } from "./clause-tokens.ts";
import type { Reading } from "./reading.ts";
import { type Reversible, type Stance, stanceOf } from "./reversible.ts";
import { sidesTurned } from "./segments.ts";
import type { Judgement } from "./verdict.ts";

/** A clause must share so many words besides the sides' names, and such a part of its own. */
const FEWEST_SHARED = 3;
const MOST_SHARED = 0.6;
const SURE = 0.9;

function sharedBy(said: Stance, own: Stance, sides: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of said.words) if (!sides.has(word) && own.words.has(word)) shared += 1;
  return shared;
}

/** Clauses; `to` is not part of it. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** How a clause stands to the clause of a point that has most of its words. */
interface Turned {
  /** It says of one side what the point says of the other. */
  readonly exchanged: boolean;
  /** It denies what the point says, or the other way round. */
  readonly denied: boolean;
}

function turnedBy(said: Stance, own: Stance, sides: ReadonlySet<string>): Turned {
  const mine = [...said.words].filter((word) => sides.has(word));
  const theirs = new Set([...own.words].filter((word) => sides.has(word)));
  const shared = sharedBy(said, own, sides);
  const isAlike = shared >= FEWEST_SHARED && shared >= MOST_SHARED * (said.words.size - mine.length);
  const isDenied = said.denials % 2 !== own.denials % 2;
  const isOther = mine.length > 0 && theirs.size > 0 && !mine.some((word) => theirs.has(word));
  return { exchanged: isAlike && isOther && !isDenied, denied: isAlike && isDenied };
}

/** Of each clause from one to another, how it stands to the clause of a point that has most of its words. */
function turnsIn(
  { sides, points, senses, known }: Reversible,
  reading: Reading,
  point: number,
  { from, to }: Range,
): readonly Turned[] {
  const turns: Turned[] = [];
  for (let at = from; at < to; at += 1) {
    const said = stanceOf(reading, at, at + 1, senses, known);
    let nearest: Stance | undefined;
    for (const clause of points[point]?.clauses ?? [])
      if (nearest === undefined || sharedBy(said, clause, sides) > sharedBy(said, nearest, sides))
        nearest = clause;
    if (nearest !== undefined) turns.push(turnedBy(said, nearest, sides));
  }
  return turns;
}

/** Whether a clause says of one side of the question, in the same words, what the point says of the other. */
export const isExchanged = (
  reversible: Reversible,
  reading: Reading,
  point: number,
  stretch: Range,
): boolean =>
  (reversible.sides.size > 0 &&
    turnsIn(reversible, reading, point, stretch).some(({ exchanged }) => exchanged)) ||
  (reversible.contrasted.size > 0 && areSidesTurned(reversible, reading, point, stretch));

function areSidesTurned(
  { contrasted, points }: Reversible,
  { text: { text }, clauses }: Reading,
  point: number,
  { from, to }: Range,
): boolean {
  const said = text.slice(clauses[from]?.start ?? 0, clauses[to - 1]?.end ?? 0).toLowerCase();
  return sidesTurned(said, points[point]?.whole.text ?? "", contrasted) === true;
}

/**
 * The verdicts on a drafted question whose words tell no sense, less what is said of the other side, or denied, in the words of the
 * point.
 */
export function withExchanges(
  judgements: readonly Judgement[],
  reading: Reading,
  reversible: Reversible,
): readonly Judgement[] {
  return judgements.map((judged, at) => {
    if (judged.verdict === "miss" || judged.verdict === "contradict") return judged;
    const tokens = judged.tokens.flat();
    const from = reading.clauses.findIndex(({ end }) => tokens.some((token) => token.start < end));
    const to = reading.clauses.findLastIndex(({ start }) => tokens.some((token) => token.end > start)) + 1;
    const turns = from < 0 ? [] : turnsIn(reversible, reading, at, { from, to });
    const isDenied = turns.some(({ denied }) => denied);
    if (!isDenied && (from < 0 || !isExchanged(reversible, reading, at, { from, to }))) return judged;
    const quoted = [clauseTokens(reading, from, to)];
    return { verdict: "contradict", reason: "wrong-direction", confidence: SURE, tokens: quoted };
  });
}
