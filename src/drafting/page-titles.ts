import { asks, endsAsking, namesTopic } from "./asking.ts";
import type { Line } from "./line.ts";

/** So many questions tell how the others of a document look. */
const FEWEST = 3;
const NEARLY_ALL = 0.8;

/** Whether nothing but empty lines stands between two places. */
export const isHollow = (lines: readonly Line[], from: number, to: number): boolean =>
  lines.slice(from + 1, to).every(({ kind }) => kind === "blank" || kind === "furniture");

const PICTURE = /^\p{Extended_Pictographic}/u;

/** Titles with the pictogram that nearly all of them begin with; all where they share none. */
export function withPicture(places: readonly number[], lines: readonly Line[]): readonly number[] {
  const pictures = places.map((at) => PICTURE.exec(lines[at]?.text ?? "")?.[0]);
  const [first] = pictures;
  const alike = places.filter((_, index) => first !== undefined && pictures[index] === first);
  return alike.length >= FEWEST && alike.length / places.length >= NEARLY_ALL ? alike : places;
}

/** A title that asks nothing, right above a table to be filled in. */
export function isForm(lines: readonly Line[], at: number): boolean {
  const { text = "", marker = null } = lines[at] ?? {};
  if (marker?.value != null || asks(text) || namesTopic(text)) return false;
  return lines.slice(at + 1, at + 4).find(({ kind }) => kind !== "blank")?.kind === "table";
}

/** A document's own title may look like its questions: the first of them, where it alone does not ask. */
export function withoutTitle(places: readonly number[], lines: readonly Line[]): readonly number[] {
  const [first = 0, ...rest] = places;
  const isTitle =
    !asks(lines[first]?.text ?? "") &&
    rest.every((at) => asks(lines[at]?.text ?? "")) &&
    (lines[first]?.level === 1 || isHollow(lines, -1, first));
  return isTitle ? rest : withoutForeword(places, lines);
}

/** Titles before and behind questions that all ask are no questions themselves, where they do not even name something to ask. */
function withoutForeword(places: readonly number[], lines: readonly Line[]): readonly number[] {
  const isMarked = (at: number): boolean => endsAsking(lines[at]?.text ?? "");
  const from = places.findIndex(isMarked);
  const inner = places.slice(from, places.findLastIndex(isMarked) + 1);
  const others = places.length - inner.length;
  if (from < 0 || inner.length < FEWEST || others > 2 || !inner.every(isMarked)) return places;
  return places.filter((at) => {
    const { text = "", marker = null } = lines[at] ?? {};
    return isMarked(at) || marker?.value != null || asks(text) || namesTopic(text);
  });
}
