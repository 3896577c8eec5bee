import { ComponentType } from "discord.js";
import { type Form, isJson, type Json, objectsIn, textIn } from "./form.ts";

const selects: ReadonlySet<unknown> = new Set([
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]);

const newer: ReadonlySet<unknown> = new Set([
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.Thumbnail,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
  ComponentType.Container,
]);

const linkStyle = 5;
const premiumStyle = 6;

function checkButton(form: Form, path: string, button: Json): void {
  const { style, label, emoji, url } = button;
  form.text(`${path}.label`, label, "buttonLabel");
  if (style === premiumStyle) return;
  if (textIn(label).trim() === "" && !isJson(emoji))
    form.refuse(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI", "A button needs a label or an emoji.");
  if (style === linkStyle) {
    form.needed(`${path}.url`, url, "buttonUrl");
    if (!/^(?:https?|discord):\/\//.test(textIn(url)))
      form.refuse(`${path}.url`, "URL_TYPE_INVALID_SCHEME", "Scheme must be one of http, https, discord.");
    if (button.custom_id !== undefined)
      form.refuse(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A link has no custom id.");
    return;
  }
  form.needed(`${path}.custom_id`, button.custom_id, "customId");
  if (url !== undefined)
    form.refuse(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "Only a link has a URL.");
}

/** A select menu, of a message or inside a form. */
export function checkSelect(form: Form, path: string, select: Json, inForm: boolean): void {
  form.needed(`${path}.custom_id`, select.custom_id, "customId");
  form.text(`${path}.placeholder`, select.placeholder, "placeholder");
  form.within(`${path}.min_values`, select.min_values, 0, 25);
  form.within(`${path}.max_values`, select.max_values, 1, 25);
  const least = typeof select.min_values === "number" ? select.min_values : 1;
  const most = typeof select.max_values === "number" ? select.max_values : 1;
  if (least > most)
    form.refuse(`${path}.min_values`, "COMPONENT_MIN_VALUES", "min_values exceeds max_values.");
  if (inForm && least === 0 && select.required !== false)
    form.refuse(`${path}.min_values`, "COMPONENT_MIN_VALUES", "At least 1 unless required is false.");
  if (select.type !== ComponentType.StringSelect) return;
  const options = objectsIn(select.options);
  form.count(`${path}.options`, options.length, "selectOptions");
  if (most > options.length && select.max_values !== undefined)
    form.refuse(`${path}.max_values`, "COMPONENT_MAX_VALUES", "max_values exceeds the number of options.");
  for (const [at, option] of options.entries()) {
    form.needed(`${path}.options.${at}.label`, option.label, "selectOption");
    form.needed(`${path}.options.${at}.value`, option.value, "selectOption");
    form.text(`${path}.options.${at}.description`, option.description || undefined, "selectOption");
  }
  const values = options.map(({ value }) => textIn(value));
  form.unique(
    `${path}.options`,
    values,
    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    "The value of an option",
  );
  const chosen = options.filter((option) => option.default === true).length;
  if (chosen > most) form.refuse(`${path}.options`, "COMPONENT_DEFAULTS", "More defaults than max_values.");
}

function checkRow(form: Form, path: string, row: Json): void {
  const children = objectsIn(row.components);
  form.count(`${path}.components`, children.length, "rowButtons");
  const menus = children.filter(({ type }) => selects.has(type)).length;
  if (menus > 0 && children.length > 1)
    form.refuse(
      `${path}.components`,
      "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
      "A select menu fills a row of its own.",
    );
  for (const [at, child] of children.entries()) {
    const where = `${path}.components.${at}`;
    if (child.type === ComponentType.Button) checkButton(form, where, child);
    else if (selects.has(child.type)) checkSelect(form, where, child, false);
    else form.refuse(where, "UNION_TYPE_CHOICES", "A row of a message holds buttons or one select menu.");
  }
}

/** Every component below these, themselves included. */
export const everyComponent = (components: readonly Json[]): readonly Json[] =>
  components.flatMap((component) => [
    component,
    ...everyComponent(objectsIn(component.components)),
    ...everyComponent([component.accessory, component.component].filter(isJson)),
  ]);

/** What stands under `components` of a message. */
export function checkComponents(form: Form, value: unknown, isV2: boolean): void {
  const components = objectsIn(value);
  const all = everyComponent(components);
  if (!isV2) form.count("components", components.length, "messageRows");
  form.count("components", all.length, "components");
  let words = 0;
  for (const [at, component] of components.entries()) {
    if (component.type === ComponentType.ActionRow) checkRow(form, `components.${at}`, component);
    else if (!isV2 && newer.has(component.type))
      form.refuse(`components.${at}`, "UNION_TYPE_CHOICES", "Needs the flag IS_COMPONENTS_V2.");
    else if (component.type === ComponentType.Container) {
      for (const [row, inner] of objectsIn(component.components).entries())
        if (inner.type === ComponentType.ActionRow)
          checkRow(form, `components.${at}.components.${row}`, inner);
    } else if (!newer.has(component.type))
      form.refuse(`components.${at}`, "UNION_TYPE_CHOICES", "Not a component of a message's top level.");
  }
  for (const { type, accessory, content } of all) {
    if (type === ComponentType.Section && isJson(accessory) && accessory.type === ComponentType.Button)
      checkButton(form, "components.accessory", accessory);
    if (type === ComponentType.TextDisplay) words += textIn(content).length;
  }
  form.count("components.content", words, "displayText");
  const ids = all.flatMap((component) =>
    typeof component.custom_id === "string" ? [component.custom_id] : [],
  );
  form.unique("components", ids, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id");
}
