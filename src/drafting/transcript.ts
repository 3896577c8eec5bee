import { endsAsking } from "./asking.ts";
import { isIdle, isSmallTalk } from "./furniture.ts";
import type { Line, MarkerStyle } from "./line.ts";
import { readMarker } from "./marker.ts";
import { lengthOf } from "./sentences.ts";
import { isEveryday } from "./substance.ts";

/** `Ana: …`, who says something. */
const SPEECH = /^([\p{L}][\p{L}\p{N}_. 「」『』“”"-]{0,23}?)\s?[:：]\s*(?=\S)/u;
/** Who says what stands below, and when: `Ana  10:03 AM`, `张三 2026-03-02 10:01`. */
const SPEAKER_ABOVE =
  /^([\p{L}][\p{L}\p{N}_. -]{0,23}?)[\s,，|·]{1,4}[[(（]?(?:(?:\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?|today|yesterday|今天|昨天|上午|下午)[\s,]{0,3}){0,2}(?:at\s)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?[\])）]?$/iu;
/** A name alone: when something was said before it has been left out. */
const NAME = /^[\p{L}][\p{L}\p{N}_. -]{0,23}$/u;
/** Those who speak twice have lines of their own name; and so many of all lines are such. */
const FEWEST_TURNS = 2;
const LEAST_NAMES = 0.3;
/** Numbers that only questions have: 第二题, Q3. */
const MARKED: ReadonlySet<MarkerStyle> = new Set(["asked", "第1", "Case 1"]);
const MOST_SPEECH = 0.6;
/** Where one of them asks so much of what is asked, it is an interview. */
const MOST_ASKED = 0.75;
const FEWEST_LINES = 2;
/** Shorter questions ask back: 真的吗？ */
const SHORTEST_QUESTION = 5;

/** What others call in between is short: 这个我会！ */
const LONGEST_CALL = 6;

interface Said {
  readonly at: number;
  readonly speaker: string;
  readonly text: string;
  /** Whether it is numbered as a question. */
  readonly isMarked: boolean;
}

const speakerOf = (text: string): string | null => SPEECH.exec(text)?.[1]?.trim() ?? null;

/** By line, who speaks below it: nothing but a name that stands there again and again. */
function namesAlone(lines: readonly Line[]): readonly (string | null)[] {
  const isName = ({ kind, level, indent, marker, text }: Line): boolean =>
    kind === "text" && level === 0 && indent === 0 && marker === null && NAME.test(text);
  const isAbove = (at: number): boolean => {
    const below = lines[at + 1];
    return below !== undefined && below.kind !== "blank";
  };
  const places = lines.flatMap((line, at) => (isName(line) && isAbove(at) ? [at] : []));
  const turns = Map.groupBy(places, (at) => lines[at]?.text ?? "");
  const speakers = new Set(
    [...turns].filter(([, { length }]) => length >= FEWEST_TURNS).map(([name]) => name),
  );
  const theirs = places.filter((at) => speakers.has(lines[at]?.text ?? ""));
  const filled = lines.filter(({ kind }) => kind !== "blank").length;
  if (speakers.size < 2 || theirs.length < LEAST_NAMES * filled) return lines.map(() => null);
  const all = new Set(places);
  return lines.map(({ text }, at) => (all.has(at) ? text : null));
}

/** Lines below a line that names who speaks, as lines that begin with the name. */
function withNames(lines: readonly Line[]): readonly Line[] {
  const dated = lines.map(({ kind, text, level }) =>
    (kind === "text" || kind === "item") && level === 0
      ? (SPEAKER_ABOVE.exec(text)?.[1]?.trim() ?? null)
      : null,
  );
  const above = dated.some((name) => name !== null) ? dated : namesAlone(lines);
  if (above.filter((name) => name !== null).length <= FEWEST_LINES) return lines;
  let name: string | null = null;
  return lines.map((line, at): Line => {
    const named = above[at] ?? null;
    if (named !== null) {
      name = named;
      return { ...line, kind: "furniture" };
    }
    const isFirst = name !== null && (line.kind === "text" || line.kind === "item");
    const words = isFirst ? `${name}: ${line.text}` : line.text;
    if (isFirst) name = null;
    // What it is numbered as is kept; a list's own number is not.
    const marker = line.marker !== null && MARKED.has(line.marker.style) ? line.marker : null;
    return words === line.text ? line : { ...line, kind: "text", marker, text: words };
  });
}

/**
 * A conversation of several people as marked questions and answers. Where only one of them asks, it is an interview,
 * which needs no such help.
 */
export function withTranscript(lines: readonly Line[]): readonly Line[] {
  const named = withNames(lines);
  const filled = named.filter(({ kind }) => kind === "text" || kind === "item" || kind === "heading").length;
  const said: Said[] = named.flatMap((line, at) => {
    const speaker = line.kind === "text" && line.indent <= 1 ? speakerOf(line.text) : null;
    if (speaker === null) return [];
    const text = line.text.replace(SPEECH, "");
    const { marker, rest } = readMarker(text);
    const isNumbered = marker !== null && MARKED.has(marker.style);
    const isMarked = isNumbered || (line.marker !== null && MARKED.has(line.marker.style));
    return [{ at, speaker, text: (isNumbered ? rest : text).replace(/^[，,]\s?/u, ""), isMarked }];
  });
  if (said.length / Math.max(1, filled) < MOST_SPEECH) return lines;
  const times = Map.groupBy(said, ({ speaker }) => speaker);
  const isTalk = [...times.values()].filter(({ length }) => length >= FEWEST_LINES);
  const areNumbered = said.filter(({ isMarked }) => isMarked).length >= FEWEST_LINES;
  const asking = said.filter(
    ({ text, isMarked }) =>
      isMarked ||
      (endsAsking(text) && lengthOf(text) >= SHORTEST_QUESTION && !(areNumbered && isEveryday(text))),
  );
  const askers = new Set(asking.map(({ speaker }) => speaker));
  if (isTalk.length < 2 || asking.length < FEWEST_LINES) return lines;
  const isInterview = [...askers].some((asker) => {
    const asked = asking.filter(({ speaker }) => speaker === asker).length;
    return asked / asking.length >= MOST_ASKED && asked * 2 >= (times.get(asker)?.length ?? 0);
  });
  if (isInterview && isTalk.length === 2 && named === lines) return lines;
  const ask = new Set(asking);
  const told = said.filter(({ text }) => !isSmallTalk(text));
  const questions = new Set(
    told.filter((one, index) => {
      const next = told[index + 1];
      const isAnswered = next !== undefined && next.speaker !== one.speaker && !ask.has(next);
      return ask.has(one) && (isAnswered || one.isMarked || isIdle(one.text));
    }),
  );
  // Whoever leads through a talk neither asks nor is asked.
  const replying = new Set(
    told.flatMap((one, index) => (questions.has(one) ? (told[index + 1]?.speaker ?? []) : [])),
  );
  const isAside = (one: Said, asker: string | null): boolean =>
    // What whoever asked says next is no answer.
    one.speaker === asker || !replying.has(one.speaker) || isSmallTalk(one.text) || lengthOf(one.text) < 2;
  const calls = callsIn(said, questions, isAside);
  const byPlace = new Map(said.map((one) => [one.at, one]));
  let asker: string | null = null;
  return named.map((line, at): Line => {
    const one = byPlace.get(at);
    if (one === undefined) return line;
    if (questions.has(one)) {
      asker = one.speaker;
      return { ...line, kind: "item", marker: { style: "asked", value: null, depth: 1 }, text: one.text };
    }
    return isAside(one, asker) || calls.has(one) || /[:：]$/u.test(one.text)
      ? { ...line, kind: "furniture" }
      : { ...line, kind: "item", marker: { style: "•", value: null, depth: 1 }, lead: null, text: one.text };
  });
}

/** What others only call in between: short, in everyday words, and not all that a question is answered with. */
function callsIn(
  said: readonly Said[],
  questions: ReadonlySet<Said>,
  isAside: (one: Said, asker: string | null) => boolean,
): ReadonlySet<Said> {
  const blocks: { asker: string | null; replies: Said[] }[] = [{ asker: null, replies: [] }];
  for (const one of said) {
    if (questions.has(one)) blocks.push({ asker: one.speaker, replies: [] });
    else if (!isAside(one, blocks.at(-1)?.asker ?? null)) blocks.at(-1)?.replies.push(one);
  }
  const isCall = ({ text }: Said): boolean => lengthOf(text) <= LONGEST_CALL && isEveryday(text);
  return new Set(blocks.flatMap(({ replies }) => (replies.every(isCall) ? [] : replies.filter(isCall))));
}
