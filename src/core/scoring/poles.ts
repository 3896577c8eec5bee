import opposed from "./opposed.json" with { type: "json" };

/** Names in both languages; `~` stands for any ending of an English word. */
interface Names {
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

/** Finds any of some names in a text in lower case. */
export function findsAny({ zh, en }: Names, flags = ""): RegExp {
  const latin = en.map((name) => `(?<![a-z])${name.replaceAll("~", "[a-z]*")}(?![a-z])`);
  return new RegExp([...zh.toSorted((one, other) => other.length - one.length), ...latin].join("|"), flags);
}

const pairs = opposed.map(({ one, other }) => [findsAny(one), findsAny(other)] as const);

/** By pair of opposites, which side alone a text speaks of: 1 or -1; 0 where it is neither or both. */
export type Poles = readonly number[];

/** @param text in lower case */
export const polesIn = (text: string): Poles =>
  pairs.map(([one, other]) => (one.test(text) ? 1 : 0) - (other.test(text) ? 1 : 0));

/** How many pairs two texts take different sides of, and how many the same. */
export function compare(one: Poles, other: Poles): { readonly apart: number; readonly alike: number } {
  let apart = 0;
  let alike = 0;
  for (const [at, side] of one.entries()) {
    const product = side * (other[at] ?? 0);
    if (product < 0) apart += 1;
    else if (product > 0) alike += 1;
  }
  return { apart, alike };
}
