import { fingerprint } from "#core/fingerprint";
import type { FoundLine, FoundPoint, LineRange } from "./drafting.ts";
import { halvesOf } from "./halves.ts";
import {
  type DraftPoint,
  type DraftQuestion,
  LONGEST_ALIAS,
  MOST_ALIASES,
  MOST_PARTS,
  MOST_UNUSED,
  type UnusedLine,
} from "./question.ts";

const MOST_SOURCE_LINES = 400;
const LONGEST_SOURCE_LINE = 2000;
const SOURCE_LETTERS = 30_000;

/** The same for the same words of a document. */
export const fingerprintOf = ({ title, statement }: Pick<FoundPoint, "title" | "statement">): string =>
  fingerprint([title.slice(0, 400), statement.slice(0, 4000)]);

export const foundPoint = (id: string, point: FoundPoint): DraftPoint => ({
  id,
  title: halvesOf(point.title.slice(0, 400)),
  statement: halvesOf(point.statement.slice(0, 4000)),
  hint: null,
  weight: Math.min(5, Math.max(1, Math.round(point.weight))),
  aliases: [...new Set(point.aliases)]
    .filter((alias) => alias.length <= LONGEST_ALIAS)
    .slice(0, MOST_ALIASES),
  lines: [point.lines],
  section: point.section === null ? null : point.section.slice(0, 400),
  ...(point.parts === undefined ? {} : { parts: point.parts.slice(0, MOST_PARTS) }),
  found: [fingerprintOf(point)],
  edited: [],
  erratum: point.erratum ?? null,
  approved: false,
  gone: false,
});

/** The lines of a question as the document has them. */
export const sourceOf = (lines: readonly string[], [from, to]: LineRange): readonly string[] => {
  const kept: string[] = [];
  let letters = 0;
  for (const line of lines.slice(from - 1, Math.min(to, from - 1 + MOST_SOURCE_LINES))) {
    letters += Math.min(line.length, LONGEST_SOURCE_LINE);
    if (letters > SOURCE_LETTERS) break;
    kept.push(line.slice(0, LONGEST_SOURCE_LINE).toWellFormed());
  }
  return kept;
};

/** The same for the same words of a line, wherever it stands. */
export const lineFingerprint = ({ text }: Pick<FoundLine, "text">): string => fingerprint(["line", text]);

const LONGEST_UNUSED_LINE = 400;

/** What an answer says beside its points, as it is kept: as much as the page shows. */
export const unusedLines = (lines: readonly FoundLine[] = []): readonly UnusedLine[] =>
  lines
    .slice(0, MOST_UNUSED)
    .map(({ number, text }) => ({ number, text: text.slice(0, LONGEST_UNUSED_LINE).toWellFormed() }))
    .filter(({ text }) => text.trim() !== "");

/** Of those the ones that no point was made of since, in the question or among what waits or was taken out. */
export function unusedOf({
  content,
  unused,
}: Pick<DraftQuestion, "content" | "unused">): readonly UnusedLine[] {
  const made = new Set(
    [
      ...content.points,
      ...content.dropped,
      ...content.proposals.flatMap((one) => (one.kind === "add" ? [one.point] : [])),
    ].flatMap(({ found }) => found),
  );
  return unused.filter((line) => !made.has(lineFingerprint(line)));
}
