import { beginningOf } from "./plain-text.ts";

/** Where a sentence, a clause or a word ends: the best place that the last third of a text has. */
const endings = [/[。！？!?]|\.(?=\s)/gu, /[；;，,：]/gu, /\s/gu];

/** Where to part a text of which `most` UTF-16 code units fit: where something ends, and never within a character. */
export function cutAt(text: string, most: number): number {
  const fitting = beginningOf(text, most);
  const worth = Math.floor(fitting.length * 0.66);
  const late = fitting.slice(worth);
  const ends = endings
    .map((ending) => [...late.matchAll(ending)].at(-1))
    .map((found) => (found === undefined ? null : worth + found.index + found[0].length));
  return ends.find((at) => at !== null) ?? fitting.length;
}
