import { seek } from "./patterns.ts";
import { lengthOf } from "./sentences.ts";
import signs from "./substance.json" with { type: "json" };
import counts from "./word-counts.json" with { type: "json" };
import { contentWords, isFieldWord, meaningsIn } from "./words.ts";

// Every repetition in these patterns is bounded, so that they take linear time on whatever a document says.
/** What speaks of the page, of itself, to whoever interviews, of the day, of its own state; and of other things than the field. */
const STRAYS = [
  { sought: seek(signs.page), weight: 2 },
  { sought: seek(signs.self), weight: 2 },
  { sought: seek(signs.stage), weight: 2.5 },
  { sought: seek(signs.told), weight: 1.5 },
  { sought: seek(signs.kept), weight: 2 },
  { sought: seek(signs.outside), weight: 1.5 },
  { sought: seek(signs.people), weight: 0.75 },
  { sought: seek(signs.publishing), weight: 0.75 },
  { sought: seek(signs.mood), weight: 0.75 },
  { sought: seek(signs.daily), weight: 0.75 },
  { sought: seek(signs.absent), weight: 0.75 },
  { sought: seek(signs.narrated), weight: 0.5 },
];
/** What begins as somebody's remark on the text: Translator's note, 编者按. */
const REMARKS = new RegExp(signs.remarks.join("|"), "iu");
const SURELY_REMARKED = 2.5;
/** A remark in parentheses or brackets that fills its line. */
const REMARK =
  /^(?:[（(][^（）()]{2,160}[）)]|[【[][^【】[\]]{2,160}[】\]])[。.]?$|^(?:ℹ|⚠|📌|📣|📢|🔔|🚧|✍|🔒|👉|📎|🔗|📅|☕|🎉|👀|💬)/u;
const REMARKED = 0.75;
export const isRemark = (line: string): boolean => REMARK.test(line);
const MOST_TIMES = 2;
const HAN = /\p{Script=Han}/u;
const REASONS = new RegExp(signs.reasons.join("|"), "i");

/** Words that answers have as often as everything else that people write. */
const PLAIN: ReadonlySet<string> = new Set(signs.plain);
const KNOWN: ReadonlySet<string> = new Set(Object.keys(counts).filter((word) => !PLAIN.has(word)));
/** Words of the field beyond so many tell no more. */
const MOST_WORDS = 3;
const WORD = 0.5;
const REASON = 0.5;
/** Nothing that strays less is left out. */
const LEAST_STRAYED = 0.75;
/** What strays less is left out only where it says nothing, and stands where such sentences do. */
const SURELY_STRAYED = 1.5;
/** Longer sentences are read so far. */
const LONGEST = 600;

/** Words by which an answer is known to speak of its subject. */
export type Subject = Pick<ReadonlySet<string>, "has">;

/** What a sentence says of its subject, and how far it strays from it: to its reader, its page, an interview, itself. */
export interface Substance {
  readonly told: number;
  readonly strayed: number;
}

/** @param subject the words of what is asked; looked at only where a sentence strays */
function substanceOf(sentence: string, subject: Subject, set: number): Substance {
  const text = sentence.slice(0, LONGEST);
  const lower = text.toLowerCase();
  const isChinese = HAN.test(lower);
  const strayed = STRAYS.reduce(
    (sum, { sought, weight }) => sum + weight * sought.count(lower, isChinese, MOST_TIMES),
    set + (REMARK.test(text) ? REMARKED : 0) + (REMARKS.test(text) ? SURELY_REMARKED : 0),
  );
  return { strayed, told: strayed < LEAST_STRAYED ? Number.POSITIVE_INFINITY : toldIn(text, subject) };
}

const isOfField = (word: string): boolean => KNOWN.has(word) || (isFieldWord(word) && !PLAIN.has(word));

/**
 * How much a sentence says of its subject: words of the field, and reasons.
 *
 * @param enough so many words are enough to know: the subject's own, which take long to find, are not looked at then
 */
export function toldIn(sentence: string, subject: Subject, enough: number = MOST_WORDS): number {
  const words = [...new Set(contentWords(sentence))];
  const ofField = words.filter(isOfField).length;
  const told =
    ofField >= enough
      ? ofField
      : words.filter((word) => isOfField(word) || (!PLAIN.has(word) && subject.has(word))).length;
  const reasons = REASONS.test(sentence) ? REASON : 0;
  return WORD * Math.min(told, MOST_WORDS) + reasons;
}

/** A text of fewer words is a piece of one. */
const FEWEST_WORDS = 3;
/** Of longer sentences nothing is said by how few words of the field they have. */
const FEW_WORDS = 26;
/** Numbers, code and names that no other text has are told, whatever they are. */
const TECHNICAL = /[\d=<>_/\\%$`]|\p{Ll}\p{Lu}|\p{Lu}{2}|\b(?:models?|data)\b|模型|数据/u;

/** Whether a sentence has a word that is known. Nearly every one has, and this takes no segmenter. */
function hasAny(text: string, isKnown: (word: string) => boolean): boolean {
  for (const [word] of text.matchAll(/[a-z0-9]+(?:['.’-][a-z0-9]+)*/gu))
    if (word.length > 1 && isKnown(word)) return true;
  for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu))
    for (let at = 0; at + 2 <= run.length; at += 1) if (isKnown(run.slice(at, at + 2))) return true;
  return false;
}

/**
 * Whether a sentence has no word of its subject and none of the field, in whatever it speaks of; where such sentences
 * stand, whether it has no more than one.
 */
function saysNothing(sentence: string, subject: Subject, isNear: boolean): boolean {
  const length = lengthOf(sentence);
  if (length < FEWEST_WORDS || length > FEW_WORDS || TECHNICAL.test(sentence)) return false;
  const text = sentence.toLowerCase();
  if (!isNear && (hasAny(text, isOfField) || hasAny(text, (word) => subject.has(word)))) return false;
  const least = isNear ? 2 : 1;
  return toldIn(sentence, subject, least) < least * WORD && meaningsIn(sentence).length < least;
}

/**
 * Whether a sentence is no part of an answer.
 *
 * @param isNear whether it stands where such sentences do: behind another, or last
 * @param set how far the way in which its line is set tells that it strays
 */
export function strays(sentence: string, subject: Subject, isNear: boolean, set = 0): boolean {
  const { told, strayed } = substanceOf(sentence, subject, set);
  if (strayed < LEAST_STRAYED) return saysNothing(sentence, subject, isNear);
  return told < strayed && (strayed >= SURELY_STRAYED || (isNear && told < WORD * 2));
}

/** Whether it speaks of something else, and does not only say little. */
export function straysSurely(sentence: string, subject: Subject, _isNear = true, set = 0): boolean {
  const { told, strayed } = substanceOf(sentence, subject, set);
  return strayed >= SURELY_STRAYED && told < strayed;
}

const ABSENT = seek(signs.absent);
/** What says that there is no answer yet is short. */
const LONGEST_PENDING = 24;

/**
 * Whether a whole answer only says that it is still to be written, or was never given.
 *
 * @param isTelling whether the document's other answers speak of their subject, in words that are known
 */
export function isPending(answer: string, subject: Subject, isTelling: boolean): boolean {
  if (!isTelling || lengthOf(answer) > LONGEST_PENDING) return false;
  const told = toldIn(answer, subject);
  if (REMARK.test(answer) || ABSENT.count(answer.toLowerCase(), HAN.test(answer), 1) > 0) return told <= WORD;
  return (
    told === 0 && !TECHNICAL.test(answer) && !AGREES.test(answer) && meaningsIn(answer).length < MOST_WORDS
  );
}
/** What answers a question with one word. */
const AGREES =
  /^(?:(?:yes|no|never|always|both|neither|it depends)\b|(?:是的?|否|不[是会能用需必]?|会的?|能|可以|对的?|都[是会能有])(?:[，,。！]|$))/iu;

/** So many answers tell how a document answers. */
const SAMPLE = 40;
const MOST_TELL = 0.6;

/** Whether most of some answers speak of their subject in words that are known. */
export function areTelling(answers: readonly string[], subject: Subject): boolean {
  const sample = answers.filter((answer) => answer !== "").slice(0, SAMPLE);
  const telling = sample.filter((answer) => toldIn(answer.slice(0, LONGEST), subject) >= WORD);
  return sample.length > 1 && telling.length / sample.length >= MOST_TELL;
}

/** Whether a line has no word of the field, however much it says in others. */
export const isEveryday = (line: string): boolean =>
  !TECHNICAL.test(line) && toldIn(line, { has: () => false }) === 0;

/** Whether a question has no word of the field: what a page asks its readers. */
export const isOffField = (question: string): boolean =>
  isEveryday(question) && meaningsIn(question).length === 0;
