import type { EChartsOption } from "echarts";
import type { CalendarPicture, Look, MemoryPicture, ReportPicture, TopicsPicture } from "#core/charts";
import type { Drawn } from "./limits.ts";
import type { Palette } from "./palette.ts";

/** One picture to draw, as it goes to the drawing process. */
export type Task = { readonly look: Look } & (
  | { readonly kind: "calendar"; readonly of: Drawn<CalendarPicture> }
  | { readonly kind: "topics"; readonly of: Drawn<TopicsPicture> }
  | { readonly kind: "memory"; readonly of: Drawn<MemoryPicture> }
  | { readonly kind: "report"; readonly of: Drawn<ReportPicture> }
);

/** Nominal pixels; the PNG has twice as many. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly option: EChartsOption;
}

/** The name that the small font bears. */
export const FAMILY = "Noto Sans SC Common";

export const WIDTH = 600;
export const MARGIN = 28;
export const SMALL = 14;

interface Line {
  readonly text: string;
  readonly size: number;
  readonly fill: string;
  readonly x: number;
  readonly y: number;
  readonly align?: "left" | "right" | "center";
  /** What it may take where it comes from outside: letters may be wider than their columns. */
  readonly room?: number;
}

/** A line of text on the sheet, `y` at its middle. */
export const lineAt = ({ text, size, fill, x, y, align = "left", room }: Line) => ({
  type: "text" as const,
  silent: true,
  x,
  // The middle that the renderer takes lies a little above that of digits and capitals.
  y: y - size / 16,
  style: {
    // The library keeps widths under the texts themselves, in a plain object: this one would become its prototype.
    text: text.replaceAll("__proto__", "_ _proto__"),
    fontFamily: FAMILY,
    fontSize: size,
    fill,
    textAlign: align,
    textVerticalAlign: "middle" as const,
    ...(room === undefined ? {} : { width: room, overflow: "truncate" as const, ellipsis: "…" }),
  },
});

/** The head of a sheet: what it says above all, and beside it in a quieter voice what belongs to it. */
export const headOf = (title: string, beside: string, palette: Palette) => [
  lineAt({ text: title, size: 22, fill: palette.text, x: MARGIN, y: 38 }),
  lineAt({
    text: beside,
    size: SMALL,
    fill: palette.muted,
    x: WIDTH - MARGIN,
    y: 40,
    align: "right",
    room: 330,
  }),
];
