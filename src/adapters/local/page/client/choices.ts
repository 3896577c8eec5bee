import { make } from "./dom.ts";
import { say } from "./locale.ts";
import type { Perform } from "./render.ts";
import type { BlockOf } from "./wire.ts";

type ChoicesBlock = BlockOf<"choices">;

/** One of several: a menu that is picked from by pointer or arrow keys, and carried out by the button beside it. */
function drawOne({ choices }: ChoicesBlock, id: string): { field: HTMLElement; picked(): string } {
  const select = make(
    "select",
    { id },
    ...choices.map(({ value, label, selected }) =>
      make("option", { value, ...(selected ? { selected: "" } : {}) }, label),
    ),
  );
  return { field: select, picked: () => select.value };
}

/** Any of several: boxes to tick. */
function drawMany({ choices }: ChoicesBlock): { field: HTMLElement; picked(): string[] } {
  const boxes = choices.map(({ value, selected }) =>
    make("input", { type: "checkbox", value, ...(selected ? { checked: "" } : {}) }),
  );
  const labels = choices.map(({ label }, at) => make("label", {}, boxes[at] ?? null, label));
  return {
    field: make("span", { class: "boxes" }, ...labels),
    picked: () => boxes.filter(({ checked }) => checked).map(({ value }) => value),
  };
}

export function drawChoices(block: ChoicesBlock, perform: Perform): HTMLElement {
  const id = crypto.randomUUID();
  const { field, picked } = block.multiple ? drawMany(block) : drawOne(block, id);
  const drawn = make(
    "form",
    { class: "asked choices" },
    block.multiple
      ? make("fieldset", {}, make("legend", {}, block.label), field)
      : make("p", {}, make("label", { for: id }, block.label), field),
    make("p", { class: "actions" }, make("button", { type: "submit", class: "secondary" }, say().choose)),
  );
  drawn.addEventListener("submit", (event) => {
    event.preventDefault();
    const { command, options } = block.action;
    perform({ command, options: { ...options, [block.option]: picked() } }, drawn);
  });
  return drawn;
}
