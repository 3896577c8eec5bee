import { ComponentType } from "discord.js";
import { checkSelect, everyComponent } from "./component-rules.ts";
import { Form, isJson, type Json, objectsIn, textIn } from "./form.ts";
import type { Violation } from "./violation.ts";

function checkInput(form: Form, path: string, input: Json, isLabelled: boolean): void {
  form.needed(`${path}.custom_id`, input.custom_id, "customId");
  if (!isLabelled) form.needed(`${path}.label`, input.label, "inputLabel");
  else if (typeof input.label === "string")
    form.refuse(`${path}.label`, "LABEL_IN_LABEL", "A text input inside a label has no label of its own.");
  form.text(`${path}.placeholder`, input.placeholder, "inputPlaceholder");
  form.text(`${path}.value`, input.value, "inputLength");
  form.within(`${path}.min_length`, input.min_length, 0, 4000);
  form.within(`${path}.max_length`, input.max_length, 1, 4000);
  const least = typeof input.min_length === "number" ? input.min_length : 0;
  const most = typeof input.max_length === "number" ? input.max_length : 4000;
  if (least > most) form.refuse(`${path}.min_length`, "TEXT_INPUT_LENGTHS", "min_length exceeds max_length.");
  if (textIn(input.value).length > most)
    form.refuse(`${path}.value`, "BASE_TYPE_MAX_LENGTH", `Must be ${most} or fewer in length.`);
}

/** What a form that opens before a member breaks. */
export function checkModal(body: Json): readonly Violation[] {
  const form = new Form();
  form.needed("data.title", body.title, "modalTitle");
  form.needed("data.custom_id", body.custom_id, "customId");
  const rows = objectsIn(body.components);
  form.count("data.components", rows.length, "modalRows");
  for (const [at, row] of rows.entries()) {
    const path = `data.components.${at}`;
    if (row.type === ComponentType.ActionRow) {
      const [input, ...more] = objectsIn(row.components);
      if (input?.type !== ComponentType.TextInput || more.length > 0)
        form.refuse(path, "UNION_TYPE_CHOICES", "A row of a form holds one text input.");
      else checkInput(form, `${path}.components.0`, input, false);
    } else if (row.type === ComponentType.Label) {
      form.needed(`${path}.label`, row.label, "inputLabel");
      form.text(`${path}.description`, row.description, "labelDescription");
      const inner = row.component;
      if (!isJson(inner)) form.refuse(`${path}.component`, "BASE_TYPE_REQUIRED", "This field is required");
      else if (inner.type === ComponentType.TextInput) checkInput(form, `${path}.component`, inner, true);
      else if (inner.type === ComponentType.StringSelect) checkSelect(form, `${path}.component`, inner, true);
    } else if (row.type !== ComponentType.TextDisplay)
      form.refuse(path, "UNION_TYPE_CHOICES", "Not a component of a form's top level.");
  }
  const ids = everyComponent(rows).flatMap(({ custom_id }) =>
    typeof custom_id === "string" ? [custom_id] : [],
  );
  form.unique("data.components", ids, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id");
  return form.violations;
}

/** What the suggestions for an option break; `type` is the option's own: 3 string, 4 integer, 10 number. */
export function checkSuggestions(body: Json, type: number): readonly Violation[] {
  const form = new Form();
  const choices = objectsIn(body.choices);
  form.count("data.choices", choices.length, "optionChoices");
  for (const [at, { name, value }] of choices.entries()) {
    form.needed(`data.choices.${at}.name`, name, "choiceName");
    if (type === 3) form.needed(`data.choices.${at}.value`, value, "choiceValue");
    else if (typeof value !== "number" || (type === 4 && !Number.isSafeInteger(value)))
      form.refuse(`data.choices.${at}.value`, "NUMBER_TYPE_COERCE", "Not a value of the option's type.");
  }
  return form.violations;
}
