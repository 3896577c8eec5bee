import type { Look, MemoryPicture } from "#core/charts";
import { messagesFor } from "#core/messages/index";
import { type ComponentName, componentNames } from "#core/vram/components";
import type { Drawn } from "./limits.ts";
import { type Palette, palettes } from "./palette.ts";
import { headOf, lineAt, MARGIN, type Sheet, SMALL, WIDTH } from "./sheet.ts";

const ROW = 36;
const RUN_TOP = 70;
const LABELS = 128;
const FIGURES = 148;
const LEGEND_ROW = 26;

/** Each component keeps its colour from picture to picture. */
const colourOf = (name: ComponentName, palette: Palette): string =>
  palette.stack[componentNames.indexOf(name)] ?? palette.muted;

const tone = { fits: ["good", "goodCell"], tight: ["fair", "fairCell"], no: ["bad", "badCell"] } as const;

/**
 * The run's memory as one stacked bar above what each card offers, all on one scale: a line at the run's end falls
 * through the cards, and a bar that ends before it is a card that does not hold it.
 */
export function memorySheet(of: Drawn<MemoryPicture>, look: Look): Sheet {
  const { title, parts, total, decimals, cards, more } = of;
  const { charts: say, vram } = messagesFor(look.locale);
  const palette = palettes[look.theme];
  const rows = 1 + cards.length;
  const plot = rows * ROW;
  const most = Math.max(total, ...cards.map(({ usable }) => usable), 0.1);
  const plotWidth = WIDTH - 2 * MARGIN - LABELS - FIGURES;
  const blank = Array.from({ length: cards.length }, () => null);
  const middle = (row: number): number => RUN_TOP + row * ROW + ROW / 2;
  const legendTop = RUN_TOP + plot + 30;
  const half = (WIDTH - 2 * MARGIN - 24) / 2;
  const end = MARGIN + LABELS + (total / most) * plotWidth;

  const legend = parts.flatMap(({ name, gib }, at) => {
    const x = MARGIN + (at % 2) * (half + 24);
    const y = legendTop + Math.floor(at / 2) * LEGEND_ROW;
    return [
      {
        type: "rect" as const,
        silent: true,
        shape: { x, y: y - 7, width: 14, height: 14, r: 3 },
        style: { fill: colourOf(name, palette) },
      },
      lineAt({ text: vram.component[name], size: SMALL, fill: palette.text, x: x + 22, y }),
      lineAt({
        text: gib.toFixed(decimals),
        size: SMALL,
        fill: palette.text,
        x: x + half,
        y,
        align: "right",
      }),
    ];
  });

  const labels = [
    lineAt({ text: say.memoryRun, size: SMALL, fill: palette.text, x: MARGIN, y: middle(0) }),
    lineAt({
      text: total.toFixed(decimals),
      size: SMALL,
      fill: palette.text,
      x: WIDTH - MARGIN - FIGURES + 54,
      y: middle(0),
      align: "right",
    }),
    ...cards.flatMap(({ name, usable, verdict }, at) => [
      lineAt({
        text: name,
        size: SMALL,
        fill: palette.muted,
        x: MARGIN,
        y: middle(at + 1),
        room: LABELS - 10,
      }),
      lineAt({
        text: usable.toFixed(1),
        size: SMALL,
        fill: palette.muted,
        x: WIDTH - MARGIN - FIGURES + 54,
        y: middle(at + 1),
        align: "right",
      }),
      lineAt({
        text: vram.verdict[verdict],
        size: SMALL,
        fill: palette[tone[verdict][0]],
        x: WIDTH - MARGIN - FIGURES + 66,
        y: middle(at + 1),
      }),
    ]),
  ];

  const line = {
    type: "line" as const,
    silent: true,
    z: 100,
    shape: { x1: end, y1: middle(0) + 13, x2: end, y2: RUN_TOP + plot },
    style: { stroke: palette.text, lineWidth: 1.5, lineDash: [4, 3] },
  };
  const rest = lineAt({
    text: say.more(more).trim(),
    size: SMALL,
    fill: palette.muted,
    x: MARGIN,
    y: legendTop + Math.ceil(parts.length / 2) * LEGEND_ROW + 4,
  });

  return {
    width: WIDTH,
    height: legendTop + Math.max(1, Math.ceil(parts.length / 2)) * LEGEND_ROW + (more > 0 ? 30 : 6),
    option: {
      backgroundColor: palette.ground,
      grid: { left: MARGIN + LABELS, right: MARGIN + FIGURES, top: RUN_TOP, height: plot },
      xAxis: { type: "value", min: 0, max: most, show: false },
      yAxis: {
        type: "category",
        inverse: true,
        show: false,
        data: Array.from({ length: rows }, (_, row) => String(row)),
      },
      series: [
        ...parts.map(({ name, gib }) => ({
          type: "bar" as const,
          stack: "run",
          barWidth: 24,
          // A hairline of the ground between neighbours keeps them apart without colour.
          itemStyle: { color: colourOf(name, palette), borderColor: palette.ground, borderWidth: 0.5 },
          data: [gib, ...blank],
        })),
        {
          type: "bar" as const,
          stack: "run",
          data: [
            null,
            ...cards.map(({ usable, verdict }) => ({
              value: usable,
              itemStyle: {
                color: palette[tone[verdict][1]],
                borderColor: palette[tone[verdict][0]],
                borderWidth: 1.5,
                borderType: verdict === "no" ? ("dashed" as const) : ("solid" as const),
                borderRadius: 3,
              },
            })),
          ],
        },
      ],
      graphic: [
        ...headOf(say.memoryTitle(total.toFixed(decimals)), title, palette),
        ...labels,
        ...(cards.length === 0 ? [] : [line]),
        ...legend,
        ...(more > 0 ? [rest] : []),
      ],
    },
  };
}
