import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Resvg } from "@resvg/resvg-js";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { FAMILY } from "#src/charts/sheet";
import { calendar, looks, memory, topicsIn } from "#test/charts/samples";
import type { Figure } from "./figure.ts";

const ROUNDS = 10;

const elapsed = async (work: () => unknown): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

const median = (times: readonly number[]): number =>
  times.toSorted((left, right) => left - right)[times.length >> 1] ?? Number.NaN;

/** What no picture with a word of Chinese can be faster than: the renderer alone on two characters. */
const bare = (): unknown =>
  new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><text x="9" y="30" font-family="${FAMILY}">显存</text></svg>`,
    {
      font: {
        fontFiles: [join(SHIPPED_FONTS, "noto-sans-sc-common.ttf")],
        loadSystemFonts: false,
        defaultFontFamily: FAMILY,
      },
      fitTo: { mode: "zoom", value: 2 },
    },
  )
    .render()
    .asPng();

/** How long a picture takes: the first, with its process and the library, and any after it. */
export async function benchDrawing(): Promise<Figure[]> {
  const charts = createCharts({ fontFolder: SHIPPED_FONTS });
  const first = await elapsed(() => charts.memory(memory, { locale: "zh", theme: "light" }));
  const times: { calendar: number[]; topics: number[]; memory: number[] } = {
    calendar: [],
    topics: [],
    memory: [],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const look of looks) {
      times.calendar.push(await elapsed(() => charts.calendar(calendar, look)));
      times.topics.push(await elapsed(() => charts.topics(topicsIn(look.locale), look)));
      times.memory.push(await elapsed(() => charts.memory(memory, look)));
    }
  }
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) peer.push(await elapsed(bare));
  return [
    {
      name: "pictures: the first one, its process and library loaded",
      value: first,
      unit: "ms",
      limit: 1000,
    },
    {
      name: "pictures: a calendar of eight weeks, median",
      value: median(times.calendar),
      unit: "ms",
      limit: 150,
    },
    { name: "pictures: scores by topic, median", value: median(times.topics), unit: "ms", limit: 150 },
    { name: "pictures: a bar of memory, median", value: median(times.memory), unit: "ms", limit: 150 },
    {
      name: "pictures: the renderer alone on two characters, median",
      value: median(peer),
      unit: "ms",
      limit: 150,
    },
  ];
}
