import type { Look, ReportPicture } from "#core/charts";
import { messagesFor } from "#core/messages/index";
import { shortDate } from "./alt.ts";
import { widthOf } from "./label.ts";
import type { Drawn } from "./limits.ts";
import { type Palette, palettes } from "./palette.ts";
import { headOf, lineAt, MARGIN, type Sheet, SMALL, WIDTH } from "./sheet.ts";
import { weekdayOf } from "./weeks.ts";

const INNER = WIDTH - 2 * MARGIN;
/** Middles of the figures that stand above all, and of their words. */
const FIGURE_TOP = 92;
const FIGURE_WORDS = 120;
/** The columns stand between these; above them their numbers, below them their days. */
const LEGEND = 158;
const COLUMNS_TOP = 208;
const COLUMNS_BOTTOM = 328;
const COLUMN = 44;
const POINTS_TOP = 412;
const POINT_ROW = 54;
const BAR = 12;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const box = (shape: Box, fill: string, stroke?: string) => ({
  type: "rect" as const,
  silent: true,
  shape: { ...shape, r: 3 },
  style: stroke === undefined ? { fill } : { fill, stroke, lineWidth: 1.5 },
});

/** Filled for what counts, outlined for the rest: it reads without colour. */
const filled = (shape: Box, palette: Palette) => box(shape, palette.calm);
const outlined = (shape: Box, palette: Palette) => box(shape, palette.calmCell, palette.calm);

/** What filled and outlined mean, one behind the other from a place on. */
function legend(words: readonly [filled: string, outlined: string], y: number, palette: Palette) {
  const square = (x: number): Box => ({ x, y: y - 7, width: 14, height: 14 });
  const word = (text: string, x: number) => lineAt({ text, size: SMALL, fill: palette.muted, x: x + 22, y });
  const second = MARGIN + 22 + widthOf(words[0], SMALL) + 24;
  return [
    filled(square(MARGIN), palette),
    word(words[0], MARGIN),
    outlined(square(second), palette),
    word(words[1], second),
  ];
}

function figures({ members, mean, teamStreak }: ReportPicture, { locale }: Look, palette: Palette) {
  const say = messagesFor(locale).charts;
  const shown = [
    [String(members), say.tookPart],
    ...(mean === null ? [] : [[String(mean), say.meanScore] as const]),
    [String(teamStreak), say.teamStreak],
  ] as const;
  return shown.flatMap(([figure, words], at) => {
    const x = MARGIN + (at * INNER) / 3;
    return [
      lineAt({ text: figure, size: 30, fill: palette.text, x, y: FIGURE_TOP }),
      lineAt({ text: words, size: SMALL, fill: palette.muted, x, y: FIGURE_WORDS, room: INNER / 3 - 8 }),
    ];
  });
}

/** A column a round: as high as members answered it, filled as far as the day counts for them. */
function columns({ days }: ReportPicture, { locale }: Look, palette: Palette) {
  const say = messagesFor(locale).charts;
  const most = Math.max(1, ...days.map(({ answered }) => answered));
  const heightOf = (count: number): number => (count / most) * (COLUMNS_BOTTOM - COLUMNS_TOP);
  // Fewer days stand apart as five do, not across the whole sheet.
  const step = INNER / Math.max(5, days.length);
  const drawn = days.flatMap(({ date, answered, passed }, at) => {
    const x = MARGIN + at * step + (step - COLUMN) / 2;
    const middle = x + COLUMN / 2;
    const column = (count: number): Box => ({
      x,
      y: COLUMNS_BOTTOM - heightOf(count),
      width: COLUMN,
      height: heightOf(count),
    });
    const centred = (text: string, y: number, fill: string) =>
      lineAt({ text, size: SMALL, fill, x: middle, y, align: "center" });
    return [
      ...(answered === 0 ? [] : [outlined(column(answered), palette)]),
      ...(passed === 0 ? [] : [filled(column(passed), palette)]),
      centred(say.ofAnswered(passed, answered), COLUMNS_BOTTOM - heightOf(answered) - 14, palette.text),
      centred(say.weekdays[weekdayOf(date)] ?? "", COLUMNS_BOTTOM + 18, palette.text),
      centred(shortDate(date), COLUMNS_BOTTOM + 38, palette.muted),
    ];
  });
  const ground = {
    type: "line" as const,
    silent: true,
    shape: { x1: MARGIN, y1: COLUMNS_BOTTOM, x2: WIDTH - MARGIN, y2: COLUMNS_BOTTOM },
    style: { stroke: palette.line, lineWidth: 1.5 },
  };
  return [...legend([say.passedDay, say.answeredOnly], LEGEND, palette), ...drawn, ground];
}

function weakPoints({ weakest }: ReportPicture, { locale }: Look, palette: Palette) {
  const { charts: say, report } = messagesFor(locale);
  if (weakest.length === 0) return [];
  const rows = weakest.flatMap(({ label, had, partly, of }, at) => {
    const y = POINTS_TOP + 64 + at * POINT_ROW;
    const top = y + 14;
    const widthOf = (count: number): number => (count / Math.max(1, of)) * INNER;
    return [
      lineAt({ text: label, size: SMALL, fill: palette.text, x: MARGIN, y, room: INNER - 140 }),
      lineAt({
        text: say.hadPoint(had, partly, of),
        size: SMALL,
        fill: palette.muted,
        x: WIDTH - MARGIN,
        y,
        align: "right",
      }),
      box({ x: MARGIN, y: top, width: INNER, height: BAR }, palette.cell, palette.line),
      ...(had + partly === 0
        ? []
        : [outlined({ x: MARGIN, y: top, width: widthOf(had + partly), height: BAR }, palette)]),
      ...(had === 0 ? [] : [filled({ x: MARGIN, y: top, width: widthOf(had), height: BAR }, palette)]),
    ];
  });
  return [
    lineAt({ text: report.weakest, size: 16, fill: palette.text, x: MARGIN, y: POINTS_TOP }),
    ...legend([say.hadIt, say.hadPart], POINTS_TOP + 28, palette),
    ...rows,
  ];
}

/** A channel's week: who took part, in numbers; how the days went; what is worth another look. */
export function reportSheet(of: Drawn<ReportPicture>, look: Look): Sheet {
  const say = messagesFor(look.locale).charts;
  const palette = palettes[look.theme];
  const points = of.weakest.length === 0 ? -18 : 58 + of.weakest.length * POINT_ROW;
  return {
    width: WIDTH,
    height: POINTS_TOP + points,
    option: {
      backgroundColor: palette.ground,
      graphic: [
        ...headOf(
          say.weekTitle(Number(of.week.slice(-2))),
          say.weekSpan(shortDate(of.from), shortDate(of.to)),
          palette,
        ),
        ...figures(of, look, palette),
        ...columns(of, look, palette),
        ...weakPoints(of, look, palette),
      ],
    },
  };
}
