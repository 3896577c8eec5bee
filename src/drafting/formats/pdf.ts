import { z } from "zod";
import { Refusal } from "#core/refusal";
import type { Line } from "#src/drafting/line";
import { readLines } from "#src/drafting/read-lines";

const MOST_PAGES = 2000;
/** A piece of text on a page: where it stands and how high its letters are. */
const pieceSchema = z.object({
  str: z.string(),
  height: z.number(),
  hasEOL: z.boolean(),
  transform: z.array(z.number()),
});

interface PageLine {
  readonly text: string;
  readonly left: number;
  readonly height: number;
}

/** The lines of one page from its pieces. */
function linesOnPage(items: readonly unknown[]): readonly PageLine[] {
  const lines: PageLine[] = [];
  let text = "";
  let left = Number.POSITIVE_INFINITY;
  let height = 0;
  for (const item of items) {
    const piece = pieceSchema.safeParse(item);
    if (!piece.success) continue;
    const { str, hasEOL, transform } = piece.data;
    if (str.trim() !== "") {
      left = Math.min(left, transform[4] ?? 0);
      height = Math.max(height, piece.data.height);
    }
    text += str;
    if (!hasEOL) continue;
    lines.push({ text: text.trimEnd(), left, height });
    text = "";
    left = Number.POSITIVE_INFINITY;
    height = 0;
  }
  if (text.trim() !== "") lines.push({ text: text.trimEnd(), left, height });
  return lines;
}

/** Lines that stand on most pages are their headers and footers. */
function repeated(pages: readonly (readonly PageLine[])[]): ReadonlySet<string> {
  const count = new Map<string, number>();
  for (const page of pages)
    for (const line of new Set(
      edgesOf(page, pages.length > 2 ? 2 : 1).map(({ text }) => withoutNumbers(text)),
    ))
      count.set(line, (count.get(line) ?? 0) + 1);
  return new Set(
    [...count]
      .filter(([text, times]) => text !== "" && times >= 2 && times > pages.length / 2)
      .map(([text]) => text),
  );
}

/** The first and last lines of a page that are not empty. */
function edgesOf(page: readonly PageLine[], count: number): readonly PageLine[] {
  const filled = page.filter(({ text }) => text.trim() !== "");
  return [...filled.slice(0, count), ...filled.slice(-count)];
}

const withoutNumbers = (text: string): string => text.replace(/\d+/gu, "#").trim();

/** The text of a page as Markdown would write it: larger letters are headings, indentation is kept. */
function written(pages: readonly (readonly PageLine[])[]): string {
  const heights = pages
    .flat()
    .filter(({ text }) => text !== "")
    .map(({ height }) => height)
    .sort((one, other) => one - other);
  const body = heights[Math.floor(heights.length / 2)] ?? 10;
  const margin = Math.min(
    ...pages
      .flat()
      .filter(({ text }) => text !== "")
      .map(({ left }) => left),
  );
  const furniture = repeated(pages);
  return pages
    .flatMap((page) => [
      ...page
        .filter(
          ({ text }) =>
            !furniture.has(withoutNumbers(text)) &&
            !/^\s*(?:[-–—]\s?)?(?:page |第\s?)?\d{1,4}(?:\s?(?:\/|of)\s?\d{1,4})?(?:\s?页)?(?:\s?[-–—])?\s*$/iu.test(
              text,
            ),
        )
        .map(({ text, left, height }) => {
          if (text === "") return "";
          if (height > body * 1.15) return `${height > body * 1.6 ? "#" : "##"} ${text.trim()}`;
          const indent = Math.min(12, Math.max(0, Math.round(((left - margin) / body) * 2)));
          return `${" ".repeat(indent > 1 ? indent : 0)}${text.trim()}`;
        }),
    ])
    .join("\n");
}

/**
 * The text of a PDF as lines of the text that was drawn from it.
 *
 * @throws Refusal where it is no PDF, is locked, or holds pictures only
 */
export async function readPdf(bytes: Buffer): Promise<readonly Line[]> {
  const { getDocumentProxy } = await import("unpdf");
  const pages: (readonly PageLine[])[] = [];
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number += 1) {
      const page = await document.getPage(number);
      pages.push(linesOnPage((await page.getTextContent()).items));
    }
    await document.cleanup();
  } catch (error) {
    throw new Refusal((say) => say.drafting.notPdf, { cause: error });
  }
  const text = written(pages);
  if (text.trim() === "") throw new Refusal((say) => say.drafting.noText);
  return readLines(text);
}
