import type { Theme } from "#core/charts";

/** Colours of one theme; the grounds are those of the page's cards. Text stands at 4.5 : 1 or better on its ground, marks and bars at 3 : 1 (WCAG 2.2 AA). */
export interface Palette {
  readonly ground: string;
  /** A cell, or the part of a scale that is not filled. */
  readonly cell: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly good: string;
  readonly goodCell: string;
  readonly fair: string;
  readonly fairCell: string;
  readonly bad: string;
  readonly badCell: string;
  readonly calm: string;
  readonly calmCell: string;
  /** One after the other in a stack. */
  readonly stack: readonly string[];
}

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: "#fffdf9",
    cell: "#f2f4f7",
    line: "#d5dae1",
    text: "#1c2128",
    muted: "#57606b",
    good: "#1a7f42",
    goodCell: "#e0f5e7",
    fair: "#8f5f00",
    fairCell: "#fdf3d6",
    bad: "#c42b33",
    badCell: "#fdeaea",
    calm: "#1f66c1",
    calmCell: "#e6f0fd",
    stack: ["#1f5fb4", "#b4530a", "#7a4bb5", "#0b7a75", "#b0336f", "#5d6b1e", "#5b6470"],
  },
  dark: {
    ground: "#1e2123",
    cell: "#2a2d31",
    line: "#3a3e43",
    text: "#e9e5dc",
    muted: "#a9a498",
    good: "#4cc27a",
    goodCell: "#173525",
    fair: "#e0a83a",
    fairCell: "#3a2f14",
    bad: "#ff7b7f",
    badCell: "#43211f",
    calm: "#6cabf7",
    calmCell: "#182f4d",
    stack: ["#6ca9f2", "#f0975a", "#b99af0", "#48beb4", "#ee8fbb", "#b6c35f", "#a7b0bc"],
  },
};
