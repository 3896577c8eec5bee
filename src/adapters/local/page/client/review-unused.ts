import { make } from "./dom.ts";
import { lineForm } from "./review-forms.ts";
import { button } from "./review-packs.ts";
import type { Operate } from "./review-point.ts";
import type { WireDraft, WireLine } from "./review-wire.ts";
import { words } from "./review-words.ts";

function lineElement(line: WireLine, isLast: boolean, operate: Operate): HTMLElement {
  const t = words();
  const form = make("div", { class: "forms" });
  const open = (): void => {
    form.replaceChildren(
      lineForm(line, operate, isLast ? "question" : "unused", () => form.replaceChildren()),
    );
    form.querySelector<HTMLElement>("input, textarea")?.focus();
  };
  return make(
    "li",
    {},
    make("span", { class: "number", "aria-label": t.line(line.number) }, String(line.number)),
    make("span", { class: "line" }, line.text),
    button(t.makePoint, "small", open, { "aria-label": `${t.makePoint}: ${t.line(line.number)}` }),
    form,
  );
}

/** What the answer says in the document beside its points; each line can become one. */
export function drawUnused({ unused }: WireDraft, operate: Operate): HTMLElement | null {
  if (unused.length === 0) return null;
  const t = words();
  return make(
    "details",
    { class: "sheet unused", open: "" },
    make("summary", { "data-place": "unused" }, t.unused(unused.length)),
    make("p", { class: "note" }, t.unusedHelp),
    make("ol", {}, ...unused.map((line) => lineElement(line, unused.length === 1, operate))),
  );
}
