import { describe, expect, it } from "vitest";
import type { Locale } from "#core/language";
import { askedOf, likenessIndex } from "#core/pack/likeness";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";

const { questions } = loadLibrary(SHIPPED_CONTENT);
const locales: readonly Locale[] = ["zh", "en"];

/** Question texts closer than this ask the same; the closest two that were read and kept are at 0.26. */
const SAME_QUESTION = 0.35;
/** Statements closer than this say the same; the closest two that were read and kept are at 0.58. */
const SAME_POINT = 0.65;
/** What an import goes by; 0.32 is the closest here, two questions on two sides of LoRA. */
const SAME_BY_CONCEPTS = 0.4;

interface Said {
  readonly owner: string;
  readonly name: string;
  readonly text: string;
}

/** Pairs of Chinese letters and whole English words, each once. */
function gramsOf(text: string): Set<string> {
  const grams = new Set(text.toLowerCase().match(/[a-z0-9]{2,}/g) ?? []);
  for (const [run] of text.matchAll(/\p{Script=Han}+/gu)) {
    for (let at = 0; at + 1 < run.length; at += 1) grams.add(run.slice(at, at + 2));
  }
  return grams;
}

/** Pairs of different owners, the closest first: the cosine of their grams, rare ones weighing more. */
function closestOf(said: readonly Said[]): { readonly pair: string; readonly share: number }[] {
  const grams = said.map(({ text }) => gramsOf(text));
  const having = new Map<string, number>();
  for (const gram of grams.flatMap((set) => [...set])) having.set(gram, (having.get(gram) ?? 0) + 1);
  const weight = (gram: string): number => Math.log(1 + said.length / (having.get(gram) ?? 1)) ** 2;
  const lengths = grams.map((set) => Math.sqrt([...set].reduce((sum, gram) => sum + weight(gram), 0)));
  const pairs: { pair: string; share: number }[] = [];
  for (const [at, one] of said.entries()) {
    for (let next = at + 1; next < said.length; next += 1) {
      const other = said[next];
      if (other === undefined || other.owner === one.owner) continue;
      let common = 0;
      for (const gram of grams[at] ?? []) if (grams[next]?.has(gram) === true) common += weight(gram);
      const share = common / ((lengths[at] ?? 1) * (lengths[next] ?? 1));
      pairs.push({ pair: `${one.name} and ${other.name}`, share });
    }
  }
  return pairs.sort((one, other) => other.share - one.share);
}

/** Named, so that whoever broke it can read the two side by side. */
const above = (pairs: ReturnType<typeof closestOf>, limit: number): string[] =>
  pairs.filter(({ share }) => share > limit).map(({ pair, share }) => `${pair}: ${share.toFixed(2)}`);

describe("the whole bank", () => {
  it.each(locales)("asks nothing twice (%s)", (locale) => {
    const asked = questions.map(({ id, text }) => ({ owner: id, name: id, text: text[locale] }));
    expect(above(closestOf(asked), SAME_QUESTION)).toEqual([]);
  });

  it.each(locales)("makes the same point in no two questions (%s)", (locale) => {
    const said = questions.flatMap((question) =>
      question.points.map(({ id, statement }) => ({ owner: question.id, name: id, text: statement[locale] })),
    );
    expect(above(closestOf(said), SAME_POINT)).toEqual([]);
  });

  it("has no question that an import would offer to merge with another", () => {
    const index = likenessIndex(null);
    for (const question of questions) index.add(question.id, askedOf(question));
    const alike = questions.flatMap((question) =>
      index
        .alike(askedOf(question))
        .filter(({ id, share }) => id > question.id && share > SAME_BY_CONCEPTS)
        .map(({ id, share }) => `${question.id} and ${id}: ${share.toFixed(2)}`),
    );
    expect(alike).toEqual([]);
  });

  it("would notice a question that was asked before in nearly the same words", () => {
    const text = "What does gradient accumulation do, and what does it cost?";
    const again = "What does gradient accumulation do, and what will it cost you?";
    const asked = questions.map(({ id, text }) => ({ owner: id, name: id, text: text.en }));
    const pairs = closestOf([
      { owner: "old", name: "old", text },
      { owner: "new", name: "new", text: again },
      ...asked,
    ]);
    expect(above(pairs, SAME_QUESTION)).toEqual([expect.stringMatching(/^old and new: /)]);
  });
});
