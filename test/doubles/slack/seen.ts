import type { Front } from "./front.ts";
import type { Choice, SeenMessage, SeenView, ViewField } from "./handles.ts";
import { type Json, objectIn, objectsIn, textIn } from "./json.ts";
import type { Message } from "./messages.ts";
import type { View } from "./views.ts";
import { drawn, type NameOf, wordsOfBlock } from "./words.ts";

const namesIn =
  ({ world, manifest }: Front): NameOf =>
  (id) =>
    world.people.get(id)?.name ??
    world.rooms.get(id)?.name ??
    ([...world.workspaces.values()].some(({ botUserId }) => botUserId === id) ? manifest.name : id);

function textOf(front: Front, { text, blocks, attachments, files }: Message): string {
  const nameOf = namesIn(front);
  const inBlocks = [...blocks, ...attachments.flatMap((each) => objectsIn(each.blocks))];
  return [
    ...(blocks.length === 0 && text !== "" ? [drawn(text, nameOf)] : []),
    ...inBlocks.flatMap((block) => wordsOfBlock(block, nameOf)),
    ...files.flatMap(({ name, alt }) => [name, ...(alt === null ? [] : [alt])]),
  ].join("\n");
}

/** The message as it stands now; it does not change when the message does. */
export function seenMessage(front: Front, message: Message): SeenMessage {
  const { authorId } = message;
  return {
    ts: message.ts,
    channelId: message.channelId,
    threadTs: message.threadTs,
    content: message.text,
    blocks: [...message.blocks, ...message.attachments.flatMap((each) => objectsIn(each.blocks))],
    files: message.files,
    metadata: message.metadata,
    ephemeral: message.visibleTo !== null,
    edits: message.edits,
    author: authorId === null ? "app" : (front.world.people.get(authorId)?.name ?? authorId),
    text: textOf(front, message),
  };
}

const plain = (value: unknown): string => textIn(objectIn(value).text);

const choiceOf = ({ text, value }: Json): Choice => ({ text: plain(text), value: textIn(value) });

/** What an element offers, its groups flattened. */
export const optionsOf = ({ options, option_groups }: Json): readonly Json[] => [
  ...objectsIn(options),
  ...objectsIn(option_groups).flatMap((group) => objectsIn(group.options)),
];

function initialOf(element: Json): string {
  const one =
    element.initial_value ??
    element.initial_date ??
    element.initial_time ??
    element.initial_date_time ??
    element.initial_user ??
    element.initial_channel ??
    element.initial_conversation ??
    objectIn(element.initial_option).value;
  if (one !== undefined) return String(one);
  const several = element.initial_users ?? element.initial_channels ?? element.initial_conversations;
  if (Array.isArray(several)) return several.join(",");
  return objectsIn(element.initial_options)
    .map(({ value }) => textIn(value))
    .join(",");
}

/** The inputs of a view, in order. */
export function fieldsOf(view: Json): readonly (ViewField & { readonly element: Json })[] {
  return objectsIn(view.blocks)
    .filter(({ type }) => type === "input")
    .map((block) => {
      const element = objectIn(block.element);
      return {
        element,
        blockId: textIn(block.block_id),
        actionId: textIn(element.action_id),
        type: textIn(element.type),
        label: plain(block.label),
        value: initialOf(element),
        placeholder: plain(element.placeholder),
        required: block.optional !== true,
        choices: optionsOf(element).map(choiceOf),
        minLength: Number(element.min_length ?? 0),
        maxLength: Number(element.max_length ?? 3000),
      };
    });
}

export function seenView(front: Front, { id, type, json }: View): SeenView {
  const nameOf = namesIn(front);
  const submit = plain(json.submit);
  return {
    id,
    type,
    hash: textIn(json.hash),
    title: plain(json.title),
    callbackId: textIn(json.callback_id),
    privateMetadata: textIn(json.private_metadata),
    submit: submit === "" ? null : submit,
    fields: fieldsOf(json).map(({ element: _element, ...field }) => field),
    blocks: objectsIn(json.blocks),
    text: [plain(json.title), ...objectsIn(json.blocks).flatMap((block) => wordsOfBlock(block, nameOf))]
      .filter((word) => word !== "")
      .join("\n"),
  };
}
