import { endsAsking } from "./asking.ts";
import type { Line } from "./line.ts";
import { sentencesOf } from "./sentences.ts";

/** Entries of one list, each as the places of its lines: its first, and what explains it. */
type Entries = readonly (readonly number[])[];

interface Opened {
  readonly indent: number;
  readonly style: string;
  readonly entries: number[][];
  value: number;
}

/** Whether a line goes on in the middle of the sentence that the line above began. */
export const goesOn = (above: Line | undefined, line: Line): boolean =>
  above !== undefined &&
  (above.kind === "text" || above.kind === "item") &&
  !above.bold &&
  line.kind === "text" &&
  above.text.length > 40 &&
  /[\p{Ll},，]$/u.test(above.text) &&
  /^[\p{Ll}\p{Script=Han}]/u.test(line.text);

/** The lists of an answer, those within others apart. An empty line ends none, words at their margin do. */
export function listsIn(body: readonly Line[]): readonly Entries[] {
  const lists: Entries[] = [];
  let open: Opened[] = [];
  for (const [at, line] of body.entries()) {
    const { kind, indent, marker } = line;
    if (kind === "blank" || kind === "furniture") continue;
    if (kind === "item") {
      const style = marker?.style ?? "";
      const value = marker?.value ?? 0;
      open = open.filter(
        (list) => list.indent < indent || (list.indent === indent && counts(list, style, value)),
      );
      let own = open.find((list) => list.indent === indent);
      if (own === undefined) {
        own = { indent, style, entries: [], value };
        open.push(own);
        lists.push(own.entries);
      }
      own.value = value;
      own.entries.push([at]);
      continue;
    }
    if (!goesOn(body[at - 1], line)) open = open.filter((list) => kind !== "heading" && list.indent < indent);
    open.at(-1)?.entries.at(-1)?.push(at);
  }
  return lists;
}

const counts = (list: Opened, style: string, value: number): boolean =>
  list.style === style && (value === 0 || value > list.value);

/** Places of a list's entries, where it has several, and of all that explains them. */
export const placesOfSiblings = (lists: readonly Entries[]): ReadonlySet<number> =>
  new Set(lists.filter(({ length }) => length > 1).flat(2));

/**
 * Places in lists of which an entry answers: the others say in other words what is asked for as well.
 *
 * @param isLeft whether something is left of the line at a place
 */
export const placesKept = (lists: readonly Entries[], isLeft: (at: number) => boolean): ReadonlySet<number> =>
  new Set(lists.filter((entries) => entries.length > 1 && entries.flat().some(isLeft)).flat(2));

/** Whether an entry only asks: nothing below it says anything. */
export function onlyAsks(body: readonly Line[], at: number): boolean {
  const line = body[at];
  if (line === undefined || line.kind !== "item" || !endsAsking(line.text)) return false;
  if (sentencesOf(line.text).length > 1) return false;
  const next = body[at + 1];
  return (
    next === undefined ||
    next.kind === "blank" ||
    next.kind === "heading" ||
    (next.kind === "item" && next.indent <= line.indent)
  );
}
