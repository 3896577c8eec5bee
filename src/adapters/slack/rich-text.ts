import type { types } from "@slack/bolt";
import { cutAt } from "#src/adapters/chat/parting";
import { plainText } from "#src/adapters/chat/plain-text";

/** A stretch of text, as `plainText` leaves it; nothing in it is read as markup. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
}

export type Paragraph =
  | { readonly kind: "plain" | "quote" | "code"; readonly runs: readonly Run[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly string[] };

type Element = types.RichTextBlock["elements"][number];

/** Text of one element before the next begins; Slack names no limit, and sections end at 3,000. */
const MOST_TEXT = 2400;
/** Text and structure of one block before the next begins. */
const MOST_WEIGHT = 4000;
/** What an element costs beside its text, as JSON. */
const STRUCTURE = 90;

export const bold = (text: string): Run => ({ text, bold: true });

export const paragraph = (...runs: (Run | string)[]): Paragraph => ({
  kind: "plain",
  runs: runs.map((run) => (typeof run === "string" ? { text: run } : run)),
});

const lengthOf = (runs: readonly Run[]): number => runs.reduce((sum, { text }) => sum + text.length, 0);

/** Runs in portions that each fit a block, parted where something ends. */
function portions(runs: readonly Run[], isCode: boolean): Run[][] {
  const parts: Run[][] = [[]];
  let room = MOST_TEXT;
  for (const run of runs) {
    let { text } = run;
    while (text.length > room) {
      // Where little room is left, nothing is parted to fill it.
      const cut = room < MOST_TEXT / 3 ? 0 : isCode ? lineEnd(text, room) : cutAt(text, room);
      if (cut > 0) parts.at(-1)?.push({ ...run, text: text.slice(0, cut) });
      text = isCode ? text.slice(cut).replace(/^\n/, "") : text.slice(cut).trimStart();
      parts.push([]);
      room = MOST_TEXT;
    }
    parts.at(-1)?.push({ ...run, text });
    room -= text.length;
  }
  return parts.filter((part) => part.some(({ text }) => text.trim() !== ""));
}

/** Behind the last whole line that fits; within a line only where it is longer than a block. */
function lineEnd(text: string, most: number): number {
  const end = text.lastIndexOf("\n", most);
  return end > most / 2 ? end : cutAt(text, most);
}

const textElement = ({ text, bold: isBold }: Run): types.RichTextText => ({
  type: "text",
  text,
  ...(isBold === true ? { style: { bold: true } } : {}),
});

const textElements = (runs: readonly Run[]): types.RichTextText[] =>
  runs.filter(({ text }) => text !== "").map(textElement);

const section = (runs: readonly Run[]): types.RichTextSection => ({
  type: "rich_text_section",
  elements: textElements(runs),
});

function elementOf(kind: "plain" | "quote" | "code", runs: readonly Run[]): Element {
  if (kind === "plain") return section(runs);
  return kind === "quote"
    ? { type: "rich_text_quote", elements: textElements(runs) }
    : { type: "rich_text_preformatted", elements: textElements(runs) };
}

interface Weighed {
  readonly element: Element;
  readonly weight: number;
}

/** A list that is longer than a block goes on as numbered lines: a second list would count from 1 again. */
function listElements(ordered: boolean, items: readonly string[]): Weighed[] {
  const shown = items.map(plainText).map((text, at) => ({ text, sign: ordered ? `${at + 1}. ` : "• " }));
  const written = shown.filter(({ text }) => text !== "");
  const weight = written.reduce((sum, { text }) => sum + text.length + STRUCTURE, STRUCTURE);
  if (written.length === 0) return [];
  const isTooLong = weight > MOST_WEIGHT || written.some(({ text }) => text.length > MOST_TEXT);
  if (isTooLong || (ordered && written.length < items.length)) {
    return written.flatMap(({ text, sign }) => weighed("plain", [{ text: sign + text }]));
  }
  const elements = written.map(({ text }) => section([{ text }]));
  return [{ element: { type: "rich_text_list", style: ordered ? "ordered" : "bullet", elements }, weight }];
}

const weighed = (kind: "plain" | "quote" | "code", runs: readonly Run[]): Weighed[] =>
  portions(runs, kind === "code").map((part) => ({
    element: elementOf(kind, part),
    weight: lengthOf(part) + STRUCTURE * (part.length + 1),
  }));

const elementsOf = (each: Paragraph): Weighed[] =>
  each.kind === "list" ? listElements(each.ordered, each.items) : weighed(each.kind, each.runs);

/** Slack sets sections that follow each other in one line: such become one, with ends of lines between them. */
function joined(elements: readonly Element[]): Element[] {
  const all: Element[] = [];
  for (const element of elements) {
    const last = all.at(-1);
    if (last?.type === "rich_text_section" && element.type === "rich_text_section") {
      const between: types.RichTextText = { type: "text", text: "\n" };
      all.splice(-1, 1, { ...last, elements: [...last.elements, between, ...element.elements] });
    } else all.push(element);
  }
  return all;
}

/** Paragraphs as rich text: as few blocks as hold them. Empty where there is nothing to see. */
export function richText(paragraphs: readonly Paragraph[]): types.RichTextBlock[] {
  const blocks: Element[][] = [];
  let room = 0;
  for (const { element, weight } of paragraphs.flatMap(elementsOf)) {
    if (weight > room) {
      blocks.push([]);
      room = MOST_WEIGHT;
    }
    blocks.at(-1)?.push(element);
    room -= weight;
  }
  return blocks.map((elements) => ({ type: "rich_text", elements: joined(elements) }));
}

/** The same without any markup, for notifications and screen readers. */
export const wordsOf = (paragraphs: readonly Paragraph[]): string =>
  paragraphs
    .map((each) =>
      each.kind === "list"
        ? each.items.map((item, at) => `${each.ordered ? `${at + 1}.` : "•"} ${item}`).join("\n")
        : each.runs.map(({ text }) => text).join(""),
    )
    .join("\n");
