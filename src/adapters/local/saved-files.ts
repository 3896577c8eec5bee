import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Block, Reply } from "#core/reply";

const MOST_COPIES = 1000;
const LONGEST_NAME = 100;

/** A name without folders or signs that a terminal would act on. */
const safeName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+/u, "")
    .slice(-LONGEST_NAME) || "file";

const numbered = (name: string, copy: number): string => {
  const dot = name.indexOf(".");
  return copy === 1 ? name : dot < 1 ? `${name}-${copy}` : `${name.slice(0, dot)}-${copy}${name.slice(dot)}`;
};

/**
 * Writes a file that nobody's file gives way to.
 *
 * @returns its path; null where nothing can be written there
 */
function save(folder: string, name: string, content: string): string | null {
  for (let copy = 1; copy <= MOST_COPIES; copy += 1) {
    const path = join(folder, numbered(safeName(name), copy));
    try {
      writeFileSync(path, content, { flag: "wx", mode: 0o600 });
      return path;
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken) return null;
    }
  }
  return null;
}

/** A reply whose files lie in a folder, and say where; one that cannot be written is shown as it is. */
export function withFilesSaved(reply: Reply, folder: string, locale: Locale): Reply {
  const blocks = reply.blocks.map((block): Block => {
    if (block.kind !== "file") return block;
    const path = save(folder, block.name, block.content);
    return path === null ? block : { kind: "text", text: messagesFor(locale).terminal.savedAs(path) };
  });
  return { ...reply, blocks };
}
