import { parentPort, workerData } from "node:worker_threads";
import { openRenderer, svgOf } from "./drawing.ts";
import type { Task } from "./sheet.ts";

// From the pen beside this file, and from nobody else.
const { fontFolder } = workerData as { readonly fontFolder: string };
const pngOf = openRenderer(fontFolder);

/** One picture a message, in the order in which they come. */
parentPort?.on("message", (task: Task) => {
  try {
    parentPort?.postMessage({ png: pngOf(svgOf(task)) });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
