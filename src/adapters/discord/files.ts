import { cutLine, plainText } from "#src/adapters/chat/plain-text";
import { LIMITS } from "./limits.ts";

/** A file of a message; its place among the message's files is its id in `attachments`. */
export interface DiscordFile {
  readonly name: string;
  readonly data: Buffer;
  /** What a picture says, for those who cannot see it. */
  readonly description?: string;
}

/** Room for what a form adds around the files of a message. */
const FRAMING_BYTES = 64 * 1024;
export const MOST_FILE_BYTES = LIMITS.uploadBytes - FRAMING_BYTES;

/** A name that Discord keeps as it is, so that an embed can refer to it. */
const nameOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "_")
    .replace(/^[._]+/, "")
    .slice(-100) || "file.txt";

export const pictureFile = (png: Uint8Array, alt: string, number: number): DiscordFile => {
  const description = cutLine(alt, LIMITS.attachmentDescription);
  return {
    name: `picture-${number}.png`,
    data: Buffer.from(png),
    ...(description === "" ? {} : { description }),
  };
};

/** A text as a file; one that is too large for a message as several, parted between characters. */
export function textFiles(name: string, content: string): DiscordFile[] {
  const data = Buffer.from(content.toWellFormed(), "utf8");
  const parts: Buffer[] = [];
  for (let from = 0; from < data.length || from === 0; ) {
    let to = Math.min(data.length, from + MOST_FILE_BYTES);
    // Bytes that go on with a character begin with 10.
    while (to < data.length && to > from && ((data[to] ?? 0) & 0xc0) === 0x80) to -= 1;
    parts.push(data.subarray(from, to));
    if (to === from) break;
    from = to;
  }
  const whole = nameOf(plainText(name));
  if (parts.length === 1) return parts.map((part) => ({ name: whole, data: part }));
  return parts.map((part, at) => ({ name: `${at + 1}-of-${parts.length}-${whole}`, data: part }));
}
