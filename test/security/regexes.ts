import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** A pattern as it stands in the program. */
export interface FoundPattern {
  readonly file: string;
  readonly line: number;
  readonly pattern: RegExp;
}

const root = resolve(import.meta.dirname, "../..");

/** A literal comes where a value can: behind an operator, a bracket, a comma or a word like `return`. */
const LITERAL =
  /(?:^|[(,=:[!&|?{};]|return|=>)\s{0,100}\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)(?=[\s,;)\].:}?]|$)/gm;

const patternsIn = (file: string): FoundPattern[] => {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(LITERAL)].flatMap((match): FoundPattern[] => {
    const [, source = "", flags = ""] = match;
    const line = text.slice(0, match.index).split("\n").length;
    const before = text.slice(text.lastIndexOf("\n", match.index) + 1, match.index);
    if (/^\s*(?:\*|\/\/)/.test(before)) return [];
    try {
      return [{ file: relative(root, file), line, pattern: new RegExp(source, flags) }];
    } catch {
      // Two slashes of a sum, or of an address in a text.
      return [];
    }
  });
};

/** Every pattern that is written in the program itself. */
export const patternsOfTheProgram = (): readonly FoundPattern[] =>
  ["src", "commands"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|js)$/.test(entry.name))
      .flatMap((entry) => patternsIn(join(entry.parentPath, entry.name))),
  );

const representatives: Readonly<Record<string, string>> = {
  "\\s": " ",
  "\\S": "a",
  "\\d": "1",
  "\\D": "a",
  "\\w": "a",
  "\\W": " ",
  "\\n": "\n",
  "\\r": "\r",
  "\\t": "\t",
  "\\b": "",
  "\\B": "",
  ".": "a",
};

/** What keeps a pattern busy: texts of what it looks for itself, one after the other and over and over. */
export function attacksOn({ source }: RegExp, size: number): readonly string[] {
  const tokens = source.match(/\\p\{[^}]{1,40}\}|\\[\s\S]|\[(?:\\.|[^\]\\])*\]|\{[\d,]+\}|[^\\[]/g) ?? [];
  const texts = tokens.flatMap((token): string[] => {
    if (/^(?:[()^$|*+?]|\{[\d,]+\})$/.test(token)) return [];
    const known = representatives[token];
    if (known !== undefined) return [known];
    if (token.startsWith("\\p")) return [/Han/.test(token) ? "显" : /N/.test(token) ? "1" : "é"];
    if (token.startsWith("[^")) return ["a", " ", "-"];
    if (token.startsWith("[")) {
      const inside = token.slice(1, -1);
      const first = representatives[inside.slice(0, 2)] ?? inside.replace(/^\\/, "").slice(0, 1);
      return [first, ...(inside.includes("\\s") ? [" "] : []), ...(inside.includes("\\n") ? ["\n"] : [])];
    }
    return [token.length === 2 && token.startsWith("\\") ? token.slice(1) : token];
  });
  const whole = texts.join("");
  const pieces = new Set([
    ...texts,
    whole,
    `${whole} `,
    whole.slice(0, Math.ceil(whole.length / 2)),
    "a",
    " ",
    "1",
  ]);
  return [...pieces]
    .filter((piece) => piece !== "")
    .slice(0, 24)
    .flatMap((piece) => {
      const pumped = piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
      return [`${pumped}\0`, `${texts[0] ?? ""}${pumped}\0`];
    });
}
