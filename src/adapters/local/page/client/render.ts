import { drawChoices } from "./choices.ts";
import { drawDeadline } from "./deadline.ts";
import { make } from "./dom.ts";
import { language, say } from "./locale.ts";
import { drawTable } from "./table.ts";
import { drawVerdicts } from "./verdicts.ts";
import type { BlockOf, WireBlock, WireReply } from "./wire.ts";

/** What a button or a sent form asks for. */
export interface Action {
  readonly command: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export type Perform = (action: Action, pressed: HTMLElement) => void;

/** A heading that states a score shows the number large, and reads the same aloud. */
function drawHeading({ text, score }: BlockOf<"heading">): HTMLElement {
  const at = score === undefined ? -1 : text.indexOf(String(score));
  if (score === undefined || at < 0) return make("h3", {}, text);
  const digits = String(score);
  return make(
    "h3",
    { class: "score" },
    make("span", { class: "before" }, text.slice(0, at)),
    make("span", { class: "number" }, digits),
    make("span", { class: "of" }, text.slice(at + digits.length)),
  );
}

function drawFields(fields: BlockOf<"fields">["fields"]): HTMLElement {
  const list = make("dl", {});
  for (const { label, value } of fields) list.append(make("dt", {}, label), make("dd", {}, value));
  return list;
}

/** An item of several lines begins with its title. */
function drawList({ ordered, items }: BlockOf<"list">): HTMLElement {
  const drawn = items.map((item) => make("li", item.includes("\n") ? { class: "titled" } : {}, item));
  return make(ordered ? "ol" : "ul", { class: "list" }, ...drawn);
}

function drawForm({ form }: BlockOf<"form">, perform: Perform): HTMLElement {
  const id = crypto.randomUUID();
  const fields = form.fields.map((field) => {
    const attributes = {
      id: `${id}-${field.option}`,
      name: field.option,
      "aria-describedby": `${id}-${field.option}-help`,
    };
    return make(
      "p",
      {},
      make("label", { for: attributes.id }, field.label),
      make("small", { id: `${attributes.id}-help` }, field.placeholder),
      field.multiline
        ? make("textarea", { ...attributes, rows: "5" }, field.value ?? "")
        : make("input", { ...attributes, type: "text", value: field.value ?? "" }),
    );
  });
  const drawn = make(
    "form",
    { class: "asked" },
    make("h3", {}, form.title),
    ...fields,
    make("p", { class: "actions" }, make("button", { type: "submit", class: "primary" }, form.submit)),
  );
  drawn.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(drawn));
    perform({ command: form.action.command, options: { ...form.action.options, ...typed } }, drawn);
  });
  return drawn;
}

function drawFile({ name, content }: BlockOf<"file">): HTMLElement {
  const button = make("button", { type: "button", class: "secondary" }, say().save(name));
  button.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([content], { type: "text/plain" }));
    make("a", { href: url, download: name }).click();
    URL.revokeObjectURL(url);
  });
  return make("p", { class: "actions" }, button);
}

function drawButtons({ buttons }: BlockOf<"buttons">, perform: Perform): HTMLElement {
  const row = make("p", { class: "actions" });
  for (const { label, style, action } of buttons) {
    // The style sheet hides what the question offers by a button of its own.
    const name = Object.keys(action.options).length === 0 ? action.command : "";
    const button = make("button", { type: "button", class: style, "data-command": name }, label);
    button.addEventListener("click", () => perform(action, button));
    row.append(button);
  }
  return row;
}

function drawQuote({ label, text, by }: BlockOf<"quote">): HTMLElement {
  const author = by === undefined ? label : `${label} · ${by}`;
  return make("figure", { class: "quote" }, make("figcaption", {}, author), make("blockquote", {}, text));
}

const drawMembers = ({ label, members }: BlockOf<"members">): HTMLElement =>
  make("p", { class: "text" }, make("span", { class: "label" }, label), ` ${members.join(", ")}`);

function drawBlock(block: WireBlock, perform: Perform): HTMLElement {
  switch (block.kind) {
    case "heading":
      return drawHeading(block);
    case "text":
      return make("p", { class: "text" }, block.text);
    case "note":
      return make("p", { class: "note" }, block.text);
    case "fields":
      return drawFields(block.fields);
    case "verdicts":
      return drawVerdicts(block);
    case "table":
      return drawTable(block, perform);
    case "list":
      return drawList(block);
    case "code":
      return make("pre", { tabindex: "0" }, make("code", {}, block.text));
    case "deadline":
      return drawDeadline(block);
    case "picture":
      return make("img", { class: "picture", src: block.png, alt: block.alt });
    case "file":
      return drawFile(block);
    case "buttons":
      return drawButtons(block, perform);
    case "choices":
      return drawChoices(block, perform);
    case "quote":
      return drawQuote(block);
    case "members":
      return drawMembers(block);
    case "form":
      return drawForm(block, perform);
  }
}

/**
 * The blocks that the page shows: the answer that a reply shows marked stands there once, not again as a field, and
 * what links do needs no sentence of its own.
 */
function withoutRepeats(blocks: readonly WireBlock[]): readonly WireBlock[] {
  const shown = blocks.flatMap((block) => (block.kind === "verdicts" ? [block.answer] : []));
  return blocks.filter((block) => {
    if (block.kind === "fields") return !block.fields.every(({ value }) => shown.includes(value));
    return block.kind !== "note" || block.repeats !== "links";
  });
}

const repeatsPicture = (block: WireBlock): boolean => "repeats" in block && block.repeats === "picture";

/** What a picture beside it says as well, folded: to be read by whoever wants the figures. */
const fold = (blocks: readonly WireBlock[], perform: Perform): HTMLElement =>
  make(
    "details",
    { class: "figures" },
    make("summary", {}, say().inFigures),
    ...blocks.map((block) => drawBlock(block, perform)),
  );

/** A reply as elements; every string in it is text. */
export function drawReply(reply: WireReply, perform: Perform): HTMLElement {
  const blocks = withoutRepeats(reply.blocks);
  const folded = blocks.some(({ kind }) => kind === "picture") ? blocks.filter(repeatsPicture) : [];
  const drawn = blocks.flatMap((block) => {
    if (block === folded[0]) return [fold(folded, perform)];
    return folded.includes(block) ? [] : [drawBlock(block, perform)];
  });
  return make("div", { class: "reply", lang: language() }, ...drawn);
}
