import { asks, mayAsk, namesTopic } from "./asking.ts";
import { isChapterTitle, isFurnitureTitle } from "./furniture.ts";
import type { Line } from "./line.ts";

/** Words by which a document says of itself that it is a list of questions. */
const SAYS_QUESTIONS =
  /面试|面经|八股|题库|题目|问答|必背|必问|考点|复习|自测|抽查|口试|答辩|\b(?:interview|faq|q ?& ?a|quiz|questions|flash ?cards?|exam|viva|prep|study (?:guide|notes|list)|revision|cheat ?sheet)\b/iu;
/** Titles and opening words that say so stand among the first lines. */
const FIRST_LINES = 6;
const FEWEST = 3;
/** Documents that tell something in order, whatever they call themselves. */
const MOST_ANSWERED = 0.75;
const LONGEST_TITLE = 60;

const isFilled = ({ kind }: Line): boolean => kind !== "blank" && kind !== "furniture";

/** Whether something is said below a title before the next line of its look. */
function isAnswered(lines: readonly Line[], from: number, to: number): boolean {
  return lines
    .slice(from + 1, to)
    .some(({ kind, text }) => (kind === "text" || kind === "item") && text.length > 8);
}

/**
 * The titles that a document repeats where it says that it asks, though none of them is worded as a question: CLIP 的训练目标.
 * None in any other document.
 */
export function topicTitles(lines: readonly Line[]): readonly number[] {
  const first = lines.filter(isFilled).slice(0, FIRST_LINES);
  const [title] = first;
  const says = first.filter(
    (line) =>
      SAYS_QUESTIONS.test(line.text) &&
      line.text.length <= LONGEST_TITLE &&
      (line === title || line.kind === "text"),
  );
  if (says.length === 0) return [];
  const looks = new Map<string, number[]>();
  for (const [at, { kind, level, bold, marker, indent, text }] of lines.entries()) {
    const isTitle = kind === "heading" || (bold && (kind === "text" || kind === "item"));
    const isNumbered = kind === "item" && marker?.value != null;
    if ((!isTitle && !isNumbered) || indent > 1 || text.length > LONGEST_TITLE) continue;
    if (isFurnitureTitle(text) || /[。；;，,.]$/u.test(text)) continue;
    const look = kind === "heading" ? `heading ${level}` : bold ? "bold" : `line ${marker?.style}`;
    const places = looks.get(look) ?? [];
    places.push(at);
    looks.set(look, places);
  }
  const found = [...looks.values()].filter((places) => {
    const answered = places.filter((at, index) => isAnswered(lines, at, places[index + 1] ?? lines.length));
    return places.length >= FEWEST && answered.length / places.length >= MOST_ANSWERED;
  });
  // The outermost look: what stands inside of it are parts of the answers.
  return found.sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0))[0] ?? [];
}

/**
 * The headings of one level that all name what an interviewer would ask about, 多头注意力的作用, and are all answered; the
 * titles of chapters stand between them. None where one of them does neither.
 */
export function shapedTitles(lines: readonly Line[]): readonly number[] {
  const levels = new Map<number, number[]>();
  for (const [at, { kind, level, text }] of lines.entries()) {
    if (kind !== "heading" || isFurnitureTitle(text) || isChapterTitle(text)) continue;
    const places = levels.get(level) ?? [];
    places.push(at);
    levels.set(level, places);
  }
  const found = [...levels].filter(
    ([, places]) =>
      places.length >= FEWEST &&
      places.every((at, index) => {
        const text = lines[at]?.text ?? "";
        const isShaped = mayAsk(text) && (asks(text) || namesTopic(text));
        return isShaped && isAnswered(lines, at, places[index + 1] ?? lines.length);
      }),
  );
  return found.sort(([one], [other]) => one - other)[0]?.[1] ?? [];
}
