import { make } from "./dom.ts";
import type { Perform } from "./render.ts";
import type { BlockOf } from "./wire.ts";

/** One row of many short cells, like a calendar, reads as a strip that wraps; its head goes over each cell. */
function drawStrip({ columns, rows }: BlockOf<"table">): HTMLElement {
  const cells = (rows[0] ?? []).map((cell, at) =>
    make("li", { "data-mark": cell }, make("span", {}, columns[at]?.label ?? ""), make("b", {}, cell)),
  );
  return make("ol", { class: "days" }, ...cells);
}

export function drawTable(table: BlockOf<"table">, perform: Perform): HTMLElement {
  const [only, ...others] = table.rows;
  const isStrip = only !== undefined && others.length === 0 && only.every((cell) => [...cell].length === 1);
  if (isStrip) return drawStrip(table);
  const { columns, rows, links } = table;
  const align = (at: number): string => columns[at]?.align ?? "left";
  const content = (text: string, row: number, at: number): HTMLElement | string => {
    const action = links?.column === at ? links.actions[row] : null;
    if (action == null) return text;
    const button = make("button", { type: "button", class: "link" }, text);
    button.addEventListener("click", () => perform(action, button));
    return button;
  };
  const drawn = make(
    "table",
    {},
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        ...columns.map(({ label }, at) => make("th", { class: align(at), scope: "col" }, label)),
      ),
    ),
    make(
      "tbody",
      {},
      ...rows.map((row, line) =>
        make("tr", {}, ...row.map((text, at) => make("td", { class: align(at) }, content(text, line, at)))),
      ),
    ),
  );
  // Focusable, so that a keyboard can scroll it sideways on a phone.
  return make("div", { class: "wide", tabindex: "0", role: "group" }, drawn);
}
