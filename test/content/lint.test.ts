import { describe, expect, it } from "vitest";
import { lintRubrics } from "#core/scoring/lint";
import { lintCollisions } from "#core/scoring/lint-collisions";
import { glossariesOf, readSources, SHIPPED_CONTENT } from "#src/content/library";

const sources = readSources(SHIPPED_CONTENT);
const glossary = sources.glossary.map(({ value }) => value);
const questions = sources.packs.flatMap((pack) => pack.questions);
const ruled = sources.packs.flatMap((pack) =>
  pack.questions.map(
    (entry) => [entry.question.value.id, entry, glossariesOf(pack, sources.glossary)] as const,
  ),
);

describe("the rules that come with Rehearsal", () => {
  it.each(ruled)("leave nothing for the lint to find: %s", (_, { question, rubric }, glossaries) => {
    if (rubric === undefined) throw new Error(`${question.value.id} has no rules`);
    const files = glossaries.map(({ value }) => value);
    const found = lintRubrics([{ question: question.value, rubric: rubric.value }], files);
    expect(found.map(({ point, what, mend }) => `${point}: ${what}; ${mend}`)).toEqual([]);
  });

  it("give a word to one concept, unless it is said to be meant for both", () => {
    expect(lintCollisions(glossary).map(({ what, mend }) => `${what}; ${mend}`)).toEqual([]);
  });

  it.each(
    sources.packs.flatMap((pack) =>
      pack.glossary === undefined ? [] : [[pack.pack.value.id, pack] as const],
    ),
  )("give a word of the pack's own glossary to one concept: %s", (_, pack) => {
    const files = glossariesOf(pack, sources.glossary).map(({ value }) => value);
    const found = lintCollisions(files).filter(({ file }) => file === files.length - 1);
    expect(found.map(({ what, mend }) => `${what}; ${mend}`)).toEqual([]);
  });

  it("say that a word is meant for both only of concepts and points that there are", () => {
    const concepts = new Set(glossary.flatMap(({ entries }) => Object.keys(entries)));
    const shared = glossary.flatMap(({ entries }) => Object.values(entries).flatMap(({ shares }) => shares));
    expect(shared.filter((id) => !concepts.has(id))).toEqual([]);
    for (const { question, rubric } of questions) {
      const points = new Set(question.value.points.map(({ id }) => id));
      const declared = rubric?.value.points.flatMap(({ shares }) => shares) ?? [];
      expect(
        declared.filter((id) => !points.has(id)),
        question.value.id,
      ).toEqual([]);
    }
  });

  it("declare a shared word no longer than two concepts share one", () => {
    const unshared = glossary.map(({ schema, entries }) => ({
      schema,
      entries: Object.fromEntries(
        Object.entries(entries).map(([id, entry]) => [id, { ...entry, shares: [] }]),
      ),
    }));
    const pairs = new Set(
      lintCollisions(unshared).map(({ what }) => what.replace(/.* both (\S+) and (\S+)$/, "$1 $2")),
    );
    const idle = glossary.flatMap(({ entries }) =>
      Object.entries(entries).flatMap(([id, { shares }]) =>
        shares
          .filter((other) => !pairs.has([id, other].sort().join(" ")))
          .map((other) => `${id} and ${other}`),
      ),
    );
    expect(idle).toEqual([]);
  });
});
