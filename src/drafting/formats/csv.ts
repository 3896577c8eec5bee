import { parse } from "csv-parse/sync";
import { z } from "zod";
import { Refusal } from "#core/refusal";
import { asks } from "#src/drafting/asking";
import type { Line } from "#src/drafting/line";
import { readLines } from "#src/drafting/read-lines";
import { linesOfHtml } from "./html.ts";

/** A question with its answer in the row of a table. */
export interface Card {
  readonly question: string;
  readonly answer: readonly Line[];
  readonly lines: readonly [number, number];
}

const QUESTION_COLUMNS =
  /^(?:.{0,12}question(?: ?text)?s?|front|prompt|q|title|题目?.{0,4}|.{0,4}问题|面试题|正面|标题)$/iu;
const ANSWER_COLUMNS =
  /^(?:.{0,12}answer(?: ?text)?s?|back|response|a|content|.{0,4}答案|回答|解答|解析|背面|内容|要点)$/iu;
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
  /<(?:br|div|p|li|ul|ol|b|i|strong|img)\b[^<>]{0,300}>/iu.test(text);

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
  const rows = rowsSchema.parse(parsed);
  const ranges = rangesOf(
    body,
    rows.map(({ info }) => info.bytes),
    preamble.skipped,
  );
  const titles = preamble.columns ?? rows[0]?.record ?? [];
  const questionAt = titles.findIndex((title) => QUESTION_COLUMNS.test(title.trim()));
  const answerAt = titles.findIndex((title) => ANSWER_COLUMNS.test(title.trim()));
  const titled = questionAt >= 0 && answerAt >= 0;
  const [asked, answered] = titled ? [questionAt, answerAt] : guessColumns(rows.map(({ record }) => record));
  return rows.flatMap(({ record }, at): Card[] => {
    if (at === 0 && titled && preamble.columns === null) return [];
    const [first, last] = ranges[at] ?? [1, 1];
    const question = plain(record[asked] ?? "");
    if (question === "") return [];
    const answer = record[answered] ?? "";
    const lines = looksLikeHtml(answer) ? linesOfHtml(answer) : readLines(answer);
    return [
      {
        question,
        answer: lines.map((line) => ({ ...line, number: Math.min(last, first + line.number - 1) })),
        lines: [first, last],
      },
    ];
  });
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
    : cell
  )
    .replace(/\s+/gu, " ")
    .trim();
