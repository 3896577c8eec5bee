import { MessageFlags } from "discord.js";
import { checkComponents, everyComponent } from "./component-rules.ts";
import { Form, isJson, type Json, objectsIn, rules, textIn } from "./form.ts";
import type { Violation } from "./violation.ts";

/** What a body is for: `reply` is an interaction's first message, `follow-up` any later one. */
export type MessageUse = "post" | "edit" | "reply" | "follow-up" | "reply edit" | "deferral";

export interface FileFact {
  readonly name: string;
  readonly size: number;
}

const allowedFlags: Readonly<Record<MessageUse, number>> = {
  post: MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2,
  edit: MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2,
  reply:
    MessageFlags.SuppressEmbeds |
    MessageFlags.Ephemeral |
    MessageFlags.SuppressNotifications |
    MessageFlags.IsComponentsV2,
  "follow-up":
    MessageFlags.SuppressEmbeds |
    MessageFlags.Ephemeral |
    MessageFlags.SuppressNotifications |
    MessageFlags.IsComponentsV2,
  "reply edit": MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2,
  deferral: MessageFlags.Ephemeral,
};

function checkEmbeds(form: Form, value: unknown): void {
  const embeds = objectsIn(value);
  form.count("embeds", embeds.length, "embeds");
  let total = 0;
  const add = (text: unknown) => {
    total += textIn(text).length;
  };
  for (const [at, embed] of embeds.entries()) {
    const path = `embeds.${at}`;
    const { title, description, footer, author } = embed;
    const fields = objectsIn(embed.fields);
    form.text(`${path}.title`, title, "embedTitle");
    form.text(`${path}.description`, description, "embedDescription");
    form.count(`${path}.fields`, fields.length, "embedFields");
    add(title);
    add(description);
    for (const [number, field] of fields.entries()) {
      form.needed(`${path}.fields.${number}.name`, field.name, "embedFieldName");
      form.needed(`${path}.fields.${number}.value`, field.value, "embedFieldValue");
      add(field.name);
      add(field.value);
    }
    if (isJson(footer)) {
      form.text(`${path}.footer.text`, footer.text, "embedFooter");
      add(footer.text);
    }
    if (isJson(author)) {
      form.text(`${path}.author.name`, author.name, "embedAuthor");
      add(author.name);
    }
    if (Object.keys(embed).every((key) => key === "color" || key === "type"))
      form.refuse(path, "EMBED_EMPTY", "An embed without anything in it.");
  }
  if (total > (rules.embedTotal.max ?? 0))
    form.refuse("embeds", "MAX_EMBED_SIZE_EXCEEDED", `Embed size exceeds maximum size of 6000 (${total}).`);
}

function checkMentions(form: Form, value: unknown): void {
  if (!isJson(value)) return;
  const parse = Array.isArray(value.parse) ? value.parse : [];
  for (const kind of ["users", "roles"]) {
    const ids = value[kind];
    if (!Array.isArray(ids)) continue;
    form.count(`allowed_mentions.${kind}`, ids.length, "allowedMentionIds");
    if (ids.length > 0 && parse.includes(kind))
      form.refuse(
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        `parse:["${kind}"] and ids of ${kind}.`,
      );
  }
}

/** Names of files that a body speaks of as `attachment://…`. */
const attachmentNames = (body: Json): readonly string[] =>
  [...JSON.stringify([body.embeds, body.components]).matchAll(/"attachment:\/\/([^"]{1,300})"/g)].map(
    ([, name = ""]) => name,
  );

function checkFiles(form: Form, body: Json, files: readonly FileFact[], kept: readonly string[]): void {
  const listed = objectsIn(body.attachments);
  form.count("attachments", Math.max(listed.length, files.length), "attachments");
  for (const [at, { size }] of files.entries())
    if (size > (rules.attachmentBytes.max ?? 0))
      form.refuse(`files.${at}`, "FILE_TOO_LARGE", "Files are at most 10 MiB.");
  for (const [at, attachment] of listed.entries())
    form.text(`attachments.${at}.description`, attachment.description, "attachmentDescription");
  const names = new Set([...files.map(({ name }) => name), ...kept]);
  for (const name of attachmentNames(body))
    if (!names.has(name))
      form.refuse("attachments", "ATTACHMENT_NOT_FOUND", `attachment://${name} is no file of this message.`);
}

/** Whether a body leaves a message with anything in it. */
export const isEmptyMessage = (body: Json, files: readonly FileFact[]): boolean =>
  textIn(body.content).trim() === "" &&
  objectsIn(body.embeds).length === 0 &&
  objectsIn(body.components).length === 0 &&
  files.length === 0 &&
  !isJson(body.poll);

/** What a message, a reply or an edit breaks; `kept` names the files that the edited message already has. */
export function checkMessage(
  body: Json,
  use: MessageUse,
  files: readonly FileFact[] = [],
  kept: readonly string[] = [],
): readonly Violation[] {
  const form = new Form();
  const flags = typeof body.flags === "number" ? body.flags : 0;
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  if ((flags & ~allowedFlags[use]) !== 0)
    form.refuse("flags", "MESSAGE_FLAGS_INVALID", `${flags} holds a flag that a ${use} cannot set.`);
  form.text("content", body.content, "content");
  checkEmbeds(form, body.embeds);
  checkComponents(form, body.components, isV2);
  checkMentions(form, body.allowed_mentions);
  checkFiles(form, body, files, kept);
  const hasText = everyComponent(objectsIn(body.components)).length > 0;
  if (isV2 && (textIn(body.content) !== "" || objectsIn(body.embeds).length > 0 || !hasText))
    form.refuse("flags", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "Components only.");
  if (body.nonce !== undefined && body.nonce !== null) form.text("nonce", String(body.nonce), "nonce");
  if (use === "deferral" && Object.keys(body).some((key) => key !== "flags"))
    form.refuse("data", "DEFERRED_DATA", "A deferral carries flags and nothing else.");
  return form.violations;
}
