import { make } from "./dom.ts";
import { locale } from "./locale.ts";
import { button } from "./review-packs.ts";
import type { Operate } from "./review-point.ts";
import type { WireDraft, WireHalves, WireLine, WirePoint } from "./review-wire.ts";
import { words } from "./review-words.ts";

type Locale = "zh" | "en";

let fields = 0;

interface Field {
  readonly element: HTMLElement;
  value(): string;
}

function field(label: string, value: string, multiline: boolean, lang: Locale = locale()): Field {
  fields += 1;
  const id = `field-${fields}`;
  const attributes = { id, lang: lang === "zh" ? "zh-CN" : "en" };
  const input = multiline
    ? make("textarea", { ...attributes, rows: "3" }, value)
    : make("input", { ...attributes, type: "text", value, maxlength: "200" });
  return {
    element: make("p", {}, make("label", { for: id }, label), input),
    value: () => input.value.trim(),
  };
}

function formOf(parts: readonly (HTMLElement | null)[], save: () => void, cancel: () => void): HTMLElement {
  const t = words();
  const form = make(
    "form",
    { class: "editing" },
    ...parts,
    make(
      "p",
      { class: "actions" },
      make("button", { type: "submit", class: "primary" }, t.save),
      button(t.cancel, "secondary", cancel),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") cancel();
  });
  return form;
}

const halfOf = (halves: WireHalves | null, of: Locale): string => halves?.[of] ?? "";

/** Both halves of a text are edited side by side: the language it was written in first. */
const inBoth = (own: Locale): readonly Locale[] => (own === "zh" ? ["zh", "en"] : ["en", "zh"]);

/** Edits a key point in both languages; each half that has changed is sent by itself. */
export function pointForm(point: WirePoint, operate: Operate, cancel: () => void): HTMLElement {
  const t = words();
  const halves = inBoth(point.own).map((of) => ({
    of,
    title: field(t.titleIn(t.in[of]), halfOf(point.title, of), false, of),
    statement: field(t.statementIn(t.in[of]), halfOf(point.statement, of), true, of),
    hint: field(t.hintIn(t.in[of]), halfOf(point.hint, of), false, of),
  }));
  const aliases = field(t.wordings, point.aliases.join("\n"), true);
  const save = (): void => {
    for (const { of, title, statement, hint } of halves) {
      const isChanged =
        title.value() !== halfOf(point.title, of) ||
        statement.value() !== halfOf(point.statement, of) ||
        hint.value() !== halfOf(point.hint, of);
      const isOwn = of === point.own;
      const withAliases = isOwn && aliases.value() !== point.aliases.join("\n");
      if (!isChanged && !withAliases) continue;
      operate(
        {
          op: "edit",
          point: point.id,
          half: of,
          title: title.value(),
          statement: statement.value(),
          hint: hint.value(),
          ...(withAliases ? { aliases: aliases.value() } : {}),
        },
        point.id,
      );
    }
    cancel();
  };
  const columns = halves.map(({ title, statement, hint }) =>
    make("div", {}, title.element, statement.element, hint.element),
  );
  return formOf([make("div", { class: "both" }, ...columns), aliases.element], save, cancel);
}

export function questionForm(draft: WireDraft, operate: Operate, cancel: () => void): HTMLElement {
  const t = words();
  const halves = inBoth(draft.own).map((of) => ({
    of,
    text: field(t.questionIn(t.in[of]), halfOf(draft.text, of), true, of),
    model: field(t.modelIn(t.in[of]), halfOf(draft.modelAnswer, of), true, of),
    first: field(t.firstHintIn(t.in[of]), halfOf(draft.hints[0], of), false, of),
    second: field(t.secondHintIn(t.in[of]), halfOf(draft.hints[1], of), false, of),
  }));
  const save = (): void => {
    for (const { of, text, model, first, second } of halves) {
      const before = [draft.text, draft.modelAnswer, ...draft.hints].map((one) => halfOf(one, of));
      const now = [text, model, first, second].map((one) => one.value());
      if (before.join("\0") === now.join("\0")) continue;
      const [asked, answer, hint1, hint2] = now;
      operate({ op: "rewrite", half: of, text: asked, model: answer, hint1, hint2 }, "question");
    }
    cancel();
  };
  const columns = halves.map(({ text, model, first, second }) =>
    make("div", {}, text.element, model.element, first.element, second.element),
  );
  return formOf([make("div", { class: "both" }, ...columns)], save, cancel);
}

/** A statement with a line for each of its sentences, to be parted further or less. */
export function splitForm(point: WirePoint, operate: Operate, cancel: () => void): HTMLElement {
  const statement = halfOf(point.statement, point.own);
  const sentences = statement.match(/[^。；;！!？?]+(?:[。；;！!？?]+|$)/gu)?.map((part) => part.trim()) ?? [
    statement,
  ];
  const typed = field(words().statements, sentences.join("\n"), true, point.own);
  const save = (): void => {
    operate({ op: "split", point: point.id, statement: typed.value() }, point.id);
    cancel();
  };
  return formOf([typed.element], save, cancel);
}

/** A line of the document as a key point; its title is made of the statement where nobody gives one. */
export function lineForm(line: WireLine, operate: Operate, next: string, cancel: () => void): HTMLElement {
  const t = words();
  const title = field(t.addTitle, "", false);
  const statement = field(t.addStatement, line.text, true);
  const save = (): void => {
    if (statement.value() === "") return;
    operate({ op: "add", value: line.id, title: title.value(), statement: statement.value() }, next);
  };
  return formOf([title.element, statement.element], save, cancel);
}

/** Folded until somebody wants to add a point that the document does not have. */
export function addForm(operate: Operate): HTMLElement {
  const t = words();
  const title = field(t.addTitle, "", false);
  const statement = field(t.addStatement, "", true);
  const details = make("details", { class: "sheet" }, make("summary", {}, t.add));
  const save = (): void => {
    if (statement.value() === "") return;
    operate({ op: "add", title: title.value(), statement: statement.value() }, "question");
  };
  details.append(
    formOf([title.element, statement.element], save, () => {
      details.open = false;
    }),
  );
  return details;
}
