import { distance } from "fastest-levenshtein";
import { isHan, simplify } from "./scoring/letters.ts";

/** Something that can be found by any of its names. */
export interface Findable {
  readonly names: readonly string[];
}

/** How well a name fits what was typed, best first: 0 the same, 1 begins so, 2 a word of it begins so, 3 holds it, 4 and more a slip. */
type Fit = number;
const NO_FIT = Number.POSITIVE_INFINITY;
const FROM_SLIPS: Fit = 4;

/** Nobody types more of a name; it bounds the work. */
const LONGEST_TYPED = 60;

const foldHan = (text: string): string =>
  [...text]
    .map((letter) =>
      isHan(letter.charCodeAt(0)) ? String.fromCharCode(simplify(letter.charCodeAt(0))) : letter,
    )
    .join("");

/** One spelling for case, width, accents, Traditional letters and what parts words. */
const spellingOf = (text: string): string =>
  foldHan(text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase())
    .replace(/[\s_\-/.,'·]+/gu, " ")
    .trim();

interface Spelt {
  readonly whole: string;
  readonly joined: string;
}

const spelt = new WeakMap<Findable, readonly Spelt[]>();

const speltOf = (one: Findable): readonly Spelt[] => {
  const known = spelt.get(one);
  if (known !== undefined) return known;
  const names = one.names.map((name) => {
    const whole = spellingOf(name);
    return { whole, joined: whole.replaceAll(" ", "") };
  });
  spelt.set(one, names);
  return names;
};

/** As many slips as still read as one word; none in Chinese, where a letter is half a name. */
const slipsIn = (typed: string): number =>
  [...typed].some((letter) => isHan(letter.charCodeAt(0))) || typed.length < 4 ? 0 : typed.length < 6 ? 1 : 2;

const fitOf = (typed: string, joinedTyped: string, { whole, joined }: Spelt): Fit => {
  if (joined === joinedTyped) return 0;
  if (joined.startsWith(joinedTyped)) return 1;
  if (` ${whole}`.includes(` ${typed}`)) return 2;
  if (joined.includes(joinedTyped)) return 3;
  const slips = slipsIn(joinedTyped);
  if (slips === 0) return NO_FIT;
  // A letter too few or too many moves where the begun name ends.
  const begun = [-1, 0, 1].map((more) => joined.slice(0, joinedTyped.length + more));
  const begunSlips = Math.min(...begun.map((head) => distance(joinedTyped, head)));
  // Of a name that was written to its end and one that was only begun, the first was meant.
  const edits = Math.min(distance(joinedTyped, joined), begunSlips + 0.5);
  return Math.floor(edits) <= slips ? FROM_SLIPS + edits : NO_FIT;
};

/** Something found, and how well it fits. */
export interface Ranked<One> {
  readonly one: One;
  readonly fit: Fit;
}

/**
 * Those that what was typed may mean, the best first, of equals in the order given; all of them where nothing was typed.
 *
 * Case, width, accents, separators and Traditional letters do not matter, and small slips are forgiven.
 */
export function rank<One extends Findable>(typed: string, all: readonly One[]): readonly Ranked<One>[] {
  const word = spellingOf(typed.slice(0, LONGEST_TYPED));
  if (word === "") return all.map((one) => ({ one, fit: 0 }));
  const joined = word.replaceAll(" ", "");
  return all
    .map((one) => ({ one, fit: Math.min(...speltOf(one).map((name) => fitOf(word, joined, name))) }))
    .filter(({ fit }) => fit < NO_FIT)
    .toSorted((left, right) => left.fit - right.fit);
}
