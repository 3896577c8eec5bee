import { createRequire } from "node:module";
import type { Node, ParseError } from "jsonc-parser";

// Start-up does not pay for a parser that only faults need.
const jsonc = (): typeof import("jsonc-parser") => createRequire(import.meta.url)("jsonc-parser");

/** One thing that is wrong in a content file, as an author can find and mend it. */
export interface ContentFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
  readonly reason: string;
}

/** All that is wrong in the content; the message lists every fault for the operator's log. */
export class ContentFaults extends Error {
  readonly faults: readonly ContentFault[];

  constructor(faults: readonly ContentFault[]) {
    const lines = faults.map((fault) => `  ${fault.file}:${fault.line}:${fault.column}  ${fault.reason}`);
    super(`the content has ${faults.length} fault${faults.length === 1 ? "" : "s"}:\n${lines.join("\n")}`);
    this.name = "ContentFaults";
    this.faults = faults;
  }
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}

export type JsonPath = readonly (string | number)[];

/** A fault of the file as a whole, or of its start. */
export const faultOfFile = (file: string, reason: string): ContentFault => ({
  file,
  line: 1,
  column: 1,
  reason,
});

/** A fault at the value that `path` leads to, or at the innermost value that is there; at `key` at its name. */
export function faultAt(
  source: SourceText,
  path: JsonPath,
  reason: string,
  at: "value" | "key" = "value",
): ContentFault {
  return faultAtOffset(source, offsetOf(source, path, at), reason);
}

/** The first place where the text stops being JSON. */
export function syntaxFault(source: SourceText, cause: unknown): ContentFault {
  if (source.text.trim() === "") return faultOfFile(source.file, "the file is empty");
  const deep = tooDeepAt(source.text);
  if (deep !== undefined) return faultAtOffset(source, deep, `nested deeper than ${MAX_DEPTH} levels`);
  const errors: ParseError[] = [];
  jsonc().parseTree(source.text, errors, STRICT);
  const [first] = errors;
  if (first) return faultAtOffset(source, first.offset, describe(jsonc().printParseErrorCode(first.error)));
  // The two parsers disagree: V8 says where it stopped in its message, if anywhere.
  const message = cause instanceof Error ? cause.message : String(cause);
  return faultAtOffset(source, Number(/ at position (\d+)/.exec(message)?.[1] ?? 0), message);
}

const STRICT = { disallowComments: true, allowTrailingComma: false };

// `parseTree` recurses, and nothing that a schema allows comes near this depth.
const MAX_DEPTH = 64;

const trees = new WeakMap<SourceText, Node | null>();

function treeOf(source: SourceText): Node | null {
  let tree = trees.get(source);
  if (tree === undefined) {
    tree = tooDeepAt(source.text) === undefined ? (jsonc().parseTree(source.text, [], STRICT) ?? null) : null;
    trees.set(source, tree);
  }
  return tree;
}

function offsetOf(source: SourceText, path: JsonPath, at: "value" | "key"): number {
  const tree = treeOf(source);
  if (!tree) return 0;
  for (let length = path.length; length > 0; length -= 1) {
    const node = jsonc().findNodeAtLocation(tree, path.slice(0, length));
    if (!node) continue;
    const named = at === "key" && length === path.length && node.parent?.type === "property";
    return named ? (node.parent?.offset ?? node.offset) : node.offset;
  }
  return tree.offset;
}

function faultAtOffset({ file, text }: SourceText, offset: number, reason: string): ContentFault {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { file, line: before.split("\n").length, column: before.length - lineStart + 1, reason };
}

function tooDeepAt(text: string): number | undefined {
  const scanner = jsonc().createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const token = text[scanner.getTokenOffset()];
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return undefined;
}

const SYNTAX_REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: "JSON does not know this word; text stands in double quotes",
  InvalidNumberFormat: "this is not a number that JSON knows",
  PropertyNameExpected: "a key in double quotes is expected here; is there a comma too many before it?",
  ValueExpected: "a value is expected here; is there a comma too many before it?",
  ColonExpected: "a : is missing between a key and its value",
  CommaExpected: "a comma is missing before this",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "the file should end before this",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: 'this text is not closed: a " is missing',
  UnexpectedEndOfNumber: "this number is not finished",
  InvalidUnicode: "\\u is followed by four hexadecimal digits",
  InvalidEscapeCharacter: "JSON does not know this escape; a backslash itself is written \\\\",
  InvalidCharacter: "a text may not contain a raw line break or tab: write \\n or \\t",
};

const describe = (code: string): string => `not valid JSON: ${SYNTAX_REASONS[code] ?? code}`;
