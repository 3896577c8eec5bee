import type { BlockOf } from "./wire.ts";

export type Rows = BlockOf<"verdicts">["rows"];

export interface Piece {
  readonly text: string;
  /** The rows whose evidence this piece is, by index. */
  readonly rows: readonly number[];
}

/** The answer cut wherever evidence begins or ends; joined again, the pieces are the answer. */
export function piecesOf(answer: string, rows: Rows): Piece[] {
  const spans = rows.flatMap((row, at) => (row.spans ?? []).map((span) => ({ ...span, at })));
  const cuts = [0, answer.length, ...spans.flatMap(({ start, end }) => [start, end])]
    .filter((cut) => cut >= 0 && cut <= answer.length)
    .toSorted((one, other) => one - other);
  return [...new Set(cuts)].flatMap((start, at, all) => {
    const end = all[at + 1];
    if (end === undefined) return [];
    const covering = spans.filter((span) => span.start <= start && end <= span.end).map((span) => span.at);
    return [{ text: answer.slice(start, end), rows: [...new Set(covering)] }];
  });
}
