import { isJson, type Json, objectIn, objectsIn, textIn } from "./json.ts";

/** Who is behind an id. */
export type NameOf = (id: string) => string;

/** Text as Slack draws it: entities, links, mentions and dates. */
export function drawn(text: string, nameOf: NameOf): string {
  return text
    .replace(/<([^<>]{1,3000})>/g, (whole, inside: string) => {
      const [target = "", label] = inside.split("|", 2);
      if (target.startsWith("@")) return `@${label ?? nameOf(target.slice(1))}`;
      if (target.startsWith("#")) return `#${label ?? nameOf(target.slice(1))}`;
      if (target.startsWith("!date^")) return label ?? target;
      if (target.startsWith("!")) return `@${label ?? target.slice(1).split("^")[0]}`;
      return /^(?:https?|mailto|slack):/.test(target) ? (label ?? target) : whole;
    })
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

const ofText = (value: unknown, nameOf: NameOf): readonly string[] => {
  const { type, text } = objectIn(value);
  if (typeof text !== "string" || text === "") return [];
  return [type === "mrkdwn" ? drawn(text, nameOf) : text];
};

function ofInline(element: Json, nameOf: NameOf): string {
  const { type, text, url, user_id, channel_id, usergroup_id, range, name, fallback, format, value } =
    element;
  switch (type) {
    case "user":
      return `@${nameOf(textIn(user_id))}`;
    case "channel":
      return `#${nameOf(textIn(channel_id))}`;
    case "usergroup":
      return `@${textIn(usergroup_id)}`;
    case "broadcast":
      return `@${textIn(range)}`;
    case "emoji":
      return `:${textIn(name)}:`;
    case "date":
      return textIn(fallback) || textIn(format);
    case "color":
      return textIn(value);
    default:
      return textIn(text) || textIn(url);
  }
}

/** One string a line: a rich text section, an item of a list. */
function ofRichText(element: Json, nameOf: NameOf): readonly string[] {
  const elements = objectsIn(element.elements);
  if (element.type === "rich_text_list") return elements.flatMap((item) => ofRichText(item, nameOf));
  return [elements.map((each) => ofInline(each, nameOf)).join("")];
}

function ofElement(element: Json, nameOf: NameOf): readonly string[] {
  const { type, text, placeholder, alt_text, initial_value } = element;
  if (typeof type === "string" && type.startsWith("rich_text_")) return ofRichText(element, nameOf);
  if (type === "plain_text" || type === "mrkdwn") return ofText(element, nameOf);
  const options = [
    ...objectsIn(element.options),
    ...objectsIn(element.option_groups).flatMap((group) => objectsIn(group.options)),
  ];
  return [
    ...ofText(text, nameOf),
    ...ofText(placeholder, nameOf),
    ...[textIn(alt_text), textIn(initial_value)].filter((word) => word !== ""),
    ...options.flatMap((option) => [...ofText(option.text, nameOf), ...ofText(option.description, nameOf)]),
  ];
}

function ofCell(cell: unknown, nameOf: NameOf): string {
  const { text, elements } = objectIn(cell);
  return (
    textIn(text) ||
    objectsIn(elements)
      .flatMap((each) => ofRichText(each, nameOf))
      .join(" ")
  );
}

/** Every word of a block, in the order in which Slack draws it. */
export function wordsOfBlock(block: Json, nameOf: NameOf): readonly string[] {
  const { text, fields, accessory, element, elements, label, hint, alt_text, title, rows } = block;
  return [
    ...ofText(label, nameOf),
    ...(typeof text === "string" ? [text] : ofText(text, nameOf)),
    ...objectsIn(fields).flatMap((field) => ofText(field, nameOf)),
    ...ofText(title, nameOf),
    ...(textIn(alt_text) === "" ? [] : [textIn(alt_text)]),
    ...objectsIn(elements).flatMap((each) => ofElement(each, nameOf)),
    ...(isJson(element) ? ofElement(element, nameOf) : []),
    ...(isJson(accessory) ? ofElement(accessory, nameOf) : []),
    ...ofText(hint, nameOf),
    ...(Array.isArray(rows) ? rows : []).map((row) =>
      (Array.isArray(row) ? row : []).map((cell) => ofCell(cell, nameOf)).join(" | "),
    ),
  ];
}
