import type { types } from "@slack/bolt";
import type { Block, Reply } from "#core/reply";
import { renderReply } from "#src/adapters/slack/render";

export const privately = (...blocks: Block[]): Reply => ({ visibility: "private", placement: "new", blocks });

/** The only message of a reply of such blocks. */
export function drawn(...blocks: Block[]) {
  const [message, ...more] = renderReply(privately(...blocks), { locale: "en" });
  if (message === undefined || more.length > 0) throw new Error("not one message");
  return message;
}

/** Whatever in blocks is an object, at any depth. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== "object" || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
}

/** Every text of blocks that Slack reads as markup. */
export const markupIn = (blocks: readonly types.AnyBlock[]): string[] =>
  objectsIn(blocks).flatMap(({ type, text }) =>
    type === "mrkdwn" && typeof text === "string" ? [text] : [],
  );

/** Every text of blocks, in their order. */
export const wordsIn = (blocks: readonly types.AnyBlock[]): string =>
  objectsIn(blocks)
    .flatMap(({ text }) => (typeof text === "string" ? [text] : []))
    .join("\n");
