import { asks, endsAsking } from "./asking.ts";
import type { Line } from "./line.ts";
import type { Head } from "./pattern.ts";

/** The language that most of a text is written in; null where that cannot be told. */
type Script = "zh" | "en";

/** Among so many words of another language a text with one Chinese word is still not Chinese. */
const FEWEST_HAN = 0.1;
/** So many answers tell whether a document gives each of them twice. */
const SAMPLE = 100;
const LONGEST = 200;
const FEWEST_PAIRS = 2;
const MOST_PAIRED = 0.5;
/** A translation has about as many lines as what it translates. */
const LEAST_ALIKE = 0.4;

function scriptOf(text: string): Script | null {
  const sample = text.slice(0, LONGEST);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 3) return null;
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han === 0) return "en";
  return han >= 2 && han / letters >= FEWEST_HAN ? "zh" : null;
}

/** Whether two texts are in two languages, as far as that can be told. */
function isInAnother(one: string, other: string): boolean {
  const [script, second] = [scriptOf(one), scriptOf(other)];
  return script !== null && second !== null && script !== second;
}

const isFilled = ({ kind }: Line): boolean => kind !== "blank" && kind !== "furniture";
const asFurniture = (line: Line): Line => ({ ...line, kind: "furniture" });

/** Heads of a document that asks each question twice, without those that ask it in its second language. */
export function withoutTwins(
  lines: readonly Line[],
  heads: readonly Head[],
): { readonly lines: readonly Line[]; readonly heads: readonly Head[] } {
  const twins = new Set<number>();
  for (const [index, { at, line }] of heads.entries()) {
    const next = heads[index + 1];
    if (next === undefined || twins.has(at) || lines.slice(at + 1, next.at).some(isFilled)) continue;
    if (isInAnother(line.text, next.line.text)) twins.add(next.at);
  }
  if (twins.size < FEWEST_PAIRS || (twins.size * 2) / heads.length < MOST_PAIRED) return { lines, heads };
  return {
    lines: lines.map((line, at) => (twins.has(at) ? asFurniture(line) : line)),
    heads: heads.filter(({ at }) => !twins.has(at)),
  };
}

/** The place of the question in another language that stands first below a question; -1 where none does. */
function placeOfTwin(title: string, body: readonly Line[]): number {
  const at = body.findIndex(isFilled);
  const line = body[at];
  if (line === undefined || !isInAnother(title, line.text)) return -1;
  return endsAsking(line.text) || (line.bold && asks(line.text)) ? at : -1;
}

/** Whether a body says about as much in one language as in the other, first in one, then in the other, or by turns. */
function isInBoth(body: readonly Line[]): boolean {
  const scripts = body.flatMap(({ kind, text }) =>
    kind === "text" || kind === "item" ? (scriptOf(text) ?? []) : [],
  );
  const [zh, en] = [
    scripts.filter((script) => script === "zh").length,
    scripts.filter((script) => script === "en").length,
  ];
  return Math.min(zh, en) > 0 && Math.min(zh, en) / Math.max(zh, en) >= LEAST_ALIKE;
}

/** A body without the lines that are not in the language it begins with. */
function inFirstLanguage(body: readonly Line[]): readonly Line[] {
  let first: Script | null = null;
  return body.map((line) => {
    if (line.kind !== "text" && line.kind !== "item") return line;
    const script = scriptOf(line.text);
    first ??= script;
    return script !== null && script !== first ? asFurniture(line) : line;
  });
}

/**
 * Answers of a document in two languages in the first of them: what follows in the second says the same again. All as
 * they are in any other document.
 *
 * @param isTwice whether each question is known to be asked twice
 */
export function withoutTranslations(
  titles: readonly string[],
  bodies: readonly (readonly Line[])[],
  isTwice: boolean,
): readonly (readonly Line[])[] {
  const twins = bodies.map((body, at) => placeOfTwin(titles[at] ?? "", body));
  const asked = twins.filter((at) => at >= 0).length;
  const isAskedTwice = isTwice || (asked >= FEWEST_PAIRS && asked / bodies.length >= MOST_PAIRED);
  const left = isAskedTwice
    ? bodies.map((body, index) => body.map((line, at) => (at === twins[index] ? asFurniture(line) : line)))
    : bodies;
  const said = left.slice(0, SAMPLE).filter((body) => body.some(isFilled));
  const both = said.filter(isInBoth).length;
  const isPattern = both / Math.max(1, said.length) >= MOST_PAIRED && (isAskedTwice ? both > 0 : both > 2);
  return isPattern ? left.map((body) => (isInBoth(body) ? inFirstLanguage(body) : body)) : left;
}
