import type { Glossary } from "#core/scoring/glossary";
import { normalise } from "#core/scoring/normalise";

/** A concept of the glossary in a text, in order; `direction` where a word beside it says that it grows or shrinks. */
export interface Mention {
  readonly id: string;
  readonly direction: "up" | "down" | null;
}

/** Units between a quantity and the word that says which way it goes: 减小 | 批量, memory | is reduced. */
const REACH = 8;

/** The concepts that a text names, in order. */
function mentionsIn(text: string, glossary: Glossary): readonly Mention[] {
  const { entries, overlays } = glossary.lexicon.scan(normalise(text).text);
  const found = [...entries, ...overlays].toSorted((one, other) => one.start - other.start);
  const turns = found.flatMap(({ meaning, start, end }) => {
    const type = glossary.entries[meaning]?.type;
    return type === "up" || type === "down" ? [{ type, start, end }] : [];
  });
  return found.flatMap(({ meaning, start, end }): Mention[] => {
    const entry = glossary.entries[meaning];
    if (entry === undefined || entry.type !== "concept") return [];
    const near = turns.filter((turn) => turn.end + REACH >= start && turn.start <= end + REACH);
    const [turn] = near;
    const isClear = near.every(({ type }) => type === turn?.type);
    return [{ id: entry.id, direction: entry.quantity && turn !== undefined && isClear ? turn.type : null }];
  });
}

/** The concepts that a text names, each once. */
export const conceptsIn = (text: string, glossary: Glossary): readonly string[] => [
  ...new Set(mentionsIn(text, glossary).map(({ id }) => id)),
];

const WORD = /\p{Script=Han}|[^\p{Script=Han}\s]+/gu;
/** Words, or Chinese letters, of a name that others are looked for in. */
const MOST_WORDS = 12;

/**
 * The concepts that whoever repeats a text has named: also those of a shorter name inside a longer one, as 归一化 in
 * 层归一化.
 */
export function conceptsWithin(text: string, glossary: Glossary): ReadonlySet<string> {
  const asked = new Set(conceptsIn(text, glossary));
  const normalised = normalise(text).text;
  const { entries } = glossary.lexicon.scan(normalised);
  const names = new Set(entries.map(({ start, end }) => normalised.slice(start, end)));
  for (const name of names) {
    const words = [...name.matchAll(WORD)].map(({ 0: word, index }) => [index, index + word.length] as const);
    if (words.length > MOST_WORDS) continue;
    for (const [at, [from]] of words.entries())
      for (const [, to] of words.slice(at))
        for (const id of conceptsIn(name.slice(from, to), glossary)) asked.add(id);
  }
  return asked;
}

/** Those that a text says grow or shrink, and which way; none that it says both of. */
export function directionsIn(text: string, glossary: Glossary): ReadonlyMap<string, "up" | "down"> {
  const directions = new Map<string, "up" | "down">();
  const unclear = new Set<string>();
  for (const { id, direction } of mentionsIn(text, glossary)) {
    if (direction === null) continue;
    if (directions.has(id) && directions.get(id) !== direction) unclear.add(id);
    directions.set(id, direction);
  }
  for (const id of unclear) directions.delete(id);
  return directions;
}
