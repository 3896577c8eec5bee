import { make } from "./dom.ts";
import { locale } from "./locale.ts";
import { pointForm, splitForm } from "./review-forms.ts";
import { button } from "./review-packs.ts";
import type { WirePoint } from "./review-wire.ts";
import { words } from "./review-words.ts";

/** Has something done to the question; `focus` names the place that the keyboard goes to then. */
export type Operate = (options: Readonly<Record<string, unknown>>, focus?: string | null) => void;

const WEIGHTS = [1, 2, 3, 4, 5];

function textsOf({ title, statement, own }: WirePoint): HTMLElement {
  const other = own === "zh" ? "en" : "zh";
  const lang = { zh: "zh-CN", en: "en" } as const;
  return make(
    "div",
    {},
    make("h3", { lang: lang[own] }, title[own] ?? ""),
    make("p", { lang: lang[own] }, statement[own] ?? ""),
    make(
      "p",
      { class: "translated", ...(statement[other] === null ? {} : { lang: lang[other] }) },
      statement[other] === null
        ? `${words().in[other]}: ${words().untranslated}`
        : `${title[other] ?? ""} ${statement[other]}`.trim(),
    ),
  );
}

function sourceOf({ source }: WirePoint): HTMLElement {
  const t = words();
  if (source.length === 0) return make("p", { class: "source note" }, t.notInDocument);
  return make(
    "figure",
    { class: "source" },
    make("figcaption", {}, t.inDocument),
    make(
      "ol",
      {},
      ...source.map(({ number, text }) =>
        make(
          "li",
          {},
          make("span", { class: "number", "aria-label": t.line(number) }, String(number)),
          make("span", { class: "line" }, text),
        ),
      ),
    ),
  );
}

function weightOf({ id, weight }: WirePoint, operate: Operate): HTMLElement {
  const select = make(
    "select",
    { id: `weight-${id}` },
    ...WEIGHTS.map((value) =>
      make("option", { value: String(value), ...(value === weight ? { selected: "" } : {}) }, String(value)),
    ),
  );
  select.addEventListener("change", () => operate({ op: "weight", point: id, weight: Number(select.value) }));
  return make("span", { class: "weight" }, make("label", { for: select.id }, words().weight), select);
}

/** One key point with its lines beside it, what should be looked at, and what can be done. */
export function drawPoint(points: readonly WirePoint[], at: number, operate: Operate): HTMLElement {
  const t = words();
  const point = points[at];
  if (point === undefined) return make("div", {});
  const { id, approved, findings, aliases, weight } = point;
  const next = points[at + 1];
  const before = points[at - 1];
  const forms = make("div", { class: "forms" });
  const close = (): void => forms.replaceChildren();
  const show = (form: HTMLElement): void => {
    forms.replaceChildren(form);
    form.querySelector<HTMLElement>("input, textarea")?.focus();
  };
  const edit = (): void => show(pointForm(point, operate, close));
  const approve = (): void => operate({ op: "approve", point: id }, next?.id ?? id);
  const merge = (): void => operate({ op: "merge", point: id }, id);
  const drop = (): void => operate({ op: "drop", point: id }, next?.id ?? before?.id ?? "question");
  const card = make(
    "section",
    {
      class: `sheet point${approved ? " approved" : ""}`,
      tabindex: "-1",
      "data-place": id,
      "aria-label": `${t.point(at + 1, points.length)}: ${point.title[locale()] ?? point.title[point.own] ?? ""}`,
    },
    make(
      "p",
      { class: "eyebrow" },
      make("strong", {}, t.point(at + 1, points.length)),
      approved ? make("span", { class: "chip approved" }, t.approved) : null,
    ),
    make("div", { class: "beside" }, textsOf(point), sourceOf(point)),
    aliases.length === 0 ? null : make("p", { class: "aliases" }, aliases.join(" / ")),
    findings.length === 0
      ? null
      : make("ul", { class: "findings" }, ...findings.map((finding) => make("li", {}, finding))),
    make(
      "p",
      { class: "actions" },
      approved ? null : button(t.approve, "primary", approve),
      button(t.edit, "secondary", edit),
      next === undefined ? null : button(t.merge, "secondary", merge),
      button(t.split, "secondary", () => show(splitForm(point, operate, close))),
      before === undefined ? null : button(t.up, "secondary", () => operate({ op: "up", point: id }, id)),
      next === undefined ? null : button(t.down, "secondary", () => operate({ op: "down", point: id }, id)),
      weightOf(point, operate),
      button(t.drop, "danger", drop),
    ),
    forms,
  );
  const go = (to: WirePoint | undefined): void =>
    to === undefined
      ? undefined
      : document.querySelector<HTMLElement>(`[data-place="${CSS.escape(to.id)}"]`)?.focus();
  const weigh = (by: number): void => {
    if (WEIGHTS.includes(weight + by)) operate({ op: "weight", point: id, weight: weight + by }, id);
  };
  const keys: Readonly<Record<string, () => void>> = {
    j: () => go(next),
    k: () => go(before),
    a: approve,
    e: edit,
    m: () => (next === undefined ? undefined : merge()),
    d: drop,
    "+": () => weigh(1),
    "-": () => weigh(-1),
  };
  card.addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
    const press =
      typing || event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key.toLowerCase()];
    if (press === undefined) return;
    event.preventDefault();
    press();
  });
  return card;
}
