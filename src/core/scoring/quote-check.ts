import type { Evidence } from "./grader.ts";
import { isHan, isWordCode } from "./letters.ts";
import { type Normalised, normalise } from "./normalise.ts";
import { maskQuestion, unitsOf } from "./question-mask.ts";
import type { CompiledRubric } from "./rubric.ts";

/** What counts as somebody's words: four Chinese letters or three Latin words; a mixture adds up. */
const LEAST_HAN = 4;
const LEAST_WORDS = 3;

function isLongEnough(quote: string): boolean {
  let amount = 0;
  for (let at = 0; at < quote.length; at += 1) {
    const code = quote.charCodeAt(at);
    if (isHan(code)) amount += 1 / LEAST_HAN;
    else if (isWordCode(code) && !isWordCode(quote.charCodeAt(at - 1))) amount += 1 / LEAST_WORDS;
  }
  return amount > 0.999;
}

function isTerm(quote: string, { glossary }: CompiledRubric): boolean {
  return glossary.lexicon
    .scan(quote)
    .entries.some(
      ({ meaning, start, end }) =>
        start === 0 && end === quote.length && glossary.entries[meaning]?.type === "concept",
    );
}

/** A Latin word that is cut in two is not the author's word. */
function standsWhole(text: string, start: number, end: number): boolean {
  const cuts = (at: number): boolean =>
    isWordCode(text.charCodeAt(at - 1)) && isWordCode(text.charCodeAt(at));
  return !cuts(start) && !cuts(end);
}

/** Quotation marks, dots and blanks around a quote are the quoter's. */
function withoutEdges(quote: string): string {
  const says = (at: number): boolean => /[\p{L}\p{N}]/u.test(quote.charAt(at));
  let start = 0;
  let end = quote.length;
  while (start < end && !says(start)) start += 1;
  while (end > start && !says(end - 1)) end -= 1;
  return quote.slice(start, end);
}

/** Looks for what others claim to quote in one answer. */
export function quoteChecker(
  answer: string,
  { text, starts, ends }: Normalised,
  rubric: CompiledRubric,
): (quote: string) => Evidence | null {
  const { isMasked } = maskQuestion(unitsOf(text), rubric.grams);
  const saysOwn = (start: number, end: number): boolean => {
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if ((isHan(code) || isWordCode(code)) && !isMasked(at)) return true;
    }
    return false;
  };
  const namesPoint = (raw: string): boolean => {
    const lower = raw.toLowerCase().replaceAll("_", "-");
    return rubric.points.some(({ id }) => lower.includes(id));
  };

  return (given) => {
    const quote = withoutEdges(normalise(given).text);
    if (quote === "" || !(isLongEnough(quote) || isTerm(quote, rubric))) return null;
    for (let start = text.indexOf(quote); start !== -1; start = text.indexOf(quote, start + 1)) {
      const end = start + quote.length;
      const from = starts[start];
      const to = ends[end - 1];
      if (from === undefined || to === undefined || !standsWhole(text, start, end)) continue;
      const raw = answer.slice(from, to);
      if (saysOwn(start, end) && !namesPoint(raw)) return { start: from, end: to, quote: raw };
    }
    return null;
  };
}
