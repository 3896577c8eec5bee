import type { types } from "@slack/bolt";
import { plainText } from "#src/adapters/chat/plain-text";
import { LIMITS } from "./limits.ts";
import { plain, plainLabel } from "./mrkdwn.ts";

/** A file to upload before the message that shows or brings it. */
export interface SlackFile {
  /** A picture stands in the message; a text is shared where the message is. */
  readonly kind: "picture" | "text";
  readonly name: string;
  readonly data: Buffer;
  /** What a picture says, for those who cannot see it. */
  readonly alt?: string;
}

/** Stands in an image block for the id that the upload gives its file. */
const PLACEHOLDER = /^picture-(\d+)$/;

export const pictureFile = (png: Uint8Array, alt: string): SlackFile => ({
  kind: "picture",
  name: "picture.png",
  data: Buffer.from(png),
  alt: plainLabel(alt, LIMITS.imageAlt).text,
});

export const textFile = (name: string, content: string): SlackFile => ({
  kind: "text",
  name:
    plainText(name)
      .normalize("NFKD")
      .replace(/[^\w.-]+/g, "_")
      .replace(/^[._]+/, "")
      .slice(-100) || "file.txt",
  data: Buffer.from(content.toWellFormed(), "utf8"),
});

export const pictureBlock = ({ alt = "…" }: SlackFile, number: number): types.ImageBlock => ({
  type: "image",
  slack_file: { id: `picture-${number}` },
  alt_text: alt,
});

const placeOf = (block: types.ImageBlock): number | null => {
  if (!("slack_file" in block)) return null;
  const { slack_file: file } = block;
  const number = "id" in file && file.id !== undefined ? PLACEHOLDER.exec(file.id)?.[1] : undefined;
  return number === undefined ? null : Number(number) - 1;
};

const isImage = (block: types.AnyBlock): block is types.ImageBlock => block.type === "image";

/**
 * The blocks with the pictures that were uploaded; the words of one that was not stand in its place.
 *
 * @param ids of the message's pictures in their order, null where an upload failed
 */
export const uploaded = <Any extends types.AnyBlock>(
  blocks: readonly Any[],
  ids: readonly (string | null)[],
): (Any | types.ContextBlock | types.ImageBlock)[] =>
  blocks.map((block) => {
    const place = isImage(block) ? placeOf(block) : null;
    if (place === null || !isImage(block)) return block;
    const id = ids[place] ?? null;
    const { alt_text } = block;
    return id === null
      ? { type: "context", elements: [plain(alt_text)] }
      : { type: "image", slack_file: { id }, alt_text };
  });
