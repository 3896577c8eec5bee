import { parse } from "csv-parse/sync";
import { z } from "zod";
import { Refusal } from "#core/refusal";
import { asks, endsAsking } from "#src/drafting/asking";
import type { Card } from "#src/drafting/draft";
import type { Line } from "#src/drafting/line";
import { withoutMentions } from "#src/drafting/mentions";
import { readLines } from "#src/drafting/read-lines";
import { linesOfHtml } from "./html.ts";

const QUESTION_COLUMNS =
  /^(?:.{0,12}question(?: ?text)?s?|front|prompt|q|title|term|concept|word|术语|概念|名词|词条|题目?.{0,4}|.{0,4}问题|面试题|正面|标题)$/iu;
const ANSWER_COLUMNS =
  /^(?:.{0,12}answer(?: ?text)?s?|back|response|a|content|expected|definition|meaning|explanation|定义|释义|解释|说明|.{0,4}答案|回答|解答|解析|背面|内容|要点)$/iu;
const SEPARATORS: Readonly<Record<string, string>> = {
  tab: "\t",
  comma: ",",
  semicolon: ";",
  pipe: "|",
  space: " ",
};

const rowsSchema = z.array(z.object({ info: z.object({ bytes: z.number() }), record: z.array(z.string()) }));

/** Anki writes how its file is to be read above the rows: `#separator:tab`. */
function readPreamble(text: string): {
  separator: string | null;
  columns: readonly string[] | null;
  skipped: number;
} {
  const lines = text.split(/\r?\n/u, 20);
  let separator: string | null = null;
  let columns: readonly string[] | null = null;
  let skipped = 0;
  for (const line of lines) {
    const match = /^#([a-z ]{1,20}):(.{0,500})$/iu.exec(line);
    if (match === null) break;
    skipped += 1;
    const value = (match[2] ?? "").trim();
    if (match[1] === "separator") separator = SEPARATORS[value.toLowerCase()] ?? value;
    if (match[1] === "columns") columns = value.split(separator ?? "\t");
  }
  return { separator, columns, skipped };
}

/** The separator that the first lines have most of. */
const guessSeparator = (text: string): string => {
  const sample = text.slice(0, 4000);
  const count = (separator: string): number => sample.split(separator).length;
  return ["\t", ",", ";", "|"].reduce((best, separator) =>
    count(separator) > count(best) ? separator : best,
  );
};

const looksLikeHtml = (text: string): boolean =>
  /<(?:br|div|p|li|ul|ol|dl|b|i|strong|img|script|style)\b[^<>]{0,300}>/iu.test(text);

/**
 * The rows of a table of questions and answers, comma or tab separated, with or without a row of titles.
 *
 * @throws Refusal where it is no table
 */
export function readCards(text: string, tabs: boolean): readonly Card[] {
  const preamble = readPreamble(text);
  const body = text
    .split(/(?<=\n)/u)
    .slice(preamble.skipped)
    .join("");
  const delimiter = preamble.separator ?? (tabs ? "\t" : guessSeparator(body));
  let parsed: unknown;
  try {
    parsed = parse(body, {
      delimiter,
      info: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      bom: true,
    });
  } catch (error) {
    throw new Refusal((say) => say.drafting.noTable, { cause: error });
  }
  const all = rowsSchema.parse(parsed);
  const ranges = rangesOf(
    body,
    all.map(({ info }) => info.bytes),
    preamble.skipped,
  );
  const rows = all
    .map((row, at) => ({ ...row, range: ranges[at] ?? ([1, 1] as const) }))
    .filter(({ record }) => !isNote(record));
  const titles = preamble.columns ?? rows[0]?.record ?? [];
  const cells = rows.slice(1, SAMPLE_ROWS).map(({ record }) => record);
  const questionAt = columnNamed(QUESTION_COLUMNS, titles, cells, asks);
  const answerAt = columnNamed(ANSWER_COLUMNS, titles, cells, () => false);
  const titled = questionAt >= 0 && answerAt >= 0;
  const [asked, answered] = titled ? [questionAt, answerAt] : guessColumns(rows.map(({ record }) => record));
  return rows.flatMap(({ record, range }, at): Card[] => {
    if (
      at === 0 &&
      preamble.columns === null &&
      (titled ||
        isTitleRow(
          rows.map((row) => row.record),
          asked,
        ))
    )
      return [];
    const [first, last] = range;
    const question = plain(record[asked] ?? "");
    if (question === "") return [];
    const answer = record[answered] ?? "";
    const lines = looksLikeHtml(answer) ? linesOfHtml(answer) : eachApart(readLines(answer));
    return [
      {
        question,
        answer: lines.map((line) => ({ ...line, number: Math.min(last, first + line.number - 1) })),
        lines: [first, last],
      },
    ];
  });
}

/** Lines of a cell are broken where its author broke them, and no page's width did it: each says something of its own. */
const eachApart = (lines: readonly Line[]): readonly Line[] =>
  lines.flatMap((line) =>
    line.kind === "text" && line.indent === 0
      ? [line, { ...line, kind: "blank" as const, text: "" }]
      : [line],
  );

/** A row that says something of the table: # exported on …, and nothing in its other cells. */
const isNote = ([first = "", ...others]: readonly string[]): boolean =>
  first.startsWith("#") && others.length > 0 && others.every((cell) => cell.trim() === "");

const LONGEST_TITLE = 24;

/** Whether the first row names the columns: in a few words, and asking nothing where nearly all the others ask. */
function isTitleRow([first = [], ...others]: readonly (readonly string[])[], asked: number): boolean {
  const sample = others.slice(0, SAMPLE_ROWS);
  const asking = sample.filter((record) => asks(record[asked] ?? "")).length;
  return (
    sample.length > 1 &&
    asking / sample.length >= 0.8 &&
    !endsAsking(first[asked] ?? "") &&
    first.every((cell) => cell.length <= LONGEST_TITLE)
  );
}

const SAMPLE_ROWS = 50;

/** Of the columns that may be called so the one that most says what it should, or else says most; -1 where none is. */
function columnNamed(
  names: RegExp,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  isSo: (cell: string) => boolean,
): number {
  const named = titles.flatMap((title, column) => (names.test(title.trim()) ? [column] : []));
  const worth = (column: number): number =>
    rows.reduce((sum, row) => sum + (isSo(row[column] ?? "") ? 1000 : 0) + (row[column] ?? "").length, 0);
  return named.reduce((best, column) => (worth(column) > worth(best) ? column : best), named[0] ?? -1);
}

/**
 * The lines that each row stands on. The library counts a line that ends with a carriage return twice within quotes.
 *
 * @param ends where each row ends, in bytes
 */
function rangesOf(
  body: string,
  ends: readonly number[],
  skipped: number,
): readonly (readonly [number, number])[] {
  const bytes = Buffer.from(body);
  let at = 0;
  let line = skipped + 1;
  const next = (): void => {
    if (bytes[at] === LINE_FEED || (bytes[at] === RETURN && bytes[at + 1] !== LINE_FEED)) line += 1;
    at += 1;
  };
  return ends.map((end) => {
    while (at < end && (bytes[at] === LINE_FEED || bytes[at] === RETURN)) next();
    const first = line;
    let last = line;
    while (at < end) {
      if (bytes[at] !== LINE_FEED && bytes[at] !== RETURN) last = line;
      next();
    }
    return [first, last];
  });
}

const LINE_FEED = 10;
const RETURN = 13;

/** The column of which most cells ask, and of the others the one that says most; the first two where none asks. */
function guessColumns(records: readonly (readonly string[])[]): readonly [number, number] {
  const sample = records.slice(0, 50);
  const columns = Array.from(
    { length: Math.max(0, ...sample.map(({ length }) => length)) },
    (_, column) => column,
  );
  const share = (column: number): number =>
    sample.filter((record) => asks(record[column] ?? "")).length / Math.max(1, sample.length);
  const length = (column: number): number =>
    sample.reduce((sum, record) => sum + (record[column] ?? "").length, 0);
  const asked = columns.reduce((best, column) => (share(column) > share(best) ? column : best), 0);
  if (share(asked) < 0.3) return [0, 1];
  const others = columns.filter((column) => column !== asked);
  return [
    asked,
    others.reduce((best, column) => (length(column) > length(best) ? column : best), others[0] ?? 1),
  ];
}

const plain = (cell: string): string =>
  (looksLikeHtml(cell)
    ? linesOfHtml(cell)
        .map(({ text }) => text)
        .join(" ")
    : withoutMentions(cell)
  )
    .replace(/\s+/gu, " ")
    .trim();
