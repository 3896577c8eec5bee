/** Beyond it two questions ask the same. */
export const SAME_QUESTION = 0.6;
/** Beyond it two statements are one point. */
export const SAME_POINT = 0.5;

/** What is compared of a text: pairs of Chinese characters, words of other scripts, and pairs of those. */
function gramsOf(text: string): ReadonlySet<string> {
  const units =
    text
      .normalize("NFKC")
      .toLowerCase()
      .slice(0, 4000)
      .match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
  const grams = new Set<string>();
  for (const [at, unit] of units.entries()) {
    const next = units[at + 1];
    if (unit.length > 1 || !/\p{Script=Han}/u.test(unit)) grams.add(unit);
    if (next !== undefined) grams.add(`${unit} ${next}`);
  }
  if (grams.size === 0 && units[0] !== undefined) grams.add(units[0]);
  return grams;
}

/** How alike two texts are, 0 to 1, by what they have in common (Dice's coefficient of their grams). */
export function likeness(one: string, other: string): number {
  const grams = gramsOf(one);
  const others = gramsOf(other);
  if (grams.size === 0 || others.size === 0) return one.trim() === other.trim() ? 1 : 0;
  let shared = 0;
  for (const gram of grams) if (others.has(gram)) shared += 1;
  return (2 * shared) / (grams.size + others.size);
}

/** Texts that are compared with many others. */
export class Likenesses<Item> {
  readonly #items: readonly { readonly item: Item; readonly grams: ReadonlySet<string> }[];

  constructor(items: readonly Item[], textOf: (item: Item) => string) {
    this.#items = items.map((item) => ({ item, grams: gramsOf(textOf(item)) }));
  }

  /** The item most like a text, if any is at least so alike. */
  nearest(text: string, least: number, mayBe: (item: Item) => boolean = () => true): Item | null {
    const grams = gramsOf(text);
    let best: Item | null = null;
    let most = least;
    for (const { item, grams: others } of this.#items) {
      if (!mayBe(item)) continue;
      let shared = 0;
      for (const gram of grams) if (others.has(gram)) shared += 1;
      const alike = grams.size + others.size === 0 ? 0 : (2 * shared) / (grams.size + others.size);
      if (alike >= most) {
        most = alike;
        best = item;
      }
    }
    return best;
  }
}
