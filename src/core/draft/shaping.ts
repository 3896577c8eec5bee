import { Refusal } from "#core/refusal";
import { lineFingerprint } from "./found.ts";
import { type Halves, halvesOf, languageIn, ownLanguage, withHalf } from "./halves.ts";
import { type DraftPoint, MOST_ALIASES, type UnusedLine } from "./question.ts";

const MOST_TITLE = 80;
const MOST_STATEMENT = 4000;

/** Two texts as one, in each language that either has. */
function together(
  one: Halves,
  other: Halves,
  join: (a: string, b: string, isChinese: boolean) => string,
): Halves {
  const of = (a: string | null, b: string | null, isChinese: boolean): string | null =>
    a === null || b === null ? (a ?? b) : join(a, b, isChinese);
  return { zh: of(one.zh, other.zh, true), en: of(one.en, other.en, false) };
}

const sentences = (one: string, other: string, isChinese: boolean): string => {
  const ends = /[。.！!？?；;]$/u.test(one);
  return `${one}${ends ? "" : isChinese ? "；" : ";"}${isChinese ? "" : " "}${other}`.slice(
    0,
    MOST_STATEMENT,
  );
};

const titles = (one: string, other: string, isChinese: boolean): string =>
  one.includes(other) ? one : `${one}${isChinese ? "；" : "; "}${other}`.slice(0, MOST_TITLE).trim();

const unique = <Item>(items: readonly Item[]): readonly Item[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

/** Two points as one: it keeps the first one's name, and the lines and wordings of both. */
export const joined = (into: DraftPoint, point: DraftPoint): DraftPoint => ({
  ...into,
  title: together(into.title, point.title, titles),
  statement: together(into.statement, point.statement, sentences),
  // Whoever merges two says that they are one thing to know.
  parts: undefined,
  weight: Math.max(into.weight, point.weight),
  aliases: unique([...into.aliases, ...point.aliases]).slice(0, MOST_ALIASES),
  lines: unique([...into.lines, ...point.lines]),
  found: unique([...into.found, ...point.found]),
  edited: unique([...into.edited, ...point.edited, "title" as const, "statement" as const]),
  approved: false,
  erratum: into.erratum ?? point.erratum,
  gone: into.gone && point.gone,
});

/** A title for a statement: its first clause. */
function titleFor(statement: string): string {
  const clause = statement.split(/[，,。；;：:！!？?\n]/u, 1)[0]?.trim() ?? "";
  const text = clause.length >= 2 ? clause : statement;
  return text.length <= MOST_TITLE ? text : `${text.slice(0, MOST_TITLE - 1).toWellFormed()}…`;
}

/**
 * A point as several, one a statement; the first keeps its id, and all keep its lines.
 *
 * @param newId the id of the so-manieth new point, from 0
 * @throws Refusal where there are not two statements
 */
export function partsOf(
  point: DraftPoint,
  statements: readonly string[],
  newId: (at: number) => string,
): readonly DraftPoint[] {
  if (statements.length < 2) throw new Refusal((say) => say.content.splitInTwo);
  const locale = ownLanguage(point.statement);
  return statements.map((statement, at): DraftPoint => {
    const language = languageIn(statement);
    const only: Halves = { zh: null, en: null };
    return {
      ...point,
      id: at === 0 ? point.id : newId(at - 1),
      title: at === 0 && language === locale ? point.title : withHalf(only, language, titleFor(statement)),
      statement: withHalf(only, language, statement),
      parts: undefined,
      aliases: at === 0 ? point.aliases : [],
      hint: at === 0 ? point.hint : null,
      edited: unique([...point.edited, "title" as const, "statement" as const]),
      approved: false,
    };
  });
}

/** @param line of the document that it was made of; null where the document does not say it */
export const addedPoint = (
  id: string,
  title: string,
  statement: string,
  line: UnusedLine | null = null,
): DraftPoint => ({
  id,
  title: halvesOf(title === "" ? titleFor(statement) : title),
  statement: halvesOf(statement),
  hint: null,
  weight: 2,
  aliases: [],
  lines: line === null ? [] : [[line.number, line.number]],
  section: null,
  found: line === null ? [] : [lineFingerprint(line)],
  erratum: null,
  edited: ["title", "statement"],
  approved: true,
  gone: false,
});
