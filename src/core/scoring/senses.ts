import { type Unit, unitsOf } from "./question-mask.ts";
import shipped from "./senses.json" with { type: "json" };

/** Words of the field and of every day in both languages, learnt by `npm run grade:drafts` from what says the same. */
export interface SensesFile {
  /** How many numbers a direction has. */
  readonly size: number;
  /** Chinese pairs of letters and stems of English words, with blanks between. */
  readonly words: string;
  /** How much each word tells, a letter of base 64 a word. */
  readonly weights: string;
  /** By part of a direction its 64 courses, two letters of base 64 a number. */
  readonly courses: string;
  /** How many parts a direction has. */
  readonly parts: number;
  /** Which course each word takes, a letter of base 64 a part. */
  readonly taken: string;
}

/** Words by what they mean: those that say the same lie in the same direction. */
export interface Senses {
  readonly size: number;
  readonly rowOf: ReadonlyMap<string, number>;
  readonly weights: Float64Array;
  /** Of length 1, one behind the other. */
  readonly directions: Float64Array;
}

export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
export const COURSES = 64;
/** What a course's number is kept in: 12 bits for -1 to 1. */
export const FINENESS = 2047;

const NUMBER_OF = new Map([...LETTERS].map((letter, number) => [letter.charCodeAt(0), number]));
const numberAt = (text: string, at: number): number => NUMBER_OF.get(text.charCodeAt(at)) ?? 0;

export function lengthOf(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

export function unitOf(vector: Float64Array): Float64Array {
  const length = lengthOf(vector) || 1;
  return vector.map((value) => value / length);
}

export function readSenses({ size, words, weights, courses, parts, taken }: SensesFile): Senses {
  const all = words.split(" ");
  const width = size / parts;
  const numbers = Float64Array.from({ length: size * COURSES }, (_, at) => {
    const value = numberAt(courses, 2 * at) * COURSES + numberAt(courses, 2 * at + 1);
    return value / FINENESS - 1;
  });
  const directions = new Float64Array(all.length * size);
  for (const row of all.keys()) {
    const direction = directions.subarray(row * size, (row + 1) * size);
    for (let part = 0; part < parts; part += 1) {
      const from = (part * COURSES + numberAt(taken, row * parts + part)) * width;
      for (let at = 0; at < width; at += 1) direction[part * width + at] = numbers[from + at] ?? 0;
    }
    direction.set(unitOf(direction));
  }
  return {
    size,
    rowOf: new Map(all.map((word, row) => [word, row])),
    weights: Float64Array.from({ length: all.length }, (_, row) => numberAt(weights, row)),
    directions,
  };
}

let known: Senses | undefined;
/** Those that the program comes with, read when they are first asked for. */
export function shippedSenses(): Senses {
  known ??= readSenses(shipped);
  return known;
}

const ENDING = /(?:isations?|izations?|ations?|ating|ings?|edly|ed|ies|es|s|ly|ions?|e|y)$/u;

/** A word of a normalised text as the table has it, and where it stands. */
export interface PlacedWord {
  readonly word: string;
  readonly start: number;
}

function wordAt(unit: Unit, next: Unit | undefined): string | undefined {
  if (!unit.han) return /^[a-z]{5,}$/u.test(unit.text) ? unit.text.replace(ENDING, "") : unit.text;
  return next?.han === true && next.start === unit.end ? unit.text + next.text : undefined;
}

/** Stems of English words and pairs of Chinese letters, in order. */
export function wordsIn(text: string): PlacedWord[] {
  const units = unitsOf(text);
  return units.flatMap((unit, at) => {
    const word = wordAt(unit, units[at + 1]);
    return word === undefined ? [] : [{ word, start: unit.start }];
  });
}

/** The rows of the words that are known, each once, those left out that `isMasked` says. */
export function rowsIn(
  text: string,
  { rowOf }: Senses,
  isMasked = (_at: number): boolean => false,
): number[] {
  const rows = wordsIn(text).flatMap(({ word, start }) => {
    const row = rowOf.get(word);
    return row === undefined || isMasked(start) ? [] : [row];
  });
  return [...new Set(rows)];
}

/** Share of a text's Chinese letters and English words that lie in words that are known. */
export function shareKnown(text: string, { rowOf }: Senses): number {
  const units = unitsOf(text);
  // The second letter of a Chinese pair is a unit of its own; behind the first of an English word none begins.
  const known = new Set(
    wordsIn(text).flatMap(({ word, start }) => (rowOf.has(word) ? [start, start + 1] : [])),
  );
  return units.filter(({ start }) => known.has(start)).length / Math.max(1, units.length);
}

/** What words say together: the sum of their directions, each as long as it tells. */
export function sumOf(rows: Iterable<number>, { size, weights, directions }: Senses): Float64Array {
  const sum = new Float64Array(size);
  for (const row of rows) {
    const weight = weights[row] ?? 0;
    const from = row * size;
    for (let at = 0; at < size; at += 1) sum[at] = (sum[at] ?? 0) + weight * (directions[from + at] ?? 0);
  }
  return sum;
}

export function along(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
