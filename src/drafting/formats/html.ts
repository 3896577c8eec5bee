import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { type DefaultTreeAdapterMap, parse, parseFragment, serialize } from "parse5";
import { unfoldsAnswer } from "#src/drafting/answer-mark";
import type { Line, LineKind } from "#src/drafting/line";
import { readMarker } from "#src/drafting/marker";
import { withoutMentions } from "#src/drafting/mentions";
import { withCards } from "#src/drafting/structure";
import { DEFINED_INDENT } from "#src/drafting/terms";
import {
  asHeading,
  attribute,
  BLOCKS,
  childrenOf,
  DEEPEST,
  definedInRow,
  isAround,
  isElement,
  UNREAD,
  wordsIn,
} from "./html-parts.ts";

type Element = DefaultTreeAdapterMap["element"];

/** All the text within an element. */
const wordsBelow = (parent: Parent): string =>
  childrenOf(parent)
    .map((child) => (isElement(child) ? wordsBelow(child) : "value" in child ? child.value : ""))
    .join("");
type Parent = DefaultTreeAdapterMap["parentNode"];

const LINE = "data-line";
/** Answers that fold out are hidden at first. */
const HIDES = new Set([LINE, "hidden", "aria-hidden", "style"]);
const AROUND = new Set(["header", "footer", "aside"]);
/** A longer bold beginning is no name. */
const LONGEST_LEAD = 200;
const trimmedLead = (words: string): string | null =>
  words
    .slice(0, LONGEST_LEAD)
    .replace(/\s+/gu, " ")
    .replace(/[\s:：]{1,9}$/u, "")
    .trim() || null;

/** Writes on each element which line of the file it begins on, and takes out what nobody reads. */
function annotate(parent: Parent, all: number, depth = 0): void {
  if (depth > DEEPEST) {
    parent.childNodes = [];
    return;
  }
  for (const node of parent.childNodes) if (isElement(node)) asHeading(node);
  parent.childNodes = parent.childNodes.filter(
    (node) =>
      !(isElement(node) && (UNREAD.has(node.tagName) || isAround(node, all))) && node.nodeName !== "#comment",
  );
  for (const node of parent.childNodes) {
    if (!isElement(node)) continue;
    const line = node.sourceCodeLocation?.startLine;
    node.attrs = node.attrs.filter(({ name }) => !name.startsWith("on") && !HIDES.has(name));
    if (line !== undefined) node.attrs.push({ name: LINE, value: String(line) });
    annotate(node, all, depth + 1);
  }
}

/** Lines as they are found. */
class Flattening {
  readonly lines: Line[] = [];
  #words = "";
  #bold = 0;
  /** The bold words that the line began with. */
  #lead = "";
  #isLeading = true;
  #stressed = false;
  #allBold = true;
  #at = 1;
  #indent = 0;
  #level = 0;
  #kind: LineKind = "text";
  #ordinal: number | null = null;
  #isItem = false;
  /** Whether what is read is the question of what folds out below it. */
  #isAsked = false;
  /** Whether what is read is what a list of definitions defines. */
  #isTerm = false;
  /** Elements that are entries, though they are not called so. */
  readonly #listed = new Set<Element>();

  walk(parent: Parent, depth = 0): void {
    if (depth > DEEPEST) return;
    for (const node of definedInRow(parent)) this.#listed.add(node);
    let ordinal = isElementNamed(parent, "ol") ? Number(attribute(parent, "start") ?? 1) : null;
    for (const node of childrenOf(parent)) {
      if (!isElement(node)) {
        if (node.nodeName === "#text" && "value" in node) this.#say(node.value);
        continue;
      }
      ordinal = this.#enter(node, depth, ordinal);
    }
  }

  #enter(node: Element, depth: number, ordinal: number | null): number | null {
    const name = node.tagName;
    if (UNREAD.has(name)) return ordinal;
    const line = Number(attribute(node, LINE) ?? this.#at);
    const heading = /^h([1-6])$/u.exec(name)?.[1];
    if (name === "br") {
      this.flush(line);
    } else if (heading !== undefined) {
      this.#block(node, line, depth, { kind: "heading", level: Number(heading) });
    } else if (name === "li") {
      this.flush(line);
      this.#isItem = true;
      this.#ordinal = ordinal;
      this.walk(node, depth + 1);
      this.flush(line);
      this.#isItem = false;
      return ordinal === null ? null : ordinal + 1;
    } else if (name === "ul" || name === "ol") {
      this.flush(line);
      this.#indent += 2;
      this.walk(node, depth + 1);
      this.#indent -= 2;
      this.flush(line);
    } else if (name === "pre") this.#block(node, line, depth, { kind: "code", level: 0 });
    else if (name === "tr") this.#block(node, line, depth, { kind: "table", level: 0 });
    else if (name === "td" || name === "th") {
      this.walk(node, depth + 1);
      this.#say(" | ");
    } else if (name === "summary") {
      this.flush(line);
      // What only says that an answer folds out asks nothing.
      this.#isAsked = !unfoldsAnswer(wordsBelow(node).trim());
      this.#block(node, line, depth, { kind: this.#isAsked ? "item" : "text", level: 0 });
      this.#isAsked = false;
    } else if (name === "dt") {
      this.#bold += 1;
      this.#isTerm = true;
      this.#block(node, line, depth, { kind: "item", level: 0 });
      this.#isTerm = false;
      this.#bold -= 1;
    } else if (name === "dd") {
      this.#indent += DEFINED_INDENT;
      // Several things that are said of one term are a list.
      this.#isItem = this.#listed.has(node);
      this.#block(node, line, depth, { kind: this.#kind, level: this.#level });
      this.#isItem = false;
      this.#indent -= DEFINED_INDENT;
    } else if (name === "strong" || name === "b") {
      this.#bold += 1;
      this.walk(node, depth + 1);
      this.#bold -= 1;
    } else if (BLOCKS.has(name)) this.#block(node, line, depth, { kind: this.#kind, level: this.#level });
    else {
      this.#at = this.#words.trim() === "" ? line : this.#at;
      this.walk(node, depth + 1);
    }
    return ordinal;
  }

  #block(node: Element, line: number, depth: number, as: { kind: LineKind; level: number }): void {
    this.flush(line);
    const before = { kind: this.#kind, level: this.#level };
    this.#kind = as.kind;
    this.#level = as.level;
    this.walk(node, depth + 1);
    this.flush(line);
    this.#kind = before.kind;
    this.#level = before.level;
    this.#blank();
  }

  #say(text: string): void {
    if (text.trim() !== "") {
      if (this.#bold === 0) {
        this.#allBold = false;
        this.#isLeading = false;
      } else if (this.#isLeading) this.#lead += text;
      else this.#stressed = true;
    }
    this.#words += text.replace(/\s+/gu, " ");
  }

  #blank(): void {
    if (this.lines.at(-1)?.kind !== "blank")
      this.lines.push({
        number: this.#at,
        kind: "blank",
        indent: 0,
        level: 0,
        marker: null,
        bold: false,
        lead: null,
        stressed: false,
        text: "",
      });
  }

  /** Ends the line that is being read; the next begins at `line` of the file. */
  flush(line: number): void {
    const words = withoutMentions(this.#words.trim());
    this.#words = "";
    const bold = this.#allBold;
    const stressed = this.#stressed;
    const lead = trimmedLead(this.#lead);
    this.#allBold = true;
    this.#lead = "";
    this.#isLeading = true;
    this.#stressed = false;
    if (words !== "") {
      // A cell that says “Question” is no mark of one.
      const { marker, rest } = this.#kind === "table" ? { marker: null, rest: words } : readMarker(words);
      const listed = this.#isItem
        ? { style: this.#ordinal === null ? ("•" as const) : ("1." as const), value: this.#ordinal, depth: 1 }
        : null;
      const kind = this.#kind === "text" && (listed ?? marker) !== null ? "item" : this.#kind;
      this.lines.push({
        number: this.#at,
        kind,
        indent: this.#indent === 0 ? 0 : this.#indent - (listed === null ? 1 : 2),
        level: this.#level,
        marker:
          this.#isAsked || this.#isTerm
            ? { style: this.#isAsked ? "asked" : "term", value: marker?.value ?? null, depth: 1 }
            : (marker ?? listed),
        bold,
        lead: bold ? null : lead,
        stressed,
        text: rest.trim() === "" ? words : rest.trim(),
      });
      this.#isItem = false;
    }
    this.#at = Math.max(this.#at, line);
  }
}

const isElementNamed = (node: Parent, name: string): node is Element =>
  "tagName" in node && node.tagName === name;

/** The lines of some HTML, each with its line in the file. */
export function linesOfHtml(html: string): readonly Line[] {
  const flattening = new Flattening();
  flattening.walk(parseFragment(html));
  flattening.flush(Number.MAX_SAFE_INTEGER);
  return withCards(flattening.lines);
}

/** An article has at least this share of what a page says; less means that the page is no article. */
const ARTICLE_SHARE = 0.3;

/** Rows of a table that asks; what finds the article takes some tables apart. */
const cardsIn = (lines: readonly Line[]): number =>
  lines.filter(({ marker }) => marker?.style === "asked").length;

const lengthOf = (lines: readonly Line[]): number => lines.reduce((sum, { text }) => sum + text.length, 0);

/** The main content of a page as lines. Nothing in it is run, and nothing is fetched. */
export function readHtml(html: string): readonly Line[] {
  const document = parse(html, { sourceCodeLocationInfo: true });
  annotate(document, wordsIn(document));
  const all = serialize(document);
  const { document: copy } = parseHTML(all);
  // The types of linkedom and of the DOM differ where neither is used here.
  const article = new Readability(copy as unknown as Document, {
    charThreshold: 100,
    keepClasses: false,
  }).parse();
  const whole = linesOfHtml(bodyOf(all));
  const main = article?.content ? linesOfHtml(article.content) : [];
  const isWhole = lengthOf(main) >= ARTICLE_SHARE * lengthOf(whole) && cardsIn(main) >= cardsIn(whole);
  return isWhole ? main : whole;
}

/** The page without what stands around its content. */
function bodyOf(html: string): string {
  const fragment = parse(html);
  const strip = (parent: Parent, depth: number): void => {
    if (depth > DEEPEST) return;
    parent.childNodes = parent.childNodes.filter((node) => !(isElement(node) && AROUND.has(node.tagName)));
    for (const node of parent.childNodes) if (isElement(node)) strip(node, depth + 1);
  };
  strip(fragment, 0);
  return serialize(fragment);
}
