import { extname } from "node:path";
import { Refusal } from "#core/refusal";
import type { Dropped, DropReason } from "#src/drafting/blocks";
import { checkCount, type Draft, draftFromCards, draftFromLines, type Seen } from "#src/drafting/draft";
import type { Line } from "#src/drafting/line";
import { readLines } from "#src/drafting/read-lines";
import { decodeText, withoutControls } from "./encoding.ts";

/** A document's draft and, where the file is none, the text whose lines it counts. */
export interface Imported {
  readonly draft: Draft;
  readonly extracted: string | null;
  /** The text whose lines are counted, whatever the format. */
  readonly text: string;
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

/** A document whose lines were drawn from something that has none. */
function drawn(given: readonly Line[]): Imported {
  const lines = given.map((line) => ({ ...line, text: withoutControls(line.text) }));
  const text = asText(lines);
  return { draft: draftFromLines(lines), extracted: text, text };
}

/** Where the line ends that begins here: at a line feed, a carriage return, or the end of the text. */
function lineEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) break;
  }
  return at;
}

/** Lines of the file that are not blank and in no question: whatever the reader took out is told. */
function withAllLines(draft: Draft, text: string, reason: DropReason): Draft {
  const ranges = [...draft.questions, ...draft.dropped].map(({ lines }) => lines);
  const taken = new Uint8Array(
    ranges.reduce((most, [, to]) => Math.max(most, Math.min(to, text.length)), 0) + 2,
  );
  for (const [first, last] of ranges) taken.fill(1, first, last + 1);
  const missing: Dropped[] = [];
  let from = 0;
  let to = 0;
  const close = (): void => {
    if (from > 0) missing.push({ lines: [from, to], reason });
    from = 0;
  };
  // Without a second copy of all lines: a document may be large.
  let number = 1;
  for (let at = 0; at <= text.length; number += 1) {
    const end = lineEnd(text, at);
    if (taken[number] === 1) close();
    else if (text.slice(at, end).trim() !== "") {
      from = from === 0 ? number : from;
      to = number;
    }
    at = text.startsWith("\r\n", end) ? end + 2 : end + 1;
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
export async function importDocument(name: string, bytes: Buffer, seen: Seen = () => {}): Promise<Imported> {
  if (bytes.length > MOST_BYTES) throw new Refusal((say) => say.drafting.tooLarge(MOST_BYTES));
  const ending = extname(name).toLowerCase();
  if (bytes.subarray(0, 5).toString("latin1") === "%PDF-" || ending === ".pdf") {
    const { readPdf } = await import("./pdf.ts");
    return drawn(await readPdf(bytes));
  }
  if (ending === ".docx") {
    const { readDocx } = await import("./docx.ts");
    return drawn(await readDocx(bytes));
  }
  if (bytes.subarray(0, 2).toString("latin1") === "PK" || ending === ".doc")
    throw new Refusal((say) => say.drafting.unknownFormat(ending));
  const text = decodeText(bytes);
  if (ending === ".csv" || ending === ".tsv" || /^#separator:/u.test(text))
    return { draft: await draftFromTable(text, ending), extracted: null, text };
  if (
    ending === ".html" ||
    ending === ".htm" ||
    ending === ".xhtml" ||
    /^\s*<(?:!doctype html|html)\b/iu.test(text.slice(0, 1000))
  )
    return {
      draft: withAllLines(
        draftFromLines((await import("./html.ts")).readHtml(text)),
        text,
        "outside the article",
      ),
      extracted: null,
      text,
    };
  return {
    draft: withAllLines(draftFromLines(readLines(text), seen), text, "page furniture"),
    extracted: null,
    text,
  };
}

async function draftFromTable(text: string, ending: string): Promise<Draft> {
  const { readCards } = await import("./csv.ts");
  const cards = readCards(text, ending === ".tsv");
  checkCount(cards.length);
  return withAllLines(draftFromCards(cards), text, "a row without a question");
}
