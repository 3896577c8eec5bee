import { ComponentType } from "discord.js";
import { everyComponent } from "./component-rules.ts";
import { isJson, type Json, objectsIn, textIn } from "./form.ts";
import type { OpenForm } from "./handles.ts";

type Values = Readonly<Record<string, string | readonly string[]>>;
type Field = OpenForm["fields"][number];

interface Input extends Field {
  readonly component: Json;
}

function inputsIn(rows: readonly Json[]): readonly Input[] {
  return rows.flatMap((row) => {
    const inner = [...objectsIn(row.components), ...(isJson(row.component) ? [row.component] : [])];
    return inner.map((component) => ({
      component,
      customId: textIn(component.custom_id),
      label: textIn(row.label) || textIn(component.label),
      value: textIn(component.value),
      placeholder: textIn(component.placeholder),
      required: component.required !== false,
      minLength: Number(component.min_length ?? 0),
      maxLength: Number(component.max_length ?? 4000),
    }));
  });
}

/** What the member's client would send for one field; throws where it would not send. */
function filled(
  { component, customId, label, value, required, minLength, maxLength }: Input,
  given: string | readonly string[] | undefined,
): Json {
  const base = { type: component.type, id: component.id ?? 0, custom_id: customId };
  if (component.type !== ComponentType.TextInput) {
    const values = typeof given === "string" ? [given] : (given ?? []);
    const known = objectsIn(component.options).map((option) => option.value);
    const strange =
      component.type === ComponentType.StringSelect && values.find((each) => !known.includes(each));
    if (typeof strange === "string") throw new Error(`${label} does not offer ${strange}`);
    if (required && values.length === 0) throw new Error(`the form needs ${label}`);
    return { ...base, values };
  }
  const text = typeof given === "string" ? given : value;
  if (required && text === "") throw new Error(`the form needs ${label}`);
  if (text !== "" && text.length < minLength)
    throw new Error(`${label} takes at least ${minLength} characters`);
  if (text.length > maxLength) throw new Error(`${label} takes at most ${maxLength} characters`);
  return { ...base, value: text };
}

/** The form's data as MODAL_SUBMIT carries it: the rows as they were, with the values in them. */
function submission(rows: readonly Json[], inputs: readonly Input[], values: Values): readonly Json[] {
  const unknown = Object.keys(values).find(
    (key) => !inputs.some((each) => each.customId === key || each.label === key),
  );
  if (unknown !== undefined) throw new Error(`the form has no field ${unknown}`);
  const answers = new Map(
    inputs.map((input) => [input.component, filled(input, values[input.customId] ?? values[input.label])]),
  );
  return rows.map((row, at) => {
    const base = { type: row.type, id: row.id ?? at + 1 };
    if (isJson(row.component)) return { ...base, component: answers.get(row.component) };
    const inner = objectsIn(row.components).map((component) => answers.get(component));
    return inner.length > 0 ? { ...base, components: inner } : base;
  });
}

/** A form before a member. */
export function openForm(modal: Json, send: (data: Json) => ReturnType<OpenForm["submit"]>): OpenForm {
  const rows = objectsIn(modal.components);
  const inputs = inputsIn(rows);
  return {
    title: textIn(modal.title),
    customId: textIn(modal.custom_id),
    fields: inputs.map(({ component: _component, ...field }) => field),
    text: [
      textIn(modal.title),
      ...everyComponent(rows).flatMap(({ label, description, placeholder, value, content }) =>
        [label, description, placeholder, value, content].map(textIn).filter((text) => text !== ""),
      ),
    ].join("\n"),
    submit: async (values) =>
      send({ custom_id: modal.custom_id, components: submission(rows, inputs, values), resolved: {} }),
  };
}
