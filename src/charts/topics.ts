import type { Look, TopicsPicture } from "#core/charts";
import { messagesFor } from "#core/messages/index";
import type { Drawn } from "./limits.ts";
import { palettes } from "./palette.ts";
import { headOf, lineAt, MARGIN, type Sheet, SMALL, WIDTH } from "./sheet.ts";

const ROW = 38;
const TOP = 68;
const LABELS = 196;
const FIGURES = 142;

/** One bar a topic on a track of 100, the label before it, the score and what it is made of behind. */
export function topicsSheet({ topics, more }: Drawn<TopicsPicture>, look: Look): Sheet {
  const say = messagesFor(look.locale).charts;
  const palette = palettes[look.theme];
  const plot = Math.max(1, topics.length) * ROW;
  const row = (index: number): number => TOP + index * ROW + ROW / 2;
  const labels = topics.flatMap(({ label, score, answers }, index) => [
    lineAt({ text: label, size: SMALL, fill: palette.text, x: MARGIN, y: row(index), room: LABELS - 12 }),
    lineAt({
      text: String(score),
      size: 16,
      fill: palette.text,
      x: WIDTH - MARGIN - FIGURES + 40,
      y: row(index),
      align: "right",
    }),
    lineAt({
      text: say.answers(answers),
      size: SMALL,
      fill: palette.muted,
      x: WIDTH - MARGIN,
      y: row(index),
      align: "right",
    }),
  ]);
  const empty = lineAt({ text: say.noTopics, size: SMALL, fill: palette.muted, x: MARGIN, y: row(0) });
  const rest = lineAt({
    text: say.more(more).trim(),
    size: SMALL,
    fill: palette.muted,
    x: MARGIN,
    y: TOP + plot + 16,
  });
  return {
    width: WIDTH,
    height: TOP + plot + (more > 0 ? 44 : 18),
    option: {
      backgroundColor: palette.ground,
      grid: { left: MARGIN + LABELS, right: MARGIN + FIGURES, top: TOP, height: plot },
      xAxis: { type: "value", min: 0, max: 100, show: false },
      yAxis: {
        type: "category",
        inverse: true,
        show: false,
        // Two topics may bear the same label once they are shortened.
        data: topics.map((_, index) => String(index)),
      },
      series: [
        {
          type: "bar",
          barWidth: 16,
          showBackground: true,
          backgroundStyle: {
            color: palette.cell,
            borderColor: palette.line,
            borderWidth: 1,
            borderRadius: 4,
          },
          itemStyle: { color: palette.calm, borderRadius: 4 },
          data: topics.map(({ score }) => score),
        },
      ],
      graphic: [
        ...headOf(say.topicsTitle, say.outOf, palette),
        ...(topics.length === 0 ? [empty] : labels),
        ...(more > 0 ? [rest] : []),
      ],
    },
  };
}
