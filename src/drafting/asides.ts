import { isAnswerMark, withoutAnswerMark } from "./answer-mark.ts";
import { isPageLine, isUnfinished } from "./furniture.ts";
import type { Line } from "./line.ts";
import { lengthOf, sentencesOf } from "./sentences.ts";
import { type Setting, settingIn } from "./set-apart.ts";
import { goesOn, listsIn, onlyAsks, placesKept, placesOfSiblings } from "./siblings.ts";
import signs from "./substance.json" with { type: "json" };
import { areTelling, isPending, isRemark, type Subject, strays, straysSurely, toldIn } from "./substance.ts";
import { contentWords } from "./words.ts";

/** Titles of what is for whoever asks, and no answer: red flags, follow-ups. */
const STRAY_TITLE = new RegExp(
  `^(?:\\p{Extended_Pictographic}|\\uFE0F|[\\s【[（(*_])*(?:${signs.strayTitles.join("|")})[\\s\\])）】*_]*[:：]?\\s*$`,
  "iu",
);
/** What begins so goes on with what the sentence before spoke of. */
const GOES_ON = /^(?:it|this|that|they|these|those|he|she|and|but|so|then|也|那|这|它|不过|然后|所以)/iu;
/** With less told a sentence is taken for more of the same behind one that strays. */
const LEAST_TOLD = 1;
/** So few words behind one that strays in the same line go with it, unless they tell something. */
const FEW_WORDS = 8;
/** Longer sentences than this say something, in whatever words. */
const SHORT_WORDS = 14;

const isSaid = ({ kind, bold }: Line): boolean => (kind === "text" || kind === "item") && !bold;
const isBlank = ({ kind }: Line): boolean => kind === "blank";

/** What is left of a text without the sentences that stray; all of it where none does. */
function withoutStraying(
  text: string,
  subject: Subject,
  isStray: typeof strays,
  isBehind: boolean,
  isEnd: boolean,
  set: number,
): string {
  let behindStray = isBehind;
  const sentences = sentencesOf(text);
  const kept = sentences.filter((sentence, at) => {
    const isNear =
      behindStray ||
      (isEnd &&
        at === sentences.length - 1 &&
        (sentences.length === 1 || isStray(sentence, subject, false, set)));
    const goes =
      behindStray &&
      (at > 0
        ? GOES_ON.test(sentence) || lengthOf(sentence) <= FEW_WORDS
        : isBehind && GOES_ON.test(sentence));
    behindStray = isStray(sentence, subject, isNear, set) || (goes && toldIn(sentence, subject) < LEAST_TOLD);
    return !behindStray;
  });
  return kept.length === sentences.length ? text : kept.join(" ");
}

/** Whether a line is a paragraph of its own behind others. */
const standsAlone = (body: readonly Line[], at: number, first: number): boolean =>
  at > first && body[at]?.kind === "text" && body[at - 1]?.kind === "blank" && body[at + 1]?.kind !== "text";

/** Places of the lines below which nothing but such lines follows, the last that says something among them. */
function nearEnd(
  body: readonly Line[],
  first: number,
  subject: Subject,
  setting: Setting,
): ReadonlySet<number> {
  const places = new Set<number>();
  for (let at = body.length - 1; at > first; at -= 1) {
    const line = body[at];
    if (line === undefined || isBlank(line) || line.kind === "furniture") continue;
    if (!isSaid(line)) break;
    places.add(at);
    if (withoutStraying(line.text, subject, strays, false, true, setting(line)) !== "") break;
  }
  return places;
}

const asFurniture = (line: Line): Line => ({ ...line, kind: "furniture" });

/** Places of what stands below titles such as “Red flags”, up to the next title or a gap before words at the margin. */
function placesOfStrayParts(body: readonly Line[]): ReadonlySet<number> {
  const places = new Set<number>();
  let title: Line | null = null;
  for (const [at, line] of body.entries()) {
    if (isBlank(line)) continue;
    const isTitle = line.kind === "heading" || line.bold || /[:：]$/u.test(line.text);
    if ((isTitle || line.kind === "text") && STRAY_TITLE.test(line.text)) title = line;
    else if (title !== null) {
      const above = body[at - 1];
      const isGap = above !== undefined && isBlank(above) && body[at - 2] !== title;
      const leaves =
        line.kind === "heading"
          ? title.level === 0 || line.level <= title.level
          : title.level === 0 &&
            ((isTitle && line.indent <= title.indent) ||
              (isGap && line.kind === "text" && line.indent <= title.indent));
      if (leaves) title = null;
    }
    if (title !== null) places.add(at);
  }
  return places;
}

/** Where the words of the document itself begin again below its last answer, as far as that is known by what they say. */
function tailStart(
  body: readonly Line[],
  stray: ReadonlySet<number>,
  kept: ReadonlySet<number>,
  subject: Subject,
): number {
  const first = body.findIndex(
    (line) => !isBlank(line) && line.kind !== "furniture" && !isAnswerMark(line.text),
  );
  const isApart = (at: number): boolean => at === 0 || body[at - 1]?.kind === "blank";
  // Behind an answer that is still to be written, what stands apart is none.
  if (first >= 0 && isUnfinished(withoutAnswerMark(body[first]?.text ?? ""))) {
    const gap = body.findIndex((line, at) => at > first && isBlank(line));
    if (gap >= 0) return gap;
  }
  let start = body.length;
  for (let at = body.length - 1; at >= 0; at -= 1) {
    const line = body[at];
    if (line === undefined || isBlank(line)) continue;
    if (line.kind === "furniture" && !stray.has(at)) continue;
    const isStray = stray.has(at);
    const isLight =
      !kept.has(at) &&
      line.kind !== "code" &&
      line.kind !== "table" &&
      lengthOf(line.text) <= SHORT_WORDS &&
      toldIn(line.text, subject) < LEAST_TOLD;
    if (!isStray && !isLight) break;
    if (isStray && isApart(at)) start = at;
  }
  return start;
}

/** So many questions and lines tell what a document is about. */
const SAMPLE = 300;
const SAMPLE_LINES = 3000;

/** Words that several lines say, each once. */
function repeatedIn(lines: readonly Line[], words: Set<string>): void {
  const once = new Set<string>();
  for (const { text, kind } of lines) {
    if (kind === "furniture" || kind === "blank") continue;
    for (const word of new Set(contentWords(text.slice(0, LONGEST))))
      if (once.has(word)) words.add(word);
      else once.add(word);
  }
}
const LONGEST = 1000;

/** Words that are read when one of them is first looked for. */
function readLate(read: (words: Set<string>) => void): Subject {
  let words: Set<string> | null = null;
  return {
    has: (word) => {
      if (words === null) {
        words = new Set();
        read(words);
      }
      return words.has(word);
    },
  };
}

/** The words that a document's questions and several lines of its answers have. */
export const subjectOf = (titles: readonly string[], bodies: readonly (readonly Line[])[]): Subject =>
  readLate((words) => {
    for (const word of titles.slice(0, SAMPLE).flatMap(contentWords)) words.add(word);
    const lines: Line[] = [];
    for (const body of bodies) {
      if (lines.length > SAMPLE_LINES) break;
      lines.push(...body.slice(0, SAMPLE));
    }
    repeatedIn(lines, words);
  });

/** The words of a document with those of one question. */
function withOwn(title: string, body: readonly Line[], asked: Subject): Subject {
  const own = readLate((words) => {
    for (const word of contentWords(title)) words.add(word);
    repeatedIn(body.slice(0, SAMPLE), words);
  });
  return { has: (word) => asked.has(word) || own.has(word) };
}

/** What says that there is no answer yet is told in so few lines. */
const MOST_PENDING = 6;

/** How a document sets and words its answers. */
export interface Manner {
  readonly setting: Setting;
  readonly isTelling: boolean;
}

export function mannerOf(bodies: readonly (readonly Line[])[], asked: Subject): Manner {
  const sample = bodies.slice(0, SAMPLE).map((body) => wordsOf(body.filter(isSaid).slice(0, 10)));
  return { setting: settingIn(bodies), isTelling: areTelling(sample, asked) };
}

const wordsOf = (lines: readonly Line[]): string => lines.map(({ text }) => text).join(" ");

const saysSomething = (line: Line): boolean =>
  (line.kind === "text" || line.kind === "item" || line.kind === "table" || line.kind === "code") &&
  !isAnswerMark(line.text);

/**
 * An answer without what its document says beside it: to its readers, of itself, to whoever asks, of the day it was
 * written. Whole lines become furniture; of others only the sentences that answer are left.
 *
 * @param asked the words of all questions
 * @param isLast whether no other question follows, so that the page may go on below
 * @param manner how the document sets and words its answers
 */
export function withoutAsides(
  title: string,
  body: readonly Line[],
  asked: Subject,
  isLast: boolean,
  { setting, isTelling }: Manner,
): readonly Line[] {
  const subject = withOwn(title, body, asked);
  const isOwn = (line: Line): boolean => saysSomething(line) && !isPageLine(line);
  const strict = cutAsides(body, subject, isLast, strays, setting);
  // Short answers say little themselves.
  const left = strict.some(isOwn) ? strict : cutAsides(body, subject, isLast, straysSurely, setting);
  if (left.filter(saysSomething).length > MOST_PENDING) return left;
  const rest = left.filter(isOwn);
  // A note that there is no answer yet is no list.
  const isNote = rest.every(isSaid) && rest.filter(({ kind }) => kind === "item").length < 2;
  return isNote && isPending(wordsOf(rest), asked, isTelling)
    ? body.map((line) => (isSaid(line) ? asFurniture(line) : line))
    : left;
}

function cutAsides(
  body: readonly Line[],
  subject: Subject,
  isLast: boolean,
  isStray: typeof strays,
  setting: Setting,
): readonly Line[] {
  const stray = new Set(placesOfStrayParts(body));
  const first = body.findIndex((line) => !isBlank(line) && line.kind !== "furniture");
  const near = nearEnd(body, first, subject, setting);
  const lists = listsIn(body);
  const siblings = placesOfSiblings(lists);
  const isRemarked = (line: Line): boolean => setting(line) > 0 || isRemark(line.text);
  const kept = placesKept(lists, (at) => {
    const line = body[at];
    if (line === undefined || !saysSomething(line) || stray.has(at)) return false;
    return (
      !isSaid(line) ||
      withoutStraying(line.text, subject, isStray, false, isRemarked(line), setting(line)) !== ""
    );
  });
  let behind = false;
  const lines = body.map((line, at): Line => {
    if (stray.has(at)) return isBlank(line) ? line : asFurniture(line);
    if (!isSaid(line)) return line;
    if (goesOn(body[at - 1], line)) {
      if (!stray.has(at - 1)) return line;
      stray.add(at);
      return asFurniture(line);
    }
    const set = setting(line);
    const isNear = isRemarked(line) || ((near.has(at) || standsAlone(body, at, first)) && !siblings.has(at));
    const isOther = kept.has(at) && !isRemarked(line) ? straysSurely : isStray;
    const left = onlyAsks(body, at) ? "" : withoutStraying(line.text, subject, isOther, behind, isNear, set);
    behind = left === "";
    if (left === line.text) return line;
    if (left !== "")
      return { ...line, text: left, lead: left.startsWith(line.lead ?? "\0") ? line.lead : null };
    stray.add(at);
    return asFurniture(line);
  });
  const tail = isLast ? tailStart(body, stray, kept, subject) : body.length;
  return lines.map((line, at) => (at >= tail && !isBlank(line) ? asFurniture(line) : line));
}
