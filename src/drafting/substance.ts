import { lengthOf } from "./sentences.ts";
import signs from "./substance.json" with { type: "json" };
import counts from "./word-counts.json" with { type: "json" };
import { contentWords, isFieldWord, meaningsIn } from "./words.ts";

// Every repetition in these patterns is bounded, so that they take linear time on whatever a document says.
// Without the flag u, which makes them several times slower and which none needs.
const anyOf = (patterns: readonly string[]): RegExp => new RegExp(patterns.join("|"), "gi");

/** What speaks of the page, of itself, to whoever interviews, of the day, of its own state; and of other things than the field. */
const STRAYS = [
  { pattern: anyOf(signs.page), weight: 2 },
  { pattern: anyOf(signs.self), weight: 2 },
  { pattern: anyOf(signs.stage), weight: 2.5 },
  { pattern: anyOf(signs.told), weight: 1.5 },
  { pattern: anyOf(signs.kept), weight: 2 },
  { pattern: anyOf(signs.outside), weight: 1.5 },
  { pattern: anyOf(signs.people), weight: 0.75 },
  { pattern: anyOf(signs.publishing), weight: 0.75 },
  { pattern: anyOf(signs.mood), weight: 0.75 },
  { pattern: anyOf(signs.daily), weight: 0.75 },
];
/** A remark in parentheses that fills its line. */
const REMARK = /^[（(][^（）()]{4,120}[）)][。.]?$/u;
const REMARKED = 0.75;
const MOST_TIMES = 2;
const REASONS = new RegExp(signs.reasons.join("|"), "i");

const KNOWN: ReadonlySet<string> = new Set(Object.keys(counts));
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
function substanceOf(sentence: string, subject: Subject): Substance {
  const text = sentence.slice(0, LONGEST);
  const strayed = STRAYS.reduce(
    (sum, { pattern, weight }) => sum + weight * Math.min(text.match(pattern)?.length ?? 0, MOST_TIMES),
    REMARK.test(text) ? REMARKED : 0,
  );
  return { strayed, told: strayed < LEAST_STRAYED ? Number.POSITIVE_INFINITY : toldIn(text, subject) };
}

const isOfField = (word: string): boolean => KNOWN.has(word) || isFieldWord(word);

/**
 * How much a sentence says of its subject: words of the field, and reasons.
 *
 * @param enough so many words are enough to know: the subject's own, which take long to find, are not looked at then
 */
export function toldIn(sentence: string, subject: Subject, enough: number = MOST_WORDS): number {
  const words = [...new Set(contentWords(sentence))];
  const ofField = words.filter(isOfField).length;
  const told =
    ofField >= enough ? ofField : words.filter((word) => isOfField(word) || subject.has(word)).length;
  const reasons = REASONS.test(sentence) ? REASON : 0;
  return WORD * Math.min(told, MOST_WORDS) + reasons;
}

/** A text of fewer words is a piece of one. */
const FEWEST_WORDS = 3;
/** Of longer sentences nothing is said by how few words of the field they have. */
const FEW_WORDS = 26;
/** Numbers, code and names that no other text has are told, whatever they are. */
const TECHNICAL = /[\d=<>_/\\%$`]|\p{Ll}\p{Lu}|\p{Lu}{2}/u;

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
 */
export function strays(sentence: string, subject: Subject, isNear: boolean): boolean {
  const { told, strayed } = substanceOf(sentence, subject);
  if (strayed < LEAST_STRAYED) return saysNothing(sentence, subject, isNear);
  return told < strayed && (strayed >= SURELY_STRAYED || (isNear && told < WORD * 2));
}

/** Whether it speaks of something else, and does not only say little. */
export function straysSurely(sentence: string, subject: Subject): boolean {
  const { told, strayed } = substanceOf(sentence, subject);
  return strayed >= SURELY_STRAYED && told < strayed;
}
