import { isShort } from "./asking.ts";
import type { Line } from "./line.ts";

/** Lines that a document numbers as it does the questions before and behind them, however they are worded. */
export function gapsIn(places: readonly number[], lines: readonly Line[]): readonly number[] {
  return places.flatMap((at, index) => {
    const next = places[index + 1] ?? at;
    const [one, other] = [lines[at], lines[next]];
    const [from, to] = [one?.marker?.value ?? null, other?.marker?.value ?? null];
    if (from === null || to !== from + 2 || one?.marker?.style !== other?.marker?.style) return [];
    const between = lines.findIndex(
      ({ kind, marker, indent, text }, place) =>
        place > at &&
        place < next &&
        kind === one?.kind &&
        marker?.style === one.marker?.style &&
        marker?.depth === one.marker?.depth &&
        marker?.value === from + 1 &&
        indent === one.indent &&
        isShort(text),
    );
    return between < 0 ? [] : [between];
  });
}
