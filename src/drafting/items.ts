import { isAnswerMark, withoutAnswerMark } from "./answer-mark.ts";
import { isPageLine } from "./furniture.ts";
import type { Line, LineRange } from "./line.ts";
import { readMarker } from "./marker.ts";

/** A numbered or bulleted entry with what explains it. */
export interface Item {
  /** What it is called, where the document sets that apart; null where it is one text. */
  readonly label: string | null;
  readonly text: string;
  /** Paragraphs below it that are no entries. */
  readonly explanation: readonly string[];
  readonly children: readonly Item[];
  readonly lines: LineRange;
  readonly indent: number;
}

export interface Paragraph {
  readonly text: string;
  readonly lines: LineRange;
  /** Its last line. */
  readonly ends: string;
}

/** A part of an answer under a title of its own; the first has none. */
export interface Section {
  readonly title: string | null;
  readonly lines: LineRange;
  readonly items: readonly Item[];
  readonly paragraphs: readonly Paragraph[];
}

const LONGEST_LABEL = 60;
/** `label：text`, `label: text`, `label - text`, `label —— text`. */
const LABELLED = /^(.{1,60}?)\s?(?:[:：]|\s[-–—]\s|——)\s{0,4}(\S.{0,20000})$/su;

const isName = (lead: string, behind: string): boolean =>
  lead.length <= 30 && !/[，,。；;]/u.test(lead) && /^\s+[\p{Lu}\p{Script=Han}]/u.test(behind);

/** What an entry is called and what it says. */
function splitLabel(text: string, lead: string | null): { label: string | null; text: string } {
  if (lead !== null && text.startsWith(lead)) {
    const behind = text.slice(lead.length);
    const rest = behind.replace(/^[\s:：\-–—]+/u, "");
    // A bold beginning that goes on as a sentence is emphasis, and no name.
    if (rest !== "" && (/^\s*(?:[:：]|[-–—]{1,2}\s|\s*[（(])/u.test(behind) || isName(lead, behind)))
      return { label: lead, text: rest };
  }
  const match = LABELLED.exec(text);
  const label = match?.[1]?.trim();
  const rest = match?.[2]?.trim();
  // A label is a name: a clause with a comma or a full stop in it is the text's own.
  if (label === undefined || rest === undefined || /[,，。;；?？!！]/u.test(label) || /^\/\//u.test(rest))
    return { label: null, text };
  return label.length <= LONGEST_LABEL ? { label, text: rest } : { label: null, text };
}

const isContent = (line: Line): boolean =>
  line.kind !== "code" &&
  line.kind !== "table" &&
  line.kind !== "furniture" &&
  !isPageLine(line) &&
  !isAnswerMark(line.text);

/** Whether a line is the title of a part of the answer. */
function isTitle(line: Line, next: Line | undefined): boolean {
  if (line.kind === "heading") return true;
  if (line.indent > 1 || next === undefined) return false;
  const style = line.marker?.style;
  if (style === "一、" || style === "(一)") return line.text.length <= 40 && !/[。；;]$/u.test(line.text);
  return line.bold && line.marker === null && line.text.length <= 60 && next.kind !== "blank";
}

/** One answer as sections of entries and paragraphs. */
export function readSections(body: readonly Line[]): readonly Section[] {
  const lines = body.filter(isContent);
  const sections: Section[] = [];
  let title: Line | null = null;
  let rest: Line[] = [];
  const close = (): void => {
    const filled = rest.filter(({ kind }) => kind !== "blank");
    const first = title ?? filled[0];
    const last = filled.at(-1) ?? title;
    if (first != null && last != null)
      sections.push({
        title: title?.text ?? null,
        lines: [first.number, last.number],
        ...readContent(rest),
      });
    rest = [];
  };
  for (const [at, line] of lines.entries()) {
    const next = lines.slice(at + 1, at + 4).find(({ kind }) => kind !== "blank");
    if (line.kind !== "blank" && isTitle(line, next)) {
      close();
      title = line;
    } else rest.push(line);
  }
  close();
  return sections;
}

/** An entry while its lines are still being read. */
interface Opened {
  readonly line: Line;
  readonly label: string | null;
  readonly text: string;
  readonly explanation: string[];
  readonly children: Opened[];
  last: number;
}

const closed = (item: Opened): Item => ({
  label: item.label,
  text: item.text,
  explanation: item.explanation,
  children: item.children.map(closed),
  lines: [item.line.number, item.last],
  indent: item.line.indent,
});

/** Entries further in are beside each other: nobody says a thing in so many steps, and what reads them goes down step by step. */
const DEEPEST = 30;
const SHORT_LABEL = 24;
/** Longer entries that end as a sentence does are whole: what stands below them, no further in, is another's. */
const WHOLE = 16;
const labelsItself = (line: Line | undefined): boolean => {
  if (line?.kind !== "text" || isAnswerMark(line.text)) return false;
  const { label } = splitLabel(withoutAnswerMark(line.text), line.lead);
  return label !== null && label.length <= SHORT_LABEL;
};

/** Lines that each begin with a name and a colon are entries without bullets. */
function isLabelled(lines: readonly Line[], at: number): boolean {
  const near = (from: number, step: 1 | -1): Line | undefined => {
    for (let place = from; place >= 0 && place < lines.length; place += step)
      if (lines[place]?.kind !== "blank") return lines[place];
    return undefined;
  };
  return labelsItself(lines[at]) && (labelsItself(near(at + 1, 1)) || labelsItself(near(at - 1, -1)));
}

function readContent(lines: readonly Line[]): Pick<Section, "items" | "paragraphs"> {
  const items: Opened[] = [];
  const paragraphs: Paragraph[] = [];
  let path: Opened[] = [];
  let apart = true;
  for (const [at, line] of lines.entries()) {
    if (line.kind === "blank") {
      apart = true;
      continue;
    }
    const said = withoutAnswerMark(line.text);
    // 答：1. … is the first of a list.
    const counted = said === line.text ? null : readMarker(said);
    const text = counted?.marker?.value == null ? said : counted.rest;
    if (line.kind === "item" || counted?.marker?.value != null || isLabelled(lines, at)) {
      const opened: Opened = {
        line,
        ...splitLabel(text, line.lead),
        explanation: [],
        children: [],
        last: line.number,
      };
      path = path.filter(({ line: { indent } }) => indent < line.indent).slice(0, DEEPEST);
      (path.at(-1)?.children ?? items).push(opened);
      path.push(opened);
    } else {
      const owner = path.findLast(
        ({ line: { indent, kind }, text: above }) =>
          line.indent > indent ||
          (!apart && ((kind === "item" && above.length < WHOLE) || !ENDS.test(above))),
      );
      if (owner !== undefined) owner.explanation.push(text);
      else {
        path = [];
        addParagraph(paragraphs, line, text, apart);
      }
    }
    for (const item of path) item.last = line.number;
    apart = false;
  }
  return { items: items.map(closed), paragraphs };
}

/** Lines of fewer Chinese characters were not broken by a page's width, unless all are as long. */
const NARROW = 28;
/** No page is as narrow as this. */
const NARROWEST = 16;
const isThought = (line: string, next: string): boolean =>
  /\p{Script=Han}$/u.test(line) &&
  /\p{Script=Han}/u.test(next) &&
  (line.length < NARROWEST || (line.length < NARROW && Math.abs(line.length - next.length) > 2));
/** Shorter lines are whole, however they end. */
const TORN = 40;
/** Where a line ends here, the next begins something of its own. */
const ENDS = /[。！？!?；;.…]["”’』」）)]?$/u;

/** Lines with no empty one between them are one paragraph, as far as they go on in the middle of a sentence. */
function addParagraph(paragraphs: Paragraph[], line: Line, text: string, apart: boolean): void {
  const last = paragraphs.at(-1);
  // A page may end in the middle of a sentence, or of a word.
  const isTorn =
    last !== undefined && /[\p{Ll},]-?$/u.test(last.text) && /^\p{Ll}/u.test(text) && last.text.length > TORN;
  if (last === undefined || (apart && !isTorn) || ENDS.test(last.text) || isThought(last.ends, text)) {
    paragraphs.push({ text, lines: [line.number, line.number], ends: text });
    return;
  }
  const isHyphened = /\p{Ll}-$/u.test(last.text) && /^\p{Ll}/u.test(text);
  const before = isHyphened ? last.text.slice(0, -1) : last.text;
  const isClose = isHyphened || (/\p{Script=Han}$/u.test(last.text) && /^\p{Script=Han}/u.test(text));
  paragraphs[paragraphs.length - 1] = {
    text: `${before}${isClose ? "" : " "}${text}`,
    lines: [last.lines[0], line.number],
    ends: text,
  };
}
