import { make } from "./dom.ts";
import type { Control, SlackBlock, View } from "./preview-blocks.ts";
import type { Asked, Shown } from "./preview-wire.ts";
import { words } from "./preview-words.ts";

export type Act = (asked: Asked) => void;
/** What the server answers to something that is asked without anything being shown. */
export type Ask = (asked: Asked) => Promise<Shown>;

const placeholderOf = ({ placeholder }: Control): string => placeholder?.text ?? "";

function optionElements({ options = [], initial_option, initial_options = [] }: Control): HTMLElement[] {
  const chosen = new Set([initial_option, ...initial_options].map((each) => each?.value));
  return options.map(({ text, value }) =>
    make("option", { value, ...(chosen.has(value) ? { selected: "" } : {}) }, text.text),
  );
}

function menuElement(control: Control): HTMLSelectElement {
  const several = control.type.startsWith("multi_");
  const menu = make("select", {
    "aria-label": placeholderOf(control),
    ...(several ? { multiple: "" } : {}),
  });
  if (!several && control.initial_option === undefined) {
    menu.append(make("option", { value: "", selected: "" }, placeholderOf(control) || words().choose));
  }
  menu.append(...optionElements(control));
  return menu;
}

/** Channels and members are the workspace's own: there are none here. */
const isOwn = ({ type }: Control): boolean =>
  type === "conversations_select" || type === "channels_select" || type === "multi_users_select";

/** A button or a menu of a message. */
export function controlElement(control: Control, act: Act): HTMLElement {
  if (control.type === "button") {
    const style = control.style ?? "";
    const button = make("button", { type: "button", class: `button ${style}` }, control.text?.text ?? "");
    button.addEventListener("click", () =>
      act({ kind: "press", id: control.value ?? control.action_id, values: [] }),
    );
    return button;
  }
  if (isOwn(control)) {
    const name = placeholderOf(control);
    return make("select", { disabled: "", "aria-label": name }, make("option", {}, name));
  }
  const menu = menuElement(control);
  menu.addEventListener("change", () => {
    const values = [...menu.selectedOptions].map(({ value }) => value).filter((value) => value !== "");
    act({ kind: "press", id: control.action_id, values });
  });
  return menu;
}

/** A menu that asks what it can offer while one types. */
function askingElement(control: Control, ask: Ask): HTMLElement {
  const list = make("datalist", { id: `offers-${control.action_id}` });
  const input = make("input", {
    list: list.id,
    placeholder: placeholderOf(control),
    autocomplete: "off",
    maxlength: "75",
  });
  input.value = control.initial_option?.value ?? "";
  let asked = 0;
  const offer = async (): Promise<void> => {
    asked += 1;
    const own = asked;
    const shown = await ask({ kind: "suggest", id: control.action_id, text: input.value });
    if (shown.kind !== "options" || own !== asked) return;
    list.replaceChildren(...shown.options.map(({ label, value }) => make("option", { value }, label)));
  };
  input.addEventListener("input", () => void offer());
  input.addEventListener("focus", () => void offer());
  return make("span", { class: "asking" }, input, list);
}

function inputElement(control: Control, ask: Ask): HTMLElement {
  if (control.type === "external_select") return askingElement(control, ask);
  if (control.type === "plain_text_input") {
    const shared = { placeholder: placeholderOf(control), maxlength: String(control.max_length ?? 3000) };
    const input =
      control.multiline === true ? make("textarea", { rows: "6", ...shared }) : make("input", shared);
    input.value = control.initial_value ?? "";
    return input;
  }
  return isOwn(control) ? controlElement(control, () => {}) : menuElement(control);
}

type Filled = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const filledIn = (root: HTMLElement): Filled | null =>
  root instanceof HTMLInputElement || root instanceof HTMLTextAreaElement || root instanceof HTMLSelectElement
    ? root
    : root.querySelector("input");

/** A form as Slack opens it over the channel; what is sent goes to `act`. */
export function formElement(form: unknown, act: Act, close: (() => void) | null, ask: Ask): HTMLElement {
  const { title, submit, close: leave, blocks, private_metadata: id = "" } = form as View;
  const inputs = blocks.flatMap((block) =>
    block.element === undefined ? [] : [{ block, control: inputElement(block.element, ask) }],
  );
  for (const { block, control } of inputs) {
    if (block.optional !== true) filledIn(control)?.setAttribute("required", "");
  }
  const cancel = make("button", { type: "button", class: "button" }, leave?.text ?? words().cancel);
  const label = ({ label: name, optional }: SlackBlock): HTMLElement =>
    make("span", { class: "label" }, name?.text ?? "", optional === true ? words().optional : "");
  const root = make(
    "form",
    { class: "modal" },
    make("h3", {}, title.text),
    ...inputs.map(({ block, control }) => make("label", {}, label(block), control)),
    make(
      "div",
      { class: "modal-foot" },
      cancel,
      make("button", { type: "submit", class: "button primary" }, submit?.text ?? words().submit),
    ),
  );
  cancel.addEventListener("click", () => close?.());
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = inputs.flatMap(({ block, control }) => {
      const value = filledIn(control)?.value ?? "";
      return block.block_id === undefined || value === "" ? [] : [[block.block_id, value]];
    });
    close?.();
    act({ kind: "send", id, fields: Object.fromEntries(fields) });
  });
  return root;
}
