import { z } from "zod";

const list = z.array(z.string().min(1).max(40)).min(1);

/** The words by which people, not programs, tell that memory ran out; lower case, simplified forms. */
export const wordsSchema = z.strictObject({
  gpuMemory: list,
  gpu: list,
  /** What only comes up around cards: their names, parallel training, micro-batches. */
  gpuHint: list,
  hostMemory: list,
  hostHint: list,
  /** "内存" is used for both kinds; what stands around it decides. */
  memory: list,
  out: list,
  /** What does not go into a card: the model, the batch. */
  fitsNot: list,
  /** Says by itself that something ran out, but not what. */
  bareOut: list,
  killed: list,
  /** What grows with the steps. */
  rising: list,
  /** The person asks whether it is so. */
  asked: list,
  sharedMemory: list,
  disk: list,
  kvCache: list,
  unified: list,
  /** Something went wrong; says nothing of memory. */
  faults: list,
  openFiles: list,
  pinned: list,
  negations: list,
  /** The card is said to be fine. */
  enough: list,
});
export type Words = z.infer<typeof wordsSchema>;
export type WordList = keyof Words;

export interface Hit {
  readonly at: number;
  readonly length: number;
}

const literal = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);

/** A Latin word stands alone, or behind a count like `8x`; a Chinese one may have anything beside it. */
const bounded = (word: string): string =>
  (/^[a-z0-9]/.test(word) ? String.raw`(?:(?<![a-z])|(?<=\dx))` : "") +
  literal(word) +
  (/[a-z0-9]$/.test(word) ? "(?![a-z0-9])" : "");

const compiled = new WeakMap<readonly string[], RegExp>();
/** One pattern for all words of a list. */
export const compileWords = (words: readonly string[]): RegExp => {
  const known = compiled.get(words);
  if (known) return known;
  // The longest first: an alternation takes the first that fits.
  const longest = words.toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(longest.map(bounded).join("|"), "g");
  compiled.set(words, pattern);
  return pattern;
};

const MAX_HITS = 60;

/** Where words of a list stand in a lower-case text, at most the first sixty. */
export const hits = (text: string, words: readonly string[]): readonly Hit[] => {
  const pattern = compileWords(words);
  pattern.lastIndex = 0;
  const found: Hit[] = [];
  while (found.length < MAX_HITS) {
    const match = pattern.exec(text);
    if (!match) break;
    found.push({ at: match.index, length: match[0].length });
  }
  return found;
};

/** The first two hits that stand at most `gap` code units apart, in either order; as one stretch. */
export const nearest = (some: readonly Hit[], others: readonly Hit[], gap: number): Hit | null => {
  for (const a of some) {
    for (const b of others) {
      const [left, right] = a.at <= b.at ? [a, b] : [b, a];
      const end = Math.max(left.at + left.length, right.at + right.length);
      if (right.at - (left.at + left.length) <= gap) return { at: left.at, length: end - left.at };
    }
  }
  return null;
};
