import { checkBlocks, checkTotal } from "./block-rules.ts";
import { isJson, type Json, objectsIn, textIn } from "./json.ts";
import { limit } from "./rules.ts";
import { checkShape, Judgement } from "./shape.ts";
import type { Violation } from "./violation.ts";

const attachmentShape = {
  source: "reference/messaging/attachments",
  fields: {
    color: { is: "string", min: 3, max: 9 },
    fallback: { is: "string", min: 1, max: 4000 },
  },
  needs: [],
  oneOf: [],
  anyOf: [],
  surfaces: [],
  acts: false,
} as const;

function checkMetadata(judgement: Judgement, value: unknown): void {
  if (!isJson(value)) {
    judgement.refuse("/metadata", "must be an object", "invalid_metadata_format");
    return;
  }
  const { event_type, event_payload, ...rest } = value;
  if (Object.keys(value).length === 0) return;
  if (typeof event_type !== "string" || !/^[\w.-]{1,255}$/.test(event_type))
    judgement.refuse("/metadata/event_type", "a name of letters and digits", "invalid_metadata_format");
  if (!isJson(event_payload))
    judgement.refuse("/metadata/event_payload", "must be an object", "invalid_metadata_format");
  for (const name of Object.keys(rest))
    judgement.refuse(`/metadata/${name}`, `unknown field ${name}`, "invalid_metadata_format");
  if (Buffer.byteLength(JSON.stringify(value)) > limit("metadataBytes"))
    judgement.refuse("/metadata", `more than ${limit("metadataBytes")} bytes`, "metadata_too_large");
}

function checkAttachments(judgement: Judgement, value: unknown): readonly Json[] {
  if (!Array.isArray(value)) {
    judgement.refuse("/attachments", "must be a list", "invalid_attachments");
    return [];
  }
  if (value.length > limit("attachments"))
    judgement.refuse("/attachments", "no more than 100", "too_many_attachments");
  return objectsIn(value).flatMap((attachment, at) => {
    const path = `/attachments/${at}`;
    checkShape(judgement, path, attachment, attachmentShape, ["blocks"]);
    return attachment.blocks === undefined
      ? []
      : checkBlocks(judgement, `${path}/blocks`, attachment.blocks, "message");
  });
}

/** The blocks of a body, of its attachments too. */
export const blocksIn = ({ blocks, attachments }: Json): readonly Json[] => [
  ...objectsIn(blocks),
  ...objectsIn(attachments).flatMap((attachment) => objectsIn(attachment.blocks)),
];

/** What the content of a message breaks: text, blocks, attachments, metadata. `no_text` is the method's to say. */
export function checkMessage(body: Json): readonly Violation[] {
  const judgement = new Judgement("invalid_blocks");
  const { text, blocks, attachments, metadata } = body;
  if (text !== undefined && typeof text !== "string") judgement.refuse("/text", "must be a string");
  if (textIn(text).length > limit("messageText"))
    judgement.refuse("/text", `${textIn(text).length} of ${limit("messageText")} characters`, "msg_too_long");
  const own = blocks === undefined ? [] : checkBlocks(judgement, "/blocks", blocks, "message");
  const attached = attachments === undefined ? [] : checkAttachments(judgement, attachments);
  checkTotal(judgement, "/blocks", [...own, ...attached]);
  if (metadata !== undefined) checkMetadata(judgement, metadata);
  return judgement.violations;
}

/**
 * Rules that Slack does not enforce and every reader feels.
 * @param unfurls whether Slack would draw a preview of a link there
 */
export function checkManners(body: Json, unfurls = false): readonly Violation[] {
  const judgement = new Judgement("manners");
  const isQuiet = body.unfurl_links === false && body.unfurl_media === false;
  if (unfurls && !isQuiet && /https?:\/\//.test(JSON.stringify([body.text, body.blocks, body.attachments])))
    judgement.refuse("/unfurl_links", "a link that Slack would unfurl under the message");
  if (objectsIn(body.blocks).length > 0 && textIn(body.text).trim() === "")
    judgement.refuse("/text", "blocks without a text: notifications and screen readers have nothing to say");
  if (body.link_names === true || body.link_names === 1 || body.parse === "full")
    judgement.refuse("/link_names", "turns names in text into mentions");
  return judgement.violations;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);

/** Whether a body leaves a message with nothing in it. */
export const saysNothing = ({ text, blocks, attachments }: Json): boolean =>
  textIn(text) === "" && isEmpty(blocks) && isEmpty(attachments);
