/** What a pattern's text at some place is: within which groups, and whether it can be left out. */
interface Piece {
  readonly text: string;
  readonly depth: number;
}

/** A pattern's source in pieces: escapes and classes of characters whole, every other character alone. */
function piecesOf(source: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  for (const [text] of source.matchAll(
    /\\(?:[pP]\{[^}]*\}|.)|\[(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|\(\?(?:[:=!]|<[=!])|./gsu,
  )) {
    if (text === ")") depth -= 1;
    pieces.push({ text, depth });
    if (text.startsWith("(") && text !== "\\(") depth += 1;
  }
  return pieces;
}

/** The alternatives of a pattern that stand in no group. */
function alternativesOf(source: string): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const piece of piecesOf(source))
    if (piece.text === "|" && piece.depth === 0) parts.push([]);
    else parts.at(-1)?.push(piece);
  return parts;
}

const SHORTEST = 2;
const isPlain = (text: string): boolean => text.length === 1 && /[\p{L}\p{N} ]/u.test(text);

/**
 * Of what whatever a pattern matches has one in it, in lower case: the longest run of its letters, or the words of one
 * of its groups. Empty where none is known.
 */
export function requiredIn(source: string): readonly string[] {
  const pieces = piecesOf(source);
  if (pieces.some(({ text, depth }) => text === "|" && depth === 0)) return [];
  let best: readonly string[] = [];
  let length = SHORTEST - 1;
  const keep = (words: readonly string[]): void => {
    const shortest = Math.min(...words.map((word) => word.length));
    if (shortest <= length) return;
    length = shortest;
    best = words.map((word) => word.toLowerCase());
  };
  let run = "";
  for (let at = 0; at < pieces.length; at += 1) {
    const { text = "", depth = 0 } = pieces[at] ?? {};
    let end = at;
    if (text === "(?:" && depth === 0)
      end = pieces.findIndex((piece, place) => place > at && piece.text === ")" && piece.depth === 0);
    const next = pieces[end + 1]?.text ?? "";
    const isOptional = next === "?" || next === "*" || next.startsWith("{0");
    if (end > at && !isOptional) {
      const inner = pieces.slice(at + 1, end);
      if (inner.every((piece) => piece.depth === 1 && (piece.text === "|" || isPlain(piece.text))))
        keep(
          inner
            .map((piece) => piece.text)
            .join("")
            .split("|"),
        );
    }
    run = end === at && depth === 0 && isPlain(text) && !isOptional ? run + text : "";
    if (run !== "") keep([run]);
    at = end;
  }
  return best;
}

/** An alternative's source for texts in lower case. */
const lowered = (pieces: readonly Piece[]): string =>
  pieces.map(({ text }) => (/^\\[a-zA-Z]/u.test(text) ? text : text.toLowerCase())).join("");

const SCRIPTS = ["latin", "han", "both"] as const;

/** Of which script a text has to be for an alternative to match. */
function scriptOf(pieces: readonly Piece[]): (typeof SCRIPTS)[number] {
  const bare = pieces.map(({ text }) => (text.length === 1 ? text : "")).join("");
  const [han, latin] = [/\p{Script=Han}/u.test(bare), /[a-z]/iu.test(bare)];
  return han === latin ? "both" : han ? "han" : "latin";
}

/** Alternatives by where they may match: what begins at a word's edge or the text's is not tried anywhere else. */
function joined(alternatives: readonly string[]): readonly RegExp[] {
  const behind = (start: string): readonly string[] =>
    alternatives.flatMap((source) => (source.startsWith(start) ? [source.slice(start.length)] : []));
  const rest = alternatives.filter((source) => !source.startsWith("\\b") && !source.startsWith("^"));
  return [["\\b", behind("\\b")] as const, ["^", behind("^")] as const, ["", rest] as const].flatMap(
    ([start, own]) => (own.length === 0 ? [] : [new RegExp(`${start}(?:${own.join("|")})`, "g")]),
  );
}

/** What a text has to be looked at for, once it is known of which script it is. */
export interface Sought {
  /** How often one of the patterns matches a text in lower case, as far as that is told. */
  count(text: string, isChinese: boolean, most: number): number;
}

/**
 * Patterns of which most match only Chinese or only Latin letters, so that most of them need not be tried. Without the flags
 * i and u, which make them several times slower; `^` and `$` are the text's ends.
 */
export function seek(sources: readonly string[]): Sought {
  const alternatives = sources
    .flatMap(alternativesOf)
    .map((pieces) => ({ script: scriptOf(pieces), source: lowered(pieces) }));
  const [latin, han, both] = SCRIPTS.map((script) =>
    joined(alternatives.flatMap((one) => (one.script === script ? [one.source] : []))),
  );
  const countIn = (patterns: readonly RegExp[] = [], text: string, most: number): number => {
    let count = 0;
    for (const pattern of patterns) {
      pattern.lastIndex = 0;
      while (count < most && pattern.test(text)) count += 1;
    }
    return count;
  };
  return {
    count: (text, isChinese, most) =>
      Math.min(
        most,
        countIn(latin, text, most) + countIn(both, text, most) + (isChinese ? countIn(han, text, most) : 0),
      ),
  };
}
