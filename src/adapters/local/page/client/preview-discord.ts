import { make } from "./dom.ts";
import { clockTime } from "./locale.ts";
import type { Body, Component, Embed, Modal } from "./preview-payload.ts";
import { lineNodes, type Setting, textElement } from "./preview-text.ts";
import type { Asked, DrawnMessage } from "./preview-wire.ts";
import { words } from "./preview-words.ts";

type Act = (asked: Asked) => void;

/** What the platform's client shows around a message. */
export interface Around extends Setting {
  /** What a member typed for it. */
  readonly typed?: string;
  readonly act: Act;
}

const BUTTON = 2;
const STRING_SELECT = 3;
const buttonClass = ["", "primary", "secondary", "success", "danger", "link"];

function field(name: string, value: Node, inline: boolean, around: Around): HTMLElement {
  return make(
    "div",
    { class: inline ? "field inline" : "field" },
    make("div", { class: "field-name" }, ...lineNodes(name, around)),
    value,
  );
}

function embedElement(embed: Embed, message: DrawnMessage, around: Around): HTMLElement {
  const { title, description, fields = [], image, footer, color = 0 } = embed;
  const root = make("article", { class: "embed" });
  root.style.borderLeftColor = `#${color.toString(16).padStart(6, "0")}`;
  if (title !== undefined) root.append(make("div", { class: "embed-title" }, ...lineNodes(title, around)));
  if (description !== undefined) root.append(textElement(description, around));
  if (fields.length > 0) {
    const drawn = fields.map(({ name, value, inline = false }) =>
      field(name, textElement(value, around), inline, around),
    );
    root.append(make("div", { class: "fields" }, ...drawn));
  }
  const name = image?.url.replace("attachment://", "");
  const file = message.files.find((each) => each.name === name);
  if (file !== undefined) {
    const { attachments } = message.body as Body;
    const alt = attachments.find(({ filename }) => filename === name)?.description ?? "";
    root.append(make("img", { class: "embed-image", src: file.url, alt, title: alt }));
  }
  if (footer !== undefined) root.append(make("div", { class: "footer" }, footer.text));
  return root;
}

function selectElement(component: Component, act: Act): HTMLElement {
  const { custom_id: id, options = [], placeholder = "", max_values: most = 1 } = component;
  const several = most > 1;
  const menu = make("select", { "aria-label": placeholder, ...(several ? { multiple: "" } : {}) });
  if (!several && !options.some((option) => option.default === true)) {
    menu.append(make("option", { value: "", selected: "", disabled: "" }, placeholder || words().choose));
  }
  for (const option of options) {
    const selected = option.default === true ? { selected: "" } : {};
    menu.append(make("option", { value: option.value, ...selected }, option.label));
  }
  menu.addEventListener("change", () =>
    act({ kind: "press", id, values: [...menu.selectedOptions].map(({ value }) => value) }),
  );
  return menu;
}

function componentElement(component: Component, act: Act): HTMLElement {
  if (component.type === BUTTON) {
    const button = make(
      "button",
      { type: "button", class: `button ${buttonClass[component.style ?? 2] ?? ""}` },
      component.label ?? "",
    );
    button.addEventListener("click", () => act({ kind: "press", id: component.custom_id, values: [] }));
    return button;
  }
  if (component.type === STRING_SELECT) return selectElement(component, act);
  // Channels and roles are the server's own: there are none here.
  return make(
    "select",
    { disabled: "", "aria-label": component.placeholder ?? "" },
    make("option", {}, component.placeholder ?? ""),
  );
}

/** A message in a channel, as Discord draws what the bot sent. */
export function messageElement(message: DrawnMessage, around: Around): HTMLElement {
  const body = message.body as Body;
  const shownInside = new Set(body.embeds.map(({ image }) => image?.url.replace("attachment://", "")));
  const content = make("div", { class: "content" });
  if (body.content !== "") content.append(textElement(body.content, around));
  for (const embed of body.embeds) content.append(embedElement(embed, message, around));
  for (const { name, url } of message.files) {
    if (shownInside.has(name)) continue;
    const link = make("a", { class: "file", href: url, download: name }, `${words().file}: ${name}`);
    content.append(link);
  }
  for (const { components } of body.components) {
    content.append(
      make(
        "div",
        { class: "row" },
        ...components.map((component) => componentElement(component, around.act)),
      ),
    );
  }
  if (message.ephemeral) content.append(make("div", { class: "only-you" }, `◉ ${words().onlyYou}`));
  const typed = around.typed;
  return make(
    "div",
    { class: message.ephemeral ? "message ephemeral" : "message" },
    typed === undefined
      ? null
      : make("div", { class: "used" }, make("strong", {}, words().you), ` ${words().used(typed)}`),
    make("div", { class: "avatar", "aria-hidden": "true" }, "R"),
    make(
      "div",
      { class: "author" },
      make("strong", {}, "Rehearsal"),
      make("span", { class: "app" }, words().app),
      make("span", { class: "when" }, clockTime(around.now)),
    ),
    content,
  );
}

/** A form as Discord opens it over the channel; what is sent goes to `act`. */
export function formElement(form: unknown, act: Act, close: (() => void) | null): HTMLElement {
  const { title, custom_id: id, components } = form as Modal;
  const inputs = components.flatMap((row) => row.components);
  const fields = inputs.map((input) => {
    const attributes = {
      name: input.custom_id,
      placeholder: input.placeholder ?? "",
      maxlength: String(input.max_length ?? 4000),
      ...(input.required === false ? {} : { required: "" }),
    };
    const control =
      input.style === 2 ? make("textarea", { rows: "6", ...attributes }) : make("input", attributes);
    control.value = input.value ?? "";
    return { input, control };
  });
  const cancel = make("button", { type: "button", class: "button quiet" }, words().cancel);
  const root = make(
    "form",
    { class: "modal" },
    make("h3", {}, title),
    ...fields.map(({ input, control }) =>
      make(
        "label",
        {},
        make("span", { class: input.required === false ? "label" : "label needed" }, input.label ?? ""),
        control,
      ),
    ),
    make(
      "div",
      { class: "modal-foot" },
      cancel,
      make("button", { type: "submit", class: "button primary" }, words().submit),
    ),
  );
  cancel.addEventListener("click", () => close?.());
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    close?.();
    act({
      kind: "send",
      id,
      fields: Object.fromEntries(fields.map(({ input, control }) => [input.custom_id, control.value])),
    });
  });
  return root;
}
