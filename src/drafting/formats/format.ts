import { extname } from "node:path";
import { Refusal } from "#core/refusal";
import type { Dropped, DropReason } from "#src/drafting/blocks";
import { type Draft, draftFromLines, draftOf, draftQuestion } from "#src/drafting/draft";
import type { Line } from "#src/drafting/line";
import { readLines } from "#src/drafting/read-lines";
import { readCards } from "./csv.ts";
import { readDocx } from "./docx.ts";
import { decodeText } from "./encoding.ts";
import { readHtml } from "./html.ts";
import { readPdf } from "./pdf.ts";

/** A document's draft and, where the file is none, the text whose lines it counts. */
export interface Imported {
  readonly draft: Draft;
  readonly extracted: string | null;
}

/** Larger files are refused before they are read. */
export const MOST_BYTES = 64 * 1024 * 1024;

const asText = (lines: readonly Line[]): string =>
  `${lines
    .map(({ kind, indent, level, marker, text }) => {
      if (kind === "blank") return "";
      const mark = marker === null ? "" : marker.value === null ? "• " : `${marker.value}. `;
      return `${" ".repeat(indent)}${level > 0 ? `${"#".repeat(level)} ` : ""}${mark}${text}`;
    })
    .join("\n")}\n`;

/** Lines of the file that are not blank and in no question: whatever the reader took out is told. */
function withAllLines(draft: Draft, text: string, reason: DropReason): Draft {
  const lines = text.split(/\r\n|\n|\r/u);
  const taken = new Uint8Array(lines.length + 2);
  for (const { lines: range } of [...draft.questions, ...draft.dropped])
    taken.fill(1, range[0], Math.min(range[1], lines.length) + 1);
  const missing: Dropped[] = [];
  let from = 0;
  let to = 0;
  const close = (): void => {
    if (from > 0) missing.push({ lines: [from, to], reason });
    from = 0;
  };
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    if (taken[number] === 1) close();
    else if (line.trim() !== "") {
      from = from === 0 ? number : from;
      to = number;
    }
  }
  close();
  return {
    ...draft,
    dropped: [...draft.dropped, ...missing].toSorted((one, other) => one.lines[0] - other.lines[0]),
  };
}

/**
 * Reads a document by its name's ending and its first bytes: Markdown, plain text, HTML, CSV and TSV, Word, PDF.
 *
 * @throws Refusal with what is wrong and what to do
 */
export async function importDocument(name: string, bytes: Buffer): Promise<Imported> {
  if (bytes.length > MOST_BYTES) throw new Refusal((say) => say.drafting.tooLarge(MOST_BYTES));
  const ending = extname(name).toLowerCase();
  if (bytes.subarray(0, 5).toString("latin1") === "%PDF-" || ending === ".pdf") {
    const lines = await readPdf(bytes);
    return { draft: draftFromLines(lines), extracted: asText(lines) };
  }
  if (ending === ".docx") {
    const lines = await readDocx(bytes);
    return { draft: draftFromLines(lines), extracted: asText(lines) };
  }
  if (bytes.subarray(0, 2).toString("latin1") === "PK" || ending === ".doc")
    throw new Refusal((say) => say.drafting.unknownFormat(ending));
  const text = decodeText(bytes);
  if (ending === ".csv" || ending === ".tsv" || /^#separator:/u.test(text))
    return { draft: draftFromTable(text, ending), extracted: null };
  if (
    ending === ".html" ||
    ending === ".htm" ||
    ending === ".xhtml" ||
    /^\s*<(?:!doctype html|html)\b/iu.test(text.slice(0, 1000))
  )
    return {
      draft: withAllLines(draftFromLines(readHtml(text)), text, "outside the article"),
      extracted: null,
    };
  return { draft: withAllLines(draftFromLines(readLines(text)), text, "page furniture"), extracted: null };
}

function draftFromTable(text: string, ending: string): Draft {
  const cards = readCards(text, ending === ".tsv");
  const draft = draftOf(
    cards.map(({ question, lines, answer }) => draftQuestion(question, lines, answer)),
    [],
  );
  return withAllLines(draft, text, "a row without a question");
}
