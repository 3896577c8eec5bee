import { make } from "./dom.ts";
import type { BlockOf } from "./wire.ts";

/** One row of many short cells, like a calendar, reads as a strip that wraps; its head goes over each cell. */
function drawStrip({ columns, rows }: BlockOf<"table">): HTMLElement {
  const cells = (rows[0] ?? []).map((cell, at) =>
    make("li", { "data-mark": cell }, make("span", {}, columns[at]?.label ?? ""), make("b", {}, cell)),
  );
  return make("ol", { class: "days" }, ...cells);
}

export function drawTable(table: BlockOf<"table">): HTMLElement {
  const [only, ...others] = table.rows;
  const isStrip = only !== undefined && others.length === 0 && only.every((cell) => [...cell].length === 1);
  if (isStrip) return drawStrip(table);
  const { columns, rows } = table;
  const cell = (tag: "th" | "td", text: string, at: number): HTMLElement =>
    make(tag, { class: columns[at]?.align ?? "left", ...(tag === "th" ? { scope: "col" } : {}) }, text);
  const drawn = make(
    "table",
    {},
    make("thead", {}, make("tr", {}, ...columns.map(({ label }, at) => cell("th", label, at)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((text, at) => cell("td", text, at))))),
  );
  // Focusable, so that a keyboard can scroll it sideways on a phone.
  return make("div", { class: "wide", tabindex: "0", role: "group" }, drawn);
}
