import type { Reading, Token } from "./reading.ts";

/**
 * Clauses as what a quote is laid around: where no rule has found a word in them, each counts as one.
 *
 * @param from the first of them, by its place in the reading
 * @param to the place behind the last
 */
export const clauseTokens = ({ clauses }: Reading, from: number, to: number): readonly Token[] =>
  clauses.slice(from, to).map(({ start, end }) => ({
    meaning: -1,
    type: "concept",
    start,
    end,
    masked: false,
    overlay: true,
    direction: 0,
    subject: -1,
    firm: false,
  }));
