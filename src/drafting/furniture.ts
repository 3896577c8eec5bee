import words from "./furniture.json" with { type: "json" };
import type { Line } from "./line.ts";

// Every repetition in these patterns is bounded, so that they take linear time on whatever a document says.
const within = (patterns: readonly string[]): RegExp => new RegExp(patterns.join("|"), "iu");
const whole = (patterns: readonly string[]): RegExp => new RegExp(`^(?:${patterns.join("|")})$`, "iu");
const PICTURES = String.raw`(?:\s|\p{Extended_Pictographic}|\u200D|\uFE0F|[↥↑▲►▸»*]){0,12}`;
const STOPS = String.raw`(?:[\s.。…!！?？:：~～*]|\p{Extended_Pictographic}|\uFE0F){0,12}`;
/** A line that is nothing but one of these, pictograms before it and punctuation behind it aside. */
const wholeLine = (patterns: readonly string[]): RegExp =>
  new RegExp(`^${PICTURES}(?:${patterns.join("|")})${STOPS}$`, "iu");

/** What pages print around their articles. */
const PAGE_WORDS = within(words.pageWords);
const BARE_NUMBER = /^[\d\s.,:/kKwW万+%-]{1,12}$/u;
const WINDOW = 14;
const FEWEST_LINES = 5;
const SHORT = 20;
const SHARE_SHORT = 0.7;
const FEWEST_SIGNS = 3;

const PAGE_WORD = new RegExp(words.pageWords.join("|"), "giu");
/** Of a button's words there is hardly a letter left without those that all pages have. */
const LETTERS_LEFT = 2;

/** An entry of a list that only begins like a button answers: 点赞数写入缓存. */
const isButton = (text: string): boolean =>
  (text.replace(PAGE_WORD, "").match(/\p{L}/gu)?.length ?? 0) <= LETTERS_LEFT;

const isSign = ({ text, kind }: Line): boolean =>
  kind !== "code" &&
  (BARE_NUMBER.test(text) ||
    (text.length <= 40 && PAGE_WORDS.test(text) && (kind !== "item" || isButton(text))));

/**
 * Where the page's own words begin among the lines of an answer: the first of a run of short lines with several counts,
 * buttons or prices. Null where there are none.
 *
 * @param lines those from the head on, in order
 */
export function furnitureStart(lines: readonly Line[]): number | null {
  const filled = lines.flatMap((line, at) => (line.kind === "blank" ? [] : [{ line, at }]));
  for (const [place, { line, at }] of filled.entries()) {
    if (place === 0 || !isSign(line)) continue;
    const window = filled.slice(place).filter((entry) => entry.at < at + WINDOW);
    if (window.length < FEWEST_LINES) continue;
    const short = window.filter((entry) => [...entry.line.text].length <= SHORT).length;
    const signs = window.filter((entry) => isSign(entry.line)).length;
    if (short / window.length > SHARE_SHORT && signs >= FEWEST_SIGNS) return at;
  }
  return null;
}

/** Where others reply to a post: 2楼, #3, Anna wrote:. */
const REPLY =
  /^(?:\d{1,4}\s?[楼樓]\b|\d{1,4}[楼樓](?:\s|[:：]|$)|(?:沙发|板凳|地板)(?:\s|$)|(?:reply|comment) (?:by|from) \S|.{1,30} (?:wrote|commented|replied):$|.{0,20}回复\s?.{1,20}[:：])/iu;

/** Where the replies to a post begin below it; null where there are none. */
export function repliesStart(lines: readonly Line[]): number | null {
  // Who wrote the first of them stands above the answer itself.
  const first = lines.findIndex(({ kind }, place) => place > 0 && kind !== "blank");
  const at = lines.findIndex(
    (line, place) =>
      place > 0 && line.kind !== "code" && isReply(line) && !(place === first && /[:：]$/u.test(line.text)),
  );
  return at < 0 ? null : at;
}

const isReply = ({ marker, text }: Line): boolean =>
  REPLY.test(text) || (marker?.value != null && REPLY.test(`${marker.value}${text}`));

/** What stands above other articles, and above what readers say. */
const RELATED = wholeLine(words.related);
const COMMENT_ROW = within(words.commentRow);
const SMALL_TALK = wholeLine(words.smallTalk);

/** Buttons and counts below a comment, and nothing else: 回复 3 点赞 21 举报. */
const isCommentRow = ({ text }: Line): boolean =>
  text.length <= 60 &&
  COMMENT_ROW.test(text) &&
  (text.match(PAGE_WORD)?.length ?? 0) >= 2 &&
  !/\p{L}/u.test(text.replace(PAGE_WORD, ""));

/**
 * Where a page goes on with other articles or with what its readers say; null where it does not.
 *
 * @param lines those of a question, its head included, in order
 */
export function relatedStart(lines: readonly Line[]): number | null {
  const at = lines.findIndex(
    (line, place) =>
      place > 0 &&
      line.kind !== "code" &&
      line.kind !== "blank" &&
      ((line.text.length <= 60 && RELATED.test(line.text)) || isCommentRow(line)),
  );
  return at < 0 ? null : at;
}

const DECORATION = /[^\p{L}\p{N}\s]/gu;
const ADVERTISEMENT = whole(words.advertisement);
const ADVERTISEMENT_END = whole(words.advertisementEnd);
/** An advertisement is no longer. */
const MOST_ADVERTISED = 15;

/** Most lines have none of these words, and that is soon seen. */
const MAY_ADVERTISE = /广告|推广|赞助|插播|\b(?:ads?|advert|sponsor|promotion|word from)/iu;

const bare = ({ text }: Line): string =>
  text.length > 60 || !MAY_ADVERTISE.test(text)
    ? ""
    : text.replace(DECORATION, " ").replace(/\s+/gu, " ").trim();

/** Lines with what stands between “advertisement” and its end, or the next empty line, as furniture. */
export function withoutAdvertisements(lines: readonly Line[]): readonly Line[] {
  let end = -1;
  return lines.map((line, at) => {
    if (at > end && line.kind !== "blank" && line.kind !== "code" && ADVERTISEMENT.test(bare(line))) {
      const near = lines.slice(at + 1, at + 1 + MOST_ADVERTISED);
      const closing = near.findIndex((other) => ADVERTISEMENT_END.test(bare(other)));
      const gap = near.findIndex(({ kind }) => kind === "blank");
      end = at + 1 + (closing >= 0 ? closing : gap >= 0 ? gap : 0);
    }
    return at <= end && line.kind !== "blank" ? { ...line, kind: "furniture", level: 0 } : line;
  });
}

/** Who says it. */
const NAMED = /^@?[\p{L}\p{N}_.-]{2,24}\s?[:：]\s*(?=\S)/u;

/** Whether somebody only greets, thanks or agrees. */
export const isSmallTalk = (text: string): boolean => text.length <= 40 && SMALL_TALK.test(text);

/** What an author or a page says to its readers behind the last answer. */
const FAREWELL = within(words.farewell);
/** Lines of marks only: tags, addresses, counts with their pictograms, where and when it was posted. */
const MARKS = whole(words.marks);

/** Whether a line says goodbye, asks for applause, or is a tag, an address or a count. */
const isFarewell = ({ text, kind }: Line): boolean =>
  kind !== "code" && text.length <= 300 && (FAREWELL.test(text) || MARKS.test(text.trim()));

/** Whether an author asks readers for applause, or thanks them. */
export const isWish = (text: string): boolean =>
  text.length <= 160 && !/[?？]$/u.test(text) && FAREWELL.test(text);

/** A remark in parentheses, dashes or italics that fills its line. */
const isAside = ({ text, italic }: Line): boolean =>
  italic === true ||
  /^(?:[（(][^（）()]{1,80}[）)]|[-—–~]{1,}\s.{1,100}\s[-—–~]{1,})[。.]?$/u.test(text.trim());

/**
 * Where what is said to readers begins behind the last answer; null where nothing is. From there on everything is the
 * page's, however it is worded.
 *
 * @param lines those of a question, its head included, in order
 * @param isLast whether no other question follows: then a remark in parentheses at the end is one on all of them
 */
export function farewellStart(lines: readonly Line[], isLast: boolean): number | null {
  let start: number | null = null;
  for (let at = lines.length - 1; at > 0; at -= 1) {
    const line = lines[at];
    if (line === undefined || line.kind === "blank" || line.kind === "furniture") continue;
    if (
      isFarewell(line) ||
      (isAside(line) && start !== null) ||
      (isLast && start === null && isAside(line) && isApart(lines, at))
    )
      start = at;
    else if (start === null || !(isPrompt(line) || isName(line))) break;
    else start = at;
  }
  return start;
}

/** Whether it stands alone, or last behind a line that ends as one. */
const isApart = (lines: readonly Line[], at: number): boolean =>
  lines.slice(at + 1).every(({ kind }) => kind === "blank" || kind === "furniture");

/** A line of one to three words without an end: whoever signs. */
const isName = ({ kind, bold, text }: Line): boolean =>
  kind === "text" &&
  !bold &&
  /^\p{L}[\p{L}.'’·]{0,24}(?:\s\p{Lu}[\p{L}.'’·]{0,24}){0,2}$/u.test(text) &&
  text.length <= 30;

/** Words that point a reader somewhere: 👉 …, — a name. */
const isPrompt = ({ text }: Line): boolean => /^(?:👉|➡|→|[—–]\s?\S{1,20}(?:\s\S{1,20})?$)/u.test(text);

/** What is noted about a question or a page, and is no answer: who asked it where, how hard it is, what a picture shows. */
const NOTES = whole(words.notes);
/** What is sold between answers. */
const PROMOTES = within(words.promotes);
const ANSWER_LIKE = /^.{16,160}?[。.!！?？][^。.!！?？]{12,160}$/u;

const PAGE_LINE = wholeLine(words.pageLines);
const TITLES = wholeLine(words.titles);
const CHAPTERS = wholeLine(words.chapters);
const PROMOTIONS = within(words.promotions);
const IDLE = within(words.idleQuestions);
const REPEATED_NOTE = new RegExp(`^(${words.repeatedNotes.join("|")})\\s?[:：]\\s?\\S`, "iu");
const UNFINISHED = wholeLine(words.unfinished);

/** Whether nothing stands there yet: TBD, 待补充. */
export const isUnfinished = (text: string): boolean => text.length <= 40 && UNFINISHED.test(text);

const REFERENCE = /《[^《》]{1,60}》|\[\[[^[\]]{1,80}\]\]|“[^“”]{1,60}”/gu;

/** Whether a line only names other texts, one or several, behind a word that says why. */
function namesOthers(text: string): boolean {
  if (text.length > 300 || !/[《[“]/u.test(text)) return false;
  const left = text.replace(REFERENCE, "");
  return left !== text && /^.{0,10}[:：]\s*[\s、,，;；·|]*(?:等|and)?[。.]?$/u.test(left.trim());
}

/** A line that belongs to the page and not to the answer, wherever it stands. */
export const isPageLine = ({ text }: Line): boolean =>
  (text.length <= 300 && PAGE_LINE.test(text)) ||
  MARKS.test(text.trim()) ||
  (text.length <= 160 && PROMOTES.test(text)) ||
  (NOTES.test(text.trim()) && !ANSWER_LIKE.test(text)) ||
  isUnfinished(text) ||
  namesOthers(text) ||
  (text.length <= 64 && NAMED.test(text) && isSmallTalk(text.replace(NAMED, "")));

/** Headings that stand around questions and never are one. */
export const isFurnitureTitle = (text: string): boolean => text.length <= 80 && TITLES.test(text.trim());

/** Titles of chapters: as parts of an answer they say something, as a question they ask nothing. */
export const isChapterTitle = (text: string): boolean => text.length <= 80 && CHAPTERS.test(text.trim());

/** Titles of what an author promotes. */
export const isPromotion = (text: string): boolean => PROMOTIONS.test(text) && !/[?？]\s*$/u.test(text);

/** What an interviewer or a page asks and nobody studies. */
export const isIdle = (text: string): boolean => IDLE.test(text);

/** What is noted with each question, by its label: `Hint: …`; null where a line is no such note. */
export const noteLabel = (text: string): string | null =>
  REPEATED_NOTE.exec(text)?.[1]?.toLowerCase() ?? null;
