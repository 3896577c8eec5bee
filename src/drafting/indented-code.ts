import { areCode, mayBeComment, readsAsCode } from "./code-like.ts";

/** Columns that code stands further in than what it belongs to. */
const DEEP = 4;
const FENCE = /^\s*(?:`{3,}|~{3,})/u;

/** Columns of white space before a line's words. */
function indentOf(raw: string): number {
  let indent = 0;
  for (const unit of raw) {
    if (unit === "\t") indent = (Math.floor(indent / 4) + 1) * 4;
    else if (unit === " ") indent += 1;
    else break;
  }
  return indent;
}

const mayBeCode = (line: string): boolean => readsAsCode(line) || mayBeComment(line);
const isBlank = (raw: string | undefined): boolean => raw === undefined || raw.trim() === "";

/**
 * Says which lines of a text are code by standing further in, also below an entry of a list. Answers are indented as
 * well, and by whoever knows no Markdown: only what reads as code is.
 */
export class IndentedCode {
  readonly #lines: readonly string[];
  /** Where the run of lines ends that was looked at last, and whether it is code. */
  #end = 0;
  #isCode = false;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** @param at places in order, those within fences left out */
  has(at: number): boolean {
    const raw = this.#lines[at] ?? "";
    if (at < this.#end) return this.#isCode;
    if (indentOf(raw) < DEEP || isBlank(raw)) {
      this.#isCode = isBlank(raw) && this.#isCode;
      return false;
    }
    const run = this.#runFrom(at);
    this.#end = at + run.length;
    this.#isCode =
      (this.#isCode && run.every(mayBeComment)) ||
      (areCode(run) && (isBlank(this.#lines[at - 1]) || run.every(mayBeCode)));
    return this.#isCode;
  }

  /** The lines from one on that stand further in, up to the next that is empty. */
  #runFrom(at: number): readonly string[] {
    let end = at + 1;
    for (; end < this.#lines.length; end += 1) {
      const raw = this.#lines[end] ?? "";
      if (isBlank(raw) || indentOf(raw) < DEEP || FENCE.test(raw)) break;
    }
    return this.#lines.slice(at, end);
  }
}
