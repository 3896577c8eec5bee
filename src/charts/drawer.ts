import { openRenderer, svgOf } from "./drawing.ts";
import type { Task } from "./sheet.ts";

/** A process of its own: `drawer.ts FONTS`; one picture a message from the pen, in the order in which they come. */
const [, , fontFolder = ""] = process.argv;
let pngOf: ReturnType<typeof openRenderer> | undefined;

/** Each picture holds some 8 MB outside the heap until its small handle is collected. */
const MOST_HELD = 3;
const QUIET_MS = 100;
let held = 0;
let quiet: NodeJS.Timeout | undefined;

/** Whoever waits for the next picture does not wait for this. */
function collectSoon(): void {
  const collect = (): void => {
    held = 0;
    globalThis.gc?.();
  };
  held += 1;
  clearTimeout(quiet);
  if (held > MOST_HELD) collect();
  else quiet = setTimeout(collect, QUIET_MS).unref();
}

process.on("message", (task: Task) => {
  try {
    pngOf ??= openRenderer(fontFolder);
    process.send?.({ png: pngOf(svgOf(task)) });
  } catch (error) {
    process.send?.({ error });
  }
  collectSoon();
});
