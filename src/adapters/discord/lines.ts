import { cutAt as cutOf } from "#src/adapters/chat/parting";

/** One line of markdown as Discord draws it. What is too long for one message goes on with `hanging` before it. */
export interface Line {
  readonly prefix: string;
  readonly hanging: string;
  /** Escaped; may be cut anywhere but behind a backslash. */
  readonly text: string;
}

/** Lines that belong together: parted only where they are longer than a whole embed. */
export interface Stanza {
  readonly lines: readonly Line[];
  /** Whether the lines stand in a code block. */
  readonly fenced: boolean;
  /** The first line of every part of a code block that is parted: a table's heading. */
  readonly head?: string;
  /** What stands between it and the stanza before it. */
  readonly gap: "\n" | "\n\n";
  /** Whether it makes no sense without the stanza after it. */
  readonly leads: boolean;
}

export const line = (text: string, prefix = "", hanging = prefix): Line => ({ prefix, hanging, text });

export const stanza = (lines: readonly Line[], more: Partial<Stanza> = {}): Stanza => ({
  lines: lines.slice(
    Math.max(
      0,
      lines.findIndex(({ text }) => text.trim() !== ""),
    ),
  ),
  fenced: false,
  gap: "\n\n",
  leads: false,
  ...more,
});

/**
 * Where to part a text of which `most` code units fit: at an ending, but never between a backslash and what it escapes.
 */
export function cutAt(markdown: string, most: number): number {
  const end = cutOf(markdown, most);
  let slashes = 0;
  while (markdown[end - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1 ? end - 1 : end;
}
