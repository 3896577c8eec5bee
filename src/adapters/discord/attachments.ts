import {
  type DocumentFile,
  type FileSource,
  readDocumentFile,
  readTextFile,
} from "#src/adapters/chat/text-file";
import type { Attachment } from "./interaction.ts";

/** Discord's own hosts for what members attach; nothing is read from anywhere else. */
export const DISCORD_FILES = ["https://cdn.discordapp.com", "https://media.discordapp.net"] as const;

/**
 * The text of a file that a member attached.
 *
 * @throws Refusal where it is too large, no text, or not to be had
 */
export const readAttachment = (
  { filename: name, size, url }: Attachment,
  source: FileSource,
): Promise<string> => readTextFile({ name, size, url }, source);

/**
 * A document that a member attached, as an option takes it.
 *
 * @throws Refusal where it is too large, or not to be had
 */
export const readDocument = (
  { filename: name, size, url }: Attachment,
  source: FileSource,
): Promise<DocumentFile> => readDocumentFile({ name, size, url }, source);
