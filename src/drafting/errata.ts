import type { Bilingual } from "#core/language";
import slips from "./slips.json" with { type: "json" };

interface Slip {
  readonly says: readonly RegExp[];
  /** A point that has this in it as well is right. */
  readonly unless: RegExp | null;
  /** Only where the question is about this. */
  readonly asked: RegExp | null;
  readonly erratum: Bilingual;
}

// Every repetition in these patterns is bounded, so that they take linear time on whatever a document says.
const pattern = (source: string): RegExp => new RegExp(source, "iu");
const known: readonly Slip[] = slips.map(({ says, unless, asked, erratum }) => ({
  says: says.map(pattern),
  unless: unless === undefined ? null : pattern(unless),
  asked: asked === undefined ? null : pattern(asked),
  erratum,
}));

const LONGEST = 1200;

/** What is right where a point repeats a slip that is known; undefined where it repeats none. */
export function erratumFor(
  question: string,
  { title, statement }: { readonly title: string; readonly statement: string },
): Bilingual | undefined {
  const texts = [title, statement.slice(0, LONGEST), `${title}：${statement.slice(0, LONGEST)}`];
  return known.find(
    ({ says, unless, asked }) =>
      asked?.test(question) !== false &&
      texts.every((text) => unless?.test(text) !== true) &&
      says.some((slip) => texts.some((text) => slip.test(text))),
  )?.erratum;
}
