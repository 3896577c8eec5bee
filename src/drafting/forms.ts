import { isAnswerMark, withoutAnswerMark } from "./answer-mark.ts";
import labels from "./content-labels.json" with { type: "json" };
import type { Line } from "./line.ts";

/** Of so many answers their forms are compared. */
const SAMPLE = 200;
/** Longer lines are no form that is filled in. */
const LONGEST = 140;
const MOST_TOKENS = 40;
const FEWEST = 2;
/** A form that fewer of the answers have has to stand in one more of them. */
const MANY = 0.4;
const LEAST = 0.1;
/** So much of a line has to be the form's own, and not what was filled in. */
const MOST_SHARED = 0.5;
/** A word is the form's own where so many of its lines have it. */
const OWN = 0.6;
/** In so many of the answers that have it, something else has to be said beside a form. */
const MOST_BESIDE = 0.6;

const TOKENS = /\p{Script=Han}|\p{L}+(?:['’-]\p{L}+)*|\d+(?:[.,:/-]\d+)*|[★☆⭐✦🌟🔥]+|[^\s\p{L}\p{N}]/gu;
/** What an answer is divided by, whatever stands behind it: 优点：, Formula: */
const CONTENT = new RegExp(`^(?:[【\\[(（*]\\s?)?(?:${labels.join("|")})(?![A-Za-z])`, "iu");

const masked = (token: string): string =>
  /^\d/u.test(token) ? "#" : /^[★☆⭐✦🌟🔥]/u.test(token) ? "★" : token.toLowerCase();

/** A line as words and marks, without its numbers and counts of stars. */
const tokensOf = (text: string): readonly string[] => (text.match(TOKENS) ?? []).map(masked);

const isWord = (token: string): boolean => /[\p{L}#★]/u.test(token);

/** How a line begins and how it ends. */
function keysOf(tokens: readonly string[]): readonly string[] {
  const first = tokens.findIndex(isWord);
  const last = tokens.findLastIndex(isWord);
  if (first < 0) return [];
  const beginning = tokens.slice(
    0,
    Math.max(2, first + (/^\p{Script=Han}/u.test(tokens[first] ?? "") ? 2 : 1)),
  );
  const end = tokens.slice(Math.min(tokens.length - 2, last - 1));
  return [`${beginning.join(" ")} …`, `… ${end.join(" ")}`];
}

const mayBeForm = ({ kind, text }: Line): boolean =>
  (kind === "text" || kind === "item") &&
  text.length <= LONGEST &&
  !isAnswerMark(text) &&
  withoutAnswerMark(text) === text &&
  !CONTENT.test(text) &&
  !/[:：]$/u.test(text);

interface Form {
  /** The words of its own. */
  readonly own: ReadonlySet<string>;
}

const saysSomething = ({ kind, text }: Line): boolean =>
  (kind === "text" || kind === "item" || kind === "table" || kind === "code") && !isAnswerMark(text);

function isFilledIn(tokens: readonly string[], { own }: Form): boolean {
  const shared = tokens.filter((token) => own.has(token));
  return shared.some((token) => /[\p{L}★#]/u.test(token)) && shared.length / tokens.length >= MOST_SHARED;
}

/** The forms that several answers fill in with other words each: who asked, how hard it is, what it was tagged with. */
function formsIn(sample: readonly (readonly Line[])[]): ReadonlyMap<string, Form> {
  const groups = new Map<string, { tokens: readonly string[]; body: number; place: number }[]>();
  for (const [body, lines] of sample.entries())
    for (const [place, line] of lines.entries()) {
      if (!mayBeForm(line)) continue;
      const tokens = tokensOf(line.text);
      if (tokens.length > MOST_TOKENS) continue;
      for (const key of keysOf(tokens)) {
        const group = groups.get(key) ?? [];
        group.push({ tokens, body, place });
        groups.set(key, group);
      }
    }
  const forms = new Map<string, Form>();
  for (const [key, group] of groups) {
    const bodies = new Set(group.map(({ body }) => body));
    const share = bodies.size / sample.length;
    if (bodies.size < FEWEST + (share >= MANY ? 0 : 1) || share < LEAST) continue;
    const count = new Map<string, number>();
    for (const { tokens } of group)
      for (const token of new Set(tokens)) count.set(token, (count.get(token) ?? 0) + 1);
    const own = new Set(
      [...count].filter(([, times]) => times / group.length >= OWN).map(([token]) => token),
    );
    const form = { own };
    const filled = group.filter(({ tokens }) => isFilledIn(tokens, form));
    const filledBodies = new Set(filled.map(({ body }) => body));
    if (filledBodies.size < FEWEST + (share >= MANY ? 0 : 1)) continue;
    // What several lines of one answer share is a list.
    if (filled.length > filledBodies.size * 1.5) continue;
    const beside = [...filledBodies].filter((body) => {
      const places = new Set(filled.filter((one) => one.body === body).map(({ place }) => place));
      return sample[body]?.some((line, place) => !places.has(place) && saysSomething(line));
    });
    if (beside.length / filledBodies.size >= MOST_BESIDE && beside.length >= FEWEST) forms.set(key, form);
  }
  return forms;
}

/** Answers without the lines in which several of them fill in the same form. */
export function withoutForms(bodies: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const sample = bodies.slice(0, SAMPLE);
  if (sample.length < FEWEST) return bodies;
  const forms = formsIn(sample);
  if (forms.size === 0) return bodies;
  const cut = (body: readonly Line[]): readonly Line[] =>
    body.map((line) => (isOf(line, forms) ? { ...line, kind: "furniture" } : line));
  const said = sample.filter((body) => body.some(saysSomething));
  const left = said.filter((body) => cut(body).some(saysSomething));
  // Answers that are all alike are still answers.
  return left.length / said.length >= MOST_BESIDE ? bodies.map(cut) : bodies;
}

function isOf(line: Line, forms: ReadonlyMap<string, Form>): boolean {
  if (!mayBeForm(line)) return false;
  const tokens = tokensOf(line.text);
  return keysOf(tokens).some((key) => {
    const form = forms.get(key);
    return form !== undefined && isFilledIn(tokens, form);
  });
}

/**
 * Answers without what stands between a question and the mark of its answer, in a document that marks its answers.
 */
export function behindMarks(bodies: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const places = bodies.map((body) =>
    body.findIndex(
      ({ kind, text }) =>
        kind !== "blank" && kind !== "code" && (isAnswerMark(text) || withoutAnswerMark(text) !== text),
    ),
  );
  const marked = places.filter((at) => at >= 0).length;
  if (marked < FEWEST || marked / bodies.length < MOST_SHARED) return bodies;
  const fields = fieldsBehind(bodies, places);
  return bodies.map((body, index) => {
    const mark = places[index] ?? -1;
    if (mark < 0) return body;
    let isField = false;
    return body.map((line, at): Line => {
      if (line.kind === "blank") isField = false;
      else if (at > mark) {
        const label = fieldOf(line);
        if (label !== null) isField = fields.has(label);
      }
      return line.kind !== "blank" && (at < mark || isField) ? { ...line, kind: "furniture" } : line;
    });
  });
}

/** What a line is filled in for: 【易错】. */
const FIELD = /^[【[]([^】\]]{1,12})[】\]]/u;

const fieldOf = ({ text }: Line): string | null =>
  CONTENT.test(text) ? null : (FIELD.exec(text)?.[1] ?? null);

/** What is filled in behind the answers of several questions, and is none of them. */
function fieldsBehind(bodies: readonly (readonly Line[])[], marks: readonly number[]): ReadonlySet<string> {
  const count = new Map<string, number>();
  for (const [index, body] of bodies.entries()) {
    const mark = marks[index] ?? -1;
    if (mark < 0) continue;
    for (const label of new Set(body.slice(mark + 1).flatMap((line) => fieldOf(line) ?? [])))
      count.set(label, (count.get(label) ?? 0) + 1);
  }
  return new Set([...count].filter(([, times]) => times >= FEWEST).map(([label]) => label));
}
