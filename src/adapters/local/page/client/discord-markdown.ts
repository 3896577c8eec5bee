/** A piece of a line as Discord reads it. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "mention"; readonly text: string }
  | { readonly kind: "emoji"; readonly text: string }
  | { readonly kind: "link"; readonly text: string }
  /** Seconds since 1970, and how it is written: `R` is how far off it is. */
  | { readonly kind: "time"; readonly seconds: number; readonly style: string }
  | {
      readonly kind: "bold" | "italic" | "underline" | "strike" | "spoiler";
      readonly of: readonly Piece[];
    };

/** A line of a text, or a code block. */
export interface Line {
  readonly kind: "plain" | "heading" | "small" | "quote" | "item" | "block";
  /** Of a heading 1 to 3; the mark of a list's item; blanks before it. */
  readonly mark: string;
  readonly of: readonly Piece[];
}

/** What begins at one place of a text; the first that matches is what Discord reads there. */
const rules: readonly { pattern: RegExp; read: (found: RegExpExecArray) => Piece }[] = [
  { pattern: /\\([^0-9A-Za-z\s])/y, read: ([, text = ""]) => ({ kind: "text", text }) },
  { pattern: /(`{1,2})([^`]|[^`][\s\S]*?[^`])\1(?!`)/y, read: ([, , text = ""]) => ({ kind: "code", text }) },
  {
    pattern: /<(?:@[!&]?\d+|#\d+|\/[^:>]+:\d+|id:\w+)>|@everyone|@here/y,
    read: ([text]) => ({ kind: "mention", text }),
  },
  {
    pattern: /<t:(-?\d{1,17})(?::([tTdDfFR]))?>/y,
    read: ([, seconds, style = "f"]) => ({ kind: "time", seconds: Number(seconds), style }),
  },
  { pattern: /<a?:\w+:\d+>|:[^\s:]{1,40}:/y, read: ([text]) => ({ kind: "emoji", text }) },
  {
    pattern: /\[[^\]]+\]\([^)\s]+\)|<?https?:\/\/[^\s<]+|(?:\w+\.)*discord(?:app)?\.(?:com|gg)\/\w+/y,
    read: ([text]) => ({ kind: "link", text }),
  },
  {
    pattern: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y,
    read: ([, text = ""]) => ({ kind: "bold", of: readLine(text) }),
  },
  {
    pattern: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y,
    read: ([, text = ""]) => ({ kind: "underline", of: readLine(text) }),
  },
  {
    pattern: /~~((?:\\[\s\S]|[^\\])+?)~~/y,
    read: ([, text = ""]) => ({ kind: "strike", of: readLine(text) }),
  },
  {
    pattern: /\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y,
    read: ([, text = ""]) => ({ kind: "spoiler", of: readLine(text) }),
  },
  {
    pattern: /([*_])(?=\S)((?:\\[\s\S]|[^\\*_])+?)\1(?![*_])/y,
    read: ([, , text = ""]) => ({ kind: "italic", of: readLine(text) }),
  },
];

/** The pieces of one line, or of any text whose lines mean nothing. */
export function readLine(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") pieces.push({ kind: "text", text: plain });
    plain = "";
  };
  let at = 0;
  while (at < text.length) {
    let length = 1;
    let piece: Piece = { kind: "text", text: text.charAt(at) };
    for (const { pattern, read } of rules) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found === null) continue;
      length = found[0].length;
      piece = read(found);
      break;
    }
    if (piece.kind === "text") plain += piece.text;
    else {
      flush();
      pieces.push(piece);
    }
    at += length;
  }
  flush();
  return pieces;
}

const lineKinds: readonly { kind: Line["kind"]; pattern: RegExp }[] = [
  { kind: "heading", pattern: /^(#{1,3})\s+(.+)$/u },
  { kind: "small", pattern: /^(-#)\s+(.+)$/u },
  { kind: "quote", pattern: /^\s*(>>>|>)\s(.*)$/u },
  { kind: "item", pattern: /^(\s*(?:[-*]|\d+\.))\s+(.+)$/u },
];

function lineOf(text: string): Line {
  for (const { kind, pattern } of lineKinds) {
    const found = pattern.exec(text);
    if (found !== null) return { kind, mark: found[1] ?? "", of: readLine(found[2] ?? "") };
  }
  return { kind: "plain", mark: "", of: readLine(text) };
}

/** A text of several lines, with its code blocks, as Discord reads it. */
export function readMarkdown(text: string): Line[] {
  const lines: Line[] = [];
  let rest = 0;
  const plain = (until: number): void => {
    const part = text.slice(rest, until);
    const inner = part.replace(/^\n/, "").replace(/\n$/, "");
    if (inner !== "" || part.length > 2) lines.push(...inner.split("\n").map(lineOf));
  };
  for (const block of text.matchAll(/(?<!\\)```(?:[\w+.#-]+\n)?\n*([^\n][\s\S]*?)\n*```/g)) {
    plain(block.index);
    lines.push({ kind: "block", mark: "", of: [{ kind: "text", text: block[1] ?? "" }] });
    rest = block.index + block[0].length;
  }
  plain(text.length);
  return lines;
}
