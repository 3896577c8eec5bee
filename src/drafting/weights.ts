import type { Line } from "./line.ts";
import type { DraftPoint } from "./points.ts";
import { countIn, stemOf } from "./wordings.ts";
import { contentWords } from "./words.ts";

const WORDS_OF_STRESS =
  /最(?:重要|关键|核心)|关键(?:是|在于|点)|核心(?:是|在于)|重点(?:是|在于)|务必|一定要|尤其|most important|crucial|key (?:point|idea|insight)|essential|above all|in particular|especially/iu;

/** The place of the first of some numbers, in order, that is no less than another. */
function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? least) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The points that their document stresses, in bold or in words, where it does not stress most of them. */
export function stressedIn(points: readonly DraftPoint[], body: readonly Line[]): ReadonlySet<DraftPoint> {
  const bold = body.filter(({ stressed }) => stressed).map(({ number }) => number);
  const stressed = points.filter(
    ({ lines: [from, to], statement, title }) =>
      (bold[firstFrom(bold, from)] ?? Number.POSITIVE_INFINITY) <= to ||
      WORDS_OF_STRESS.test(`${title} ${statement}`),
  );
  return new Set(stressed.length * 2 <= points.length ? stressed : []);
}

/** So many of a point's own words repeat it; all of them where it has fewer. */
const MOST_NEEDED = 2;

/** The points that a closing summary names again: by a name of theirs, or by the words that no other point's title has. */
export function repeatedIn(
  points: readonly DraftPoint[],
  title: string,
  summary: string,
): ReadonlySet<DraftPoint> {
  const said = summary.toLowerCase();
  if (said.trim() === "") return new Set();
  const asked = new Set(contentWords(title).map(stemOf));
  const words = points.map((point) =>
    [...new Set(contentWords(point.title).map(stemOf))].filter((word) => !asked.has(word)),
  );
  const count = countIn(words);
  const has = (word: string): boolean => said.includes(word.replace(/~$/u, ""));
  const repeated = points.filter((point, at) => {
    const names = [point.title, ...point.aliases].map((name) => name.toLowerCase());
    const own = (words[at] ?? []).filter((word) => count.get(word) === 1);
    const found = own.filter(has).length;
    return (
      names.some((name) => name.length > 1 && said.includes(name)) ||
      (found > 0 && found >= Math.min(MOST_NEEDED, own.length))
    );
  });
  // A summary that repeats everything stresses nothing.
  return new Set(repeated.length * 3 <= points.length * 2 ? repeated : []);
}
