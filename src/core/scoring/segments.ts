import { compare, polesIn } from "./poles.ts";
import { wordsIn } from "./senses.ts";

/** Where what is said of one thing ends and what is said of another begins. */
const ENDS = /[,，、;；。:：]|\b(?:and|but|while|whereas)\b|而(?!是)|但是?|则/u;
const COMPARES = /\bthan\b|比/u;
/** Words that tell nothing of what is said. */
const LITTLE: ReadonlySet<string> = new Set(
  "the an is are be was of to in on it its by for as at that this with has have can do not only from or so into than".split(
    " ",
  ),
);
/** Such a part of a segment's words must stand in the other. */
const MOST_SHARED = 0.6;

/** A part of a clause. */
interface Segment {
  readonly words: readonly string[];
  /** Names of the question's sides, in order. */
  readonly sides: readonly string[];
  readonly text: string;
}

function segmentsOf(text: string, sides: ReadonlySet<string>): readonly Segment[] {
  return text.split(ENDS).flatMap((part) => {
    const words = wordsIn(part).map(({ word }) => word);
    const told = words.filter((word) => word.length > 1 && !LITTLE.has(word));
    const named = told.filter((word) => sides.has(word));
    return told.length === 0
      ? []
      : [{ words: told.filter((word) => !sides.has(word)), sides: named, text: part }];
  });
}

const MOST_OF_SIDE = 0.7;

/**
 * The words of a question that parts of its points speak of while other parts speak of another: its sides, also where every
 * point speaks of both.
 */
export function contrastedIn(asked: ReadonlySet<string>, points: readonly string[]): ReadonlySet<string> {
  const words = new Set([...asked].filter((word) => word.length > 1 && !LITTLE.has(word)));
  const named = points
    .flatMap((point) => segmentsOf(point.toLowerCase(), words))
    .map(({ sides }) => new Set(sides))
    .filter(({ size }) => size > 0);
  return new Set(
    [...words].filter((word) => {
      const count = named.filter((sides) => sides.has(word)).length;
      return count > 0 && count <= MOST_OF_SIDE * named.length;
    }),
  );
}

const sharedBy = (one: Segment, other: Segment): number =>
  new Set(one.words.filter((word) => other.words.includes(word))).size;

const isSideOf = (one: Segment, other: Segment): boolean =>
  one.sides.some((side) => other.sides.includes(side));

/** Whether a comparison puts the same two sides the other way round: A is faster than B; B is faster than A, A is slower than B. */
function isTurned(said: Segment, own: Segment): boolean | undefined {
  if (!COMPARES.test(said.text) || !COMPARES.test(own.text)) return undefined;
  const [first, last] = [said.sides[0], said.sides.at(-1)];
  const [ownFirst, ownLast] = [own.sides[0], own.sides.at(-1)];
  if (first === undefined || first === last || ownFirst === ownLast) return undefined;
  const isSameOrder = first === ownFirst && last === ownLast;
  const isOtherOrder = first === ownLast && last === ownFirst;
  if (!isSameOrder && !isOtherOrder) return undefined;
  const { apart, alike } = compare(polesIn(said.text), polesIn(own.text));
  if (apart === 0 && alike === 0 && sharedBy(said, own) === 0) return undefined;
  return isSameOrder === (apart % 2 === 1);
}

/** What a text makes of the two sides that a point speaks of: the same, the other way round, or nothing that can be told. */
export function sidesTurned(said: string, own: string, sides: ReadonlySet<string>): boolean | undefined {
  const owns = segmentsOf(own, sides);
  let isKept: boolean | undefined;
  for (const segment of segmentsOf(said, sides)) {
    for (const other of owns) {
      const turned = isTurned(segment, other);
      if (turned === true) return true;
      if (turned === false) isKept = false;
    }
    if (segment.sides.length === 0 || segment.words.length === 0) continue;
    const enough = Math.max(1, MOST_SHARED * new Set(segment.words).size);
    const best = (isOwn: boolean): number =>
      Math.max(
        0,
        ...owns
          .filter((other) => other.sides.length > 0 && isSideOf(segment, other) === isOwn)
          .map((other) => sharedBy(segment, other)),
      );
    const [mine, theirs] = [best(true), best(false)];
    if (theirs >= enough && theirs > mine) return true;
    if (mine >= enough && mine > theirs) isKept = false;
  }
  return isKept;
}
