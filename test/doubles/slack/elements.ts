import { elementsOf } from "./block-rules.ts";
import type { Choice, FieldValue } from "./handles.ts";
import { isJson, type Json, objectIn, objectsIn, textIn } from "./json.ts";
import { optionsOf } from "./seen.ts";

const plain = (value: unknown): string => textIn(objectIn(value).text);

export interface Found {
  readonly block: Json;
  readonly element: Json;
}

/** The element with this action id, label or placeholder (or its block's id or label). */
export function findElement(blocks: readonly Json[], named: string, isIt: (type: string) => boolean): Found {
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const fitting = all.filter(({ element }) => isIt(textIn(element.type)));
  const found =
    fitting.find(({ element }) => element.action_id === named) ??
    fitting.find(({ block }) => block.block_id === named) ??
    fitting.find(
      ({ block, element }) =>
        plain(element.text) === named || plain(element.placeholder) === named || plain(block.label) === named,
    );
  if (found === undefined) {
    const there = fitting.map(({ element }) => plain(element.text) || textIn(element.action_id)).join(", ");
    throw new Error(`there is no ${named}; there is: ${there}`);
  }
  return found;
}

const several = (value: FieldValue): readonly string[] =>
  value === null ? [] : typeof value === "string" ? [value] : value;

function picked(options: readonly Json[], wanted: string, where: string): Json {
  const option = options.find(({ text, value }) => value === wanted || plain(text) === wanted);
  if (option === undefined) throw new Error(`${where} does not offer ${wanted}`);
  return option;
}

const asOption = ({ text, value }: Choice): Json => ({
  text: { type: "plain_text", text, emoji: true },
  value,
});

/** Fields of an action, or of a view's state, that say what a member chose. */
export function chosen(element: Json, value: FieldValue, suggested: readonly Choice[], where: string): Json {
  const type = textIn(element.type);
  const values = several(value);
  const [first] = values;
  const options = type.includes("external") ? suggested.map(asOption) : optionsOf(element);
  const most = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
  if (values.length > most) throw new Error(`${where} takes at most ${most}`);
  switch (type) {
    case "static_select":
    case "external_select":
    case "radio_buttons":
    case "overflow":
      return { selected_option: first === undefined ? null : picked(options, first, where) };
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return { selected_options: values.map((each) => picked(options, each, where)) };
    case "users_select":
      return { selected_user: first ?? null };
    case "channels_select":
      return { selected_channel: first ?? null };
    case "conversations_select":
      return { selected_conversation: first ?? null };
    case "multi_users_select":
      return { selected_users: values };
    case "multi_channels_select":
      return { selected_channels: values };
    case "multi_conversations_select":
      return { selected_conversations: values };
    case "datepicker":
      return { selected_date: first ?? null };
    case "timepicker":
      return { selected_time: first ?? null };
    case "datetimepicker":
      return { selected_date_time: first === undefined ? null : Number(first) };
    default:
      return { value: first === undefined || first === "" ? null : first };
  }
}

/** What stands in an element before the member touches it, as state tells it. */
export function untouched(element: Json): Json {
  const type = textIn(element.type);
  if (/^multi_(?:static|external)_select$|^checkboxes$/.test(type))
    return { selected_options: objectsIn(element.initial_options) };
  if (/^(?:static_select|external_select|radio_buttons)$/.test(type))
    return { selected_option: isJson(element.initial_option) ? element.initial_option : null };
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  switch (type) {
    case "users_select":
      return { selected_user: element.initial_user ?? null };
    case "channels_select":
      return { selected_channel: element.initial_channel ?? null };
    case "conversations_select":
      return { selected_conversation: element.initial_conversation ?? null };
    case "multi_users_select":
      return { selected_users: list(element.initial_users) };
    case "multi_channels_select":
      return { selected_channels: list(element.initial_channels) };
    case "multi_conversations_select":
      return { selected_conversations: list(element.initial_conversations) };
    case "datepicker":
      return { selected_date: element.initial_date ?? null };
    case "timepicker":
      return { selected_time: element.initial_time ?? null };
    case "datetimepicker":
      return { selected_date_time: element.initial_date_time ?? null };
    default:
      return { value: element.initial_value ?? null };
  }
}

/** Whether nothing is chosen or typed. */
export const isEmpty = (state: Json): boolean =>
  Object.values(state).every(
    (value) => value === null || value === "" || (Array.isArray(value) && value.length === 0),
  );
