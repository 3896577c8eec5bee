import { find, make } from "./dom.ts";
import { locale, timeOf } from "./locale.ts";
import { addForm, questionForm } from "./review-forms.ts";
import { type Act, button } from "./review-packs.ts";
import { drawPoint, type Operate } from "./review-point.ts";
import { drawUnused } from "./review-unused.ts";
import type { WireDraft, WireHalves, WirePacks } from "./review-wire.ts";
import { words } from "./review-words.ts";

export interface DraftHands {
  readonly operate: Operate;
  readonly act: Act;
  tryAnswer(answer: string, shown: HTMLElement): Promise<void>;
  open(question: string): void;
}

/** As it is written: in the reader's language where there is that. */
const shownIn = ({ zh, en }: WireHalves): string => (locale() === "zh" ? (zh ?? en) : (en ?? zh)) ?? "";

/** What was being tried stays when the question is drawn anew. */
const tried = { question: "", answer: "" };

function tryPanel({ id }: WireDraft, { tryAnswer }: DraftHands): HTMLElement {
  const t = words();
  if (tried.question !== id) Object.assign(tried, { question: id, answer: "" });
  const text = make("textarea", { id: "trial", rows: "4", "data-place": "trial" }, tried.answer);
  text.addEventListener("input", () => {
    tried.answer = text.value;
  });
  const shown = make("div", { class: "trial", role: "region", "aria-label": t.tryTitle });
  const form = make(
    "form",
    {},
    make("label", { for: "trial" }, t.tryLabel),
    text,
    make("p", { class: "actions" }, make("button", { type: "submit", class: "primary" }, t.tryDo)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void tryAnswer(text.value, shown);
  });
  return make("section", { class: "sheet" }, make("h3", {}, t.tryTitle), form, shown);
}

function decisions({ decisions: waiting }: WireDraft, { operate }: DraftHands): HTMLElement | null {
  if (waiting.length === 0) return null;
  const items = waiting.map(({ text, take, leave, takeLabel, leaveLabel }) =>
    make(
      "li",
      {},
      make("p", {}, text),
      make(
        "p",
        { class: "actions" },
        button(takeLabel, "primary", () => operate(take, "question")),
        button(leaveLabel, "secondary", () => operate(leave, "question")),
      ),
    ),
  );
  return make(
    "section",
    { class: "sheet decide" },
    make("h3", {}, words().toDecide),
    make("ul", {}, ...items),
  );
}

function dropped({ dropped: points }: WireDraft, { operate }: DraftHands): HTMLElement | null {
  if (points.length === 0) return null;
  const t = words();
  const items = points.map(({ id, title }) =>
    make(
      "li",
      {},
      make("span", {}, title),
      button(t.bringBack, "small", () => operate({ op: "restore", point: id }, id), {
        "aria-label": `${t.bringBack}: ${title}`,
      }),
    ),
  );
  return make(
    "details",
    {},
    make("summary", {}, t.dropped(points.length)),
    make("ul", { class: "rows" }, ...items),
  );
}

function history({ changes, states }: WireDraft, { operate }: DraftHands): HTMLElement {
  const t = words();
  const items = changes.map(({ version, what, at, by }) =>
    make("li", {}, make("span", {}, t.changed(version, what, by)), make("small", {}, timeOf(at))),
  );
  const select = make(
    "select",
    { id: "versions" },
    ...states.map(({ version, label }) => make("option", { value: String(version) }, label)),
  );
  const back =
    states.length === 0
      ? null
      : make(
          "div",
          { class: "back" },
          make("label", { for: "versions" }, t.goBack),
          select,
          make(
            "p",
            { class: "actions" },
            button(t.goBackDo, "secondary", () =>
              operate({ op: "back", version: Number(select.value) }, "question"),
            ),
          ),
        );
  return make(
    "details",
    {},
    make("summary", {}, t.history),
    back,
    make("ol", { class: "rows", reversed: "" }, ...items),
  );
}

function head(draft: WireDraft, packs: WirePacks, hands: DraftHands): HTMLElement {
  const t = words();
  const { operate, act, open } = hands;
  const rest = packs.packs.find(({ id }) => id === draft.pack)?.questions ?? [];
  const next = rest.find(({ id, kind }) => kind === "open" && id !== draft.id);
  const isOpen = draft.points.some(({ approved }) => !approved);
  const form = make("div", {});
  const edit = button(t.editQuestion, "secondary", () =>
    form.replaceChildren(questionForm(draft, operate, () => form.replaceChildren())),
  );
  return make(
    "header",
    { class: "sheet" },
    make(
      "p",
      { class: "eyebrow" },
      make("span", { class: `chip ${draft.kind}` }, draft.state),
      make("span", {}, draft.place),
    ),
    make("h2", { tabindex: "-1", "data-place": "question" }, shownIn(draft.text)),
    draft.findings.length === 0
      ? null
      : make("ul", { class: "findings" }, ...draft.findings.map((finding) => make("li", {}, finding))),
    make(
      "p",
      { class: "actions" },
      draft.publishable
        ? button(t.publishThis, "primary", () => act({ do: "publish", pack: draft.pack, question: draft.id }))
        : null,
      isOpen ? button(t.approveAll, "primary", () => operate({ op: "approve-all" }, "question")) : null,
      next === undefined ? null : button(t.nextOpen, "secondary", () => open(next.id)),
      edit,
      draft.states.length === 0
        ? null
        : button(t.undo, "secondary", () => operate({ op: "undo" }, "question")),
      draft.proposes ? button(t.askModel, "secondary", () => operate({ op: "ask-model" }, "question")) : null,
    ),
    form,
  );
}

/** The question that is reviewed, or where to find one. */
export function drawDraft(draft: WireDraft | null, packs: WirePacks, hands: DraftHands): void {
  const t = words();
  const shown = find("#draft", HTMLElement);
  const importing = find("#importing", HTMLElement);
  if (draft === null) {
    // Whoever has nothing to look at finds the import where they look.
    shown.replaceChildren(
      ...(packs.packs.length === 0 ? [] : [make("p", { class: "note" }, t.pick)]),
      make(
        "section",
        { class: "sheet" },
        make("h2", {}, t.how),
        make("ol", { class: "list" }, ...t.steps.map((step) => make("li", {}, step))),
      ),
      importing,
    );
    return;
  }
  find("#packs", HTMLElement).append(importing);
  const parts = [
    head(draft, packs, hands),
    decisions(draft, hands),
    make("p", { class: "note" }, t.keys),
    ...draft.points.map((_, at) => drawPoint(draft.points, at, hands.operate)),
    drawUnused(draft, hands.operate),
    addForm(hands.operate),
    draft.points.length === 0 ? null : tryPanel(draft, hands),
    dropped(draft, hands),
    history(draft, hands),
  ];
  shown.replaceChildren(...parts.filter((part) => part !== null));
}
