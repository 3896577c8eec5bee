import { chosen, isEmpty, untouched } from "./elements.ts";
import type { Choice, FieldValue } from "./handles.ts";
import { type Json, textIn } from "./json.ts";
import { fieldsOf } from "./seen.ts";

type Field = ReturnType<typeof fieldsOf>[number];

function checkText({ label, type, minLength, maxLength }: Field, state: Json): void {
  const text = textIn(state.value);
  if (text === "" || type.includes("select")) return;
  if (text.length < minLength) throw new Error(`${label} takes at least ${minLength} characters`);
  if (text.length > maxLength) throw new Error(`${label} takes at most ${maxLength} characters`);
}

/**
 * The state that a filled-in modal sends; throws where Slack's own client would not send it.
 * @param suggested what an external select was offered, by action id
 */
export function filled(
  view: Json,
  values: Readonly<Record<string, FieldValue>>,
  suggested: (actionId: string) => readonly Choice[],
): Json {
  const fields = fieldsOf(view);
  const names = ({ blockId, actionId, label }: Field) => [blockId, actionId, label];
  const stranger = Object.keys(values).find((name) => !fields.some((field) => names(field).includes(name)));
  if (stranger !== undefined)
    throw new Error(
      `the view has no field ${stranger}; it has ${fields.map(({ label }) => label).join(", ")}`,
    );
  const state: Record<string, Json> = {};
  for (const field of fields) {
    const name = names(field).find((each) => values[each] !== undefined);
    const given = name === undefined ? undefined : values[name];
    const held =
      given === undefined
        ? untouched(field.element)
        : chosen(field.element, given, suggested(field.actionId), field.label);
    if (field.required && isEmpty(held)) throw new Error(`the view needs ${field.label}`);
    checkText(field, held);
    state[field.blockId] = { ...state[field.blockId], [field.actionId]: { type: field.type, ...held } };
  }
  return state;
}
