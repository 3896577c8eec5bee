import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
// One file of its own for speed: the library module by module takes 0.8 s and 90 MB to load, this 0.1 s and 15 MB.
import { init } from "echarts/dist/echarts.esm.min";
import { calendarSheet } from "./calendar.ts";
import { isCommon } from "./coverage.ts";
import { memorySheet } from "./memory.ts";
import { reportSheet } from "./report.ts";
import { FAMILY, type Sheet, type Task } from "./sheet.ts";
import { topicsSheet } from "./topics.ts";

/** The small font with the common characters, and the whole one for the rest; see content/fonts/README.md. */
const FONT_FILES = ["noto-sans-sc-common.ttf", "noto-sans-sc-regular.ttf"] as const;
/** Pixels of the PNG for one of the sheet, so that it stays sharp on a phone. */
const SCALE = 2;

function sheetFor(task: Task): Sheet {
  switch (task.kind) {
    case "calendar":
      return calendarSheet(task.of, task.look);
    case "topics":
      return topicsSheet(task.of, task.look);
    case "memory":
      return memorySheet(task.of, task.look);
    case "report":
      return reportSheet(task.of, task.look);
  }
}

/** The picture as SVG. */
export function svgOf(task: Task): string {
  const { width, height, option } = sheetFor(task);
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/**
 * A function that draws SVG as PNG with the fonts of one folder and no other.
 *
 * @throws where a font cannot be read: the renderer would leave all text out without a word
 */
export function openRenderer(fontFolder: string): (svg: string) => Uint8Array {
  const fontFiles = FONT_FILES.map((name) => join(fontFolder, name));
  for (const file of fontFiles) accessSync(file, constants.R_OK);
  return (svg) =>
    new Resvg(svg, {
      font: {
        // The whole font takes 40 ms to open.
        fontFiles: isCommon(svg) ? fontFiles.slice(0, 1) : fontFiles,
        loadSystemFonts: false,
        defaultFontFamily: FAMILY,
      },
      fitTo: { mode: "zoom", value: SCALE },
    })
      .render()
      .asPng();
}
