import { mayBeComment, readsAsCode } from "./code-like.ts";

const MAY_HOLD = /<(?:script|style)\b|<!--/iu;
const OPENS = /<(script|style)\b[^<>]{0,500}(?:>|$)|<(!--)/giu;
const FENCE = /^\s{0,8}(?:>\s?){0,3}(`{3,}|~{3,})/u;

/** What follows a tag at once is inside of it; behind a word about a tag there is a space or a stop. */
const INSIDE = /^[\w.#"'([{/$]/u;

const COMMENT_END = /-->/gu;
const closers: Readonly<Record<string, RegExp>> = {
  "</script": /<\/script[^<>]{0,200}>?/giu,
  "</style": /<\/style[^<>]{0,200}>?/giu,
  "-->": COMMENT_END,
};

const closingOf = (name: string): string => (name === "!--" ? "-->" : `</${name}`);

/** What is open at the end of a line. */
interface Open {
  readonly closing: string;
  /** Whether nothing closes it: then it ends where the text no longer reads as code. */
  readonly isTorn: boolean;
  /** Whether the paragraph that it began in has not ended. */
  readonly isFirst: boolean;
}

/**
 * The lines of a text without the scripts, styles and comments that stand in it as HTML: no page shows them. As many
 * lines come out as went in; what quotes such a tag as code keeps it.
 */
export function withoutUnread(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => MAY_HOLD.test(line))) return lines;
  const closed = new Map(
    ["script", "style", "!--"].map((name) => [closingOf(name), closedBelow(lines, name)]),
  );
  let fence: string | null = null;
  let open: Open | null = null;
  return lines.map((line, at) => {
    if (open === null) {
      const mark: string | undefined = FENCE.exec(line)?.[1];
      const isFence: boolean = mark !== undefined && (fence === null || mark.startsWith(fence));
      if (isFence) fence = fence === null ? (mark ?? null) : null;
      if (isFence || fence !== null) return line;
    }
    const [left, next] = readLine(line, open, (closing) => closed.get(closing)?.[at] === 1);
    open = next;
    return left;
  });
}

/** For each line whether what is open at its end is closed further below, before the same opens again. */
function closedBelow(lines: readonly string[], name: string): Uint8Array {
  const closed = new Uint8Array(lines.length + 1);
  const [opening, closing] = [`<${name}`, closingOf(name)];
  for (let at = lines.length - 1; at > 0; at -= 1) {
    const line = lines[at]?.toLowerCase() ?? "";
    const [opens, closes] = [line.indexOf(opening), line.indexOf(closing)];
    const isOpened = opens >= 0 && (closes < 0 || opens < closes);
    closed[at - 1] = isOpened ? 0 : closes >= 0 ? 1 : (closed[at] ?? 0);
  }
  return closed;
}

/** The first place from one on at which a pattern is found. */
function findFrom(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** What is left of a line, and what is open behind it. */
function readLine(
  line: string,
  before: Open | null,
  closes: (closing: string) => boolean,
): [string, Open | null] {
  let open = before;
  if (open?.isTorn) {
    const isBlank = line.trim() === "";
    if (isBlank || open.isFirst || readsAsCode(line) || mayBeComment(line))
      return ["", { ...open, isFirst: open.isFirst && !isBlank }];
    open = null;
  }
  let left = "";
  let at = 0;
  let quotes = 0;
  let isFirst = true;
  while (at < line.length) {
    if (open !== null) {
      const end = findFrom(closers[open.closing] ?? COMMENT_END, line, at);
      if (end === null) return [left, open];
      at = end.index + end[0].length;
      left += " ";
      open = null;
      continue;
    }
    const found = findFrom(OPENS, line, at);
    if (found === null) break;
    const words = line.slice(at, found.index);
    quotes += words.split("`").length - 1;
    at = found.index + found[0].length;
    isFirst = isFirst && words.trim() === "";
    if (quotes % 2 === 1) {
      left += words + found[0];
      isFirst = false;
      continue;
    }
    const closing = closingOf((found[1] ?? found[2] ?? "").toLowerCase());
    const isTorn = findFrom(closers[closing] ?? COMMENT_END, line, at) === null && !closes(closing);
    // A sentence may speak of a tag without quoting it.
    if (isTorn && (closing === "-->" || !(isFirst || isInside(line.slice(at)))))
      return [left + words + line.slice(found.index), null];
    left += words;
    open = { closing, isTorn, isFirst };
    if (isTorn) return [left, open];
  }
  return [left + line.slice(at), open];
}

const isInside = (behind: string): boolean =>
  behind.trim() === "" || INSIDE.test(behind) || readsAsCode(behind);
