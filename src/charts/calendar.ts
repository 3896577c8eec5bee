import type { CalendarPicture, Look } from "#core/charts";
import { messagesFor } from "#core/messages/index";
import { shortDate } from "./alt.ts";
import { widthOf } from "./label.ts";
import type { Drawn } from "./limits.ts";
import { type Mark, markOf, reasonsInOrder } from "./marks.ts";
import { type Palette, palettes } from "./palette.ts";
import { headOf, lineAt, MARGIN, type Sheet, SMALL, WIDTH } from "./sheet.ts";
import { weeksOf } from "./weeks.ts";

const ROW = 40;
const GAP = 5;
const TOP = 100;
const LEGEND_ROW = 26;
/** Between the end of one word of the legend and the next mark. */
const LEGEND_GAP = 24;
/** Pixels from a mark's middle to its word, and of the half mark before it. */
const LEGEND_INDENT = 17;
const LEGEND_MARK = 9;

/** A mark with its middle at a point. */
const stamp = (mark: Mark, x: number, y: number, palette: Palette) => ({
  type: "path" as const,
  silent: true,
  x,
  y,
  shape: { pathData: mark.path },
  style: mark.filled
    ? { fill: palette[mark.colour] }
    : { fill: "none", stroke: palette[mark.colour], lineWidth: 2.2, lineCap: "round" as const },
});

/** Places for entries of these widths one after the other, in as many rows as they need. */
function flow(widths: readonly number[]): { x: number; row: number }[] {
  let x = 0;
  let row = 0;
  return widths.map((width) => {
    if (x > 0 && x + width - LEGEND_GAP > WIDTH - 2 * MARGIN) {
      x = 0;
      row += 1;
    }
    const place = { x, row };
    x += width;
    return place;
  });
}

/** A wall calendar: a row a week, Monday first, each day with its number and its mark. */
export function calendarSheet({ current, longest, days }: Drawn<CalendarPicture>, look: Look): Sheet {
  const { charts: say, streak } = messagesFor(look.locale);
  const palette = palettes[look.theme];
  const weeks = weeksOf(days.map(({ date }) => date));
  const reasons = new Map<string, CalendarPicture["days"][number]["reason"]>(
    days.map(({ date, reason }) => [date, reason]),
  );
  const step = (WIDTH - 2 * MARGIN + GAP) / 7;
  const legendTop = TOP + Math.max(1, weeks.length) * ROW + 26;
  const shown = new Set(days.map(({ reason }) => reason));
  const kinds = [
    ...new Map(
      reasonsInOrder
        .filter((reason) => shown.has(reason))
        .map((reason) => [streak.short(reason), markOf[reason]]),
    ),
  ];

  const cell = (date: string, row: number, column: number) => {
    const [x, y] = [MARGIN + column * step, TOP + row * ROW];
    const reason = reasons.get(date);
    const firstShown = (row === 0 && column === 0) || date.endsWith("-01");
    const number = lineAt({
      text: firstShown ? shortDate(date) : String(Number(date.slice(8))),
      size: SMALL,
      fill: reason === undefined ? palette.muted : palette.text,
      x: x + 10,
      y: y + (ROW - GAP) / 2,
    });
    if (reason === undefined) return [number];
    const mark = markOf[reason];
    const ground = {
      type: "rect" as const,
      silent: true,
      shape: { x, y, width: step - GAP, height: ROW - GAP, r: 6 },
      style: { fill: palette[mark.cell] },
    };
    return [ground, number, stamp(mark, x + step - GAP - 18, y + (ROW - GAP) / 2, palette)];
  };

  const places = flow(
    kinds.map(([label]) => LEGEND_MARK + LEGEND_INDENT + widthOf(label, SMALL) + LEGEND_GAP),
  );
  const legend = kinds.flatMap(([label, mark], at) => {
    const { x = 0, row = 0 } = places[at] ?? {};
    const y = legendTop + row * LEGEND_ROW;
    return [
      stamp(mark, MARGIN + x + LEGEND_MARK, y, palette),
      lineAt({
        text: label,
        size: SMALL,
        fill: palette.text,
        x: MARGIN + x + LEGEND_MARK + LEGEND_INDENT,
        y,
      }),
    ];
  });

  const weekdays = say.weekdays.map((text, column) =>
    lineAt({ text, size: SMALL, fill: palette.muted, x: MARGIN + column * step + 10, y: TOP - 18 }),
  );
  const grid =
    weeks.length === 0
      ? [lineAt({ text: say.noDays, size: SMALL, fill: palette.muted, x: MARGIN + 10, y: TOP + ROW / 2 })]
      : weeks.flatMap((week, row) => week.flatMap((date, column) => cell(date, row, column)));

  return {
    width: WIDTH,
    height: legendTop + (places.at(-1)?.row ?? 0) * LEGEND_ROW + 30,
    option: {
      backgroundColor: palette.ground,
      graphic: [...headOf(streak.current(current), say.longest(streak.days(longest)), palette), ...weekdays],
      series: [
        {
          // Marks are free paths, which only a custom series draws.
          type: "custom",
          coordinateSystem: "none",
          silent: true,
          data: [0],
          renderItem: () => ({ type: "group", children: [...grid, ...legend] }),
        },
      ],
    },
  };
}
