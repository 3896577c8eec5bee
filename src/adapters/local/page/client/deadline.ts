import { make } from "./dom.ts";
import { timeOf } from "./locale.ts";
import type { BlockOf } from "./wire.ts";

/** A deadline nearer than this counts down. */
const COUNTED_MS = 90 * 60_000;
const SECOND_MS = 1000;

/** `4:05` */
const left = (ms: number): string => {
  const seconds = Math.ceil(ms / SECOND_MS);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

const show = (drawn: HTMLElement, until: number): void => {
  const ms = until - Date.now();
  drawn.textContent = ms > 0 && ms < COUNTED_MS ? left(ms) : "";
};

let isCounting = false;

/** One timer for all of them; those that were taken away are found no more. */
function count(): void {
  if (isCounting) return;
  isCounting = true;
  setInterval(() => {
    for (const drawn of document.querySelectorAll<HTMLElement>("[data-until]"))
      show(drawn, Number(drawn.dataset.until));
  }, SECOND_MS);
}

/** When something ends, and how long that is still. */
export function drawDeadline({ label, at }: BlockOf<"deadline">): HTMLElement {
  const countdown = make("strong", { class: "countdown", "data-until": String(at), role: "timer" });
  show(countdown, at);
  count();
  return make("p", { class: "note" }, `${label} `, make("time", {}, timeOf(at)), " ", countdown);
}
