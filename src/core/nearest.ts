import { distance } from "fastest-levenshtein";

/** How many edits still read as a slip of the finger, by the length of what was typed. */
const slipsFor = (length: number): number => (length <= 3 ? 1 : length <= 7 ? 2 : 3);

/**
 * The word of `known` that was probably meant.
 *
 * @param typed what the member typed; only its first 60 characters are compared, so the cost is bounded
 * @param most how many edits still count; by default what reads as a slip of the finger at that length
 * @returns the nearest word, or null where none is near enough to be a typing slip
 */
export function nearest(typed: string, known: Iterable<string>, most?: number): string | null {
  const word = typed.slice(0, 60).toLowerCase();
  let best: string | null = null;
  let fewest = (most ?? slipsFor([...word].length)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const edits = distance(word, candidate.toLowerCase());
    if (edits < fewest) {
      best = candidate;
      fewest = edits;
    }
  }
  return best;
}
