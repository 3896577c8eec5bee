import type { Bilingual } from "#core/language";
import { requiredIn } from "./patterns.ts";
import slips from "./slips.json" with { type: "json" };

interface Said {
  readonly pattern: RegExp;
  /** Whatever it matches has one of these in it, in lower case: most points have none, and that is soon seen. */
  readonly required: readonly string[];
}

interface Slip {
  readonly says: readonly Said[];
  /** A point that has this in it as well is right. */
  readonly unless: RegExp | null;
  /** Only where the question is about this. */
  readonly asked: RegExp | null;
  readonly erratum: Bilingual;
}

// Every repetition in these patterns is bounded, so that they take linear time on whatever a document says.
const pattern = (source: string): RegExp => new RegExp(source, "iu");
const known: readonly Slip[] = slips.map(({ says, unless, asked, erratum }) => ({
  says: says.map((source) => ({ pattern: pattern(source), required: requiredIn(source) })),
  unless: unless === undefined ? null : pattern(unless),
  asked: asked === undefined ? null : pattern(asked),
  erratum,
}));

const LONGEST = 1200;

const mayBe = ({ required }: Said, lower: string): boolean =>
  required.length === 0 || required.some((word) => lower.includes(word));

/** What is right where a point repeats a slip that is known; undefined where it repeats none. */
export function erratumFor(
  question: string,
  { title, statement }: { readonly title: string; readonly statement: string },
): Bilingual | undefined {
  const texts = [title, statement.slice(0, LONGEST), `${title}：${statement.slice(0, LONGEST)}`];
  const lower = texts.at(-1)?.toLowerCase() ?? "";
  return known.find(({ says, unless, asked }) => {
    return (
      says.some((slip) => mayBe(slip, lower)) &&
      asked?.test(question) !== false &&
      texts.every((text) => unless?.test(text) !== true) &&
      says.some((slip) => mayBe(slip, lower) && texts.some((text) => slip.pattern.test(text)))
    );
  })?.erratum;
}
