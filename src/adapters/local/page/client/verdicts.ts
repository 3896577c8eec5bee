import { make } from "./dom.ts";
import { locale, say } from "./locale.ts";
import { markedAnswer } from "./marked-answer.ts";
import type { BlockOf } from "./wire.ts";

type Row = BlockOf<"verdicts">["rows"][number];

/** Every verdict has a sign of its own, so that colour is never the only difference. */
const signs = { hit: "✓", partial: "◐", contradict: "⇄", miss: "○" } as const;

const sign = (verdict: Row["verdict"]): HTMLElement =>
  make("span", { class: "sign", "aria-hidden": "true" }, signs[verdict]);

function drawRow(row: Row, at: number): HTMLElement {
  const line = (name: string, text: string | undefined): HTMLElement | null =>
    text === undefined ? null : make("p", { class: name }, text);
  return make(
    "li",
    { class: row.verdict, "data-row": String(at + 1) },
    sign(row.verdict),
    make(
      "div",
      {},
      make(
        "p",
        { class: "verdict" },
        make("span", { class: "label" }, row.label),
        row.title === undefined ? null : make("strong", {}, row.title),
      ),
      ...row.quotes.map((quote) => make("q", { lang: locale() }, quote)),
      line("note", row.note),
      row.erratum === undefined
        ? null
        : make("p", { class: "erratum" }, make("strong", {}, say().erratum), ` ${row.erratum}`),
      line("source", row.source),
    ),
  );
}

/** Shows which words belong to the row under the pointer or the focus. */
function linkRows(whole: HTMLElement): void {
  const light = (target: EventTarget | null): void => {
    const under = target instanceof Element ? target.closest<HTMLElement>("[data-row], [data-rows]") : null;
    const rows = (under?.dataset.row ?? under?.dataset.rows ?? "").split(" ");
    for (const marked of whole.querySelectorAll<HTMLElement>("[data-row], [data-rows]")) {
      const own = (marked.dataset.row ?? marked.dataset.rows ?? "").split(" ");
      marked.classList.toggle("lit", under !== null && own.some((row) => rows.includes(row)));
    }
  };
  whole.addEventListener("pointerover", ({ target }) => light(target));
  whole.addEventListener("pointerleave", () => light(null));
}

/** All verdicts at a glance. */
const drawStrip = (rows: readonly Row[]): HTMLElement =>
  make(
    "p",
    { class: "strip", "aria-hidden": "true" },
    ...rows.map(({ verdict }) => make("span", { class: verdict }, signs[verdict])),
  );

export function drawVerdicts({ rows, answer }: BlockOf<"verdicts">): HTMLElement {
  const list = make("ol", { class: "verdicts" }, ...rows.map(drawRow));
  // Where nothing was answered there is nothing to judge.
  const judged = answer === undefined ? [] : [drawStrip(rows), markedAnswer(answer, rows)];
  const whole = make("div", { class: "judged" }, ...judged, list);
  linkRows(whole);
  return whole;
}
