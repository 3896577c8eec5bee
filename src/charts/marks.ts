import type { DayReason } from "#core/streak/day-reasons";
import type { Palette } from "./palette.ts";

/** A mark within 20 × 20 around its middle: shapes first, so that it reads without colour. */
export interface Mark {
  readonly path: string;
  readonly filled: boolean;
  readonly colour: keyof Palette & ("good" | "fair" | "bad" | "calm" | "muted");
  readonly cell: keyof Palette & ("goodCell" | "fairCell" | "badCell" | "calmCell" | "cell");
}

const ring = (radius: number): string =>
  `M${-radius} 0A${radius} ${radius} 0 1 1 ${radius} 0A${radius} ${radius} 0 1 1 ${-radius} 0Z`;

const answered: Mark = { path: ring(7.5), filled: true, colour: "good", cell: "goodCell" };
const missed: Mark = { path: "M-6 -6L6 6M6 -6L-6 6", filled: false, colour: "bad", cell: "badCell" };
const excused: Mark = { path: "M-7 0L7 0", filled: false, colour: "muted", cell: "cell" };
const open: Mark = { path: ring(7), filled: false, colour: "calm", cell: "calmCell" };
const notRequired: Mark = { path: ring(2), filled: true, colour: "muted", cell: "cell" };

export const markOf: Readonly<Record<DayReason, Mark>> = {
  pass: answered,
  upheld: answered,
  madeup: {
    path: `${ring(7)}M-3.6 0L3.6 0M0 -3.6L0 3.6`,
    filled: false,
    colour: "good",
    cell: "goodCell",
  },
  freeze: {
    path: "M0 -8L0 8M-6.9 -4L6.9 4M-6.9 4L6.9 -4",
    filled: false,
    colour: "calm",
    cell: "calmCell",
  },
  paused: excused,
  excused,
  pending: {
    path: `${ring(7)}M0 -4.6L0 0.4L3.4 2.6`,
    filled: false,
    colour: "fair",
    cell: "fairCell",
  },
  open,
  closing: open,
  "no-answer": missed,
  "not-passed": missed,
  "short-round": notRequired,
  "before-start": notRequired,
};

/** From what counts to what does not matter: the order of a legend. */
export const reasonsInOrder: readonly DayReason[] = [
  "pass",
  "upheld",
  "madeup",
  "pending",
  "open",
  "closing",
  "freeze",
  "paused",
  "excused",
  "no-answer",
  "not-passed",
  "short-round",
  "before-start",
];
