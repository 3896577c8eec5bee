import type { MemberId } from "#core/ids";
import type { BoardRow } from "./boards.ts";

/** Members who share a place because they have the same points. */
export interface Place {
  /** 1 for the first; behind two who share it comes the third. */
  readonly place: number;
  readonly points: number;
  readonly members: readonly MemberId[];
}

/**
 * The places of a board's first rows: the same points are the same place, in whatever order they were won.
 *
 * @param rows most points first
 * @param least how many rows are shown at least, where there are as many: those who share the last one's place come too
 */
export function placesOf(rows: readonly BoardRow[], least: number): readonly Place[] {
  const places: Place[] = [];
  let above = 0;
  for (const [points, sharing] of Map.groupBy(rows, (row) => row.points)) {
    if (above >= least) break;
    places.push({ place: above + 1, points, members: sharing.map(({ member }) => member) });
    above += sharing.length;
  }
  return places;
}
