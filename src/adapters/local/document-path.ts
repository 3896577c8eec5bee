import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Command } from "#core/command";
import { readOptionText } from "#core/option-text";
import { describeOptions } from "#core/options";
import { Refusal } from "#core/refusal";
import type { Input } from "#core/request";

const MOST_BYTES = 8 * 1_048_576;

/** A word, a path (in quotation marks where it has blanks), and whatever else was typed. */
const WITH_PATH =
  /^\s{0,20}(\S{1,40})\s{1,20}(?:"([^"\n]{1,1000})"|'([^'\n]{1,1000})'|(\S{1,1000}))([\s\S]*)$/u;

/**
 * What was typed behind a command that takes a document: whoever sits at this machine names it by its path. Null where
 * the command takes none, or no file is named.
 *
 * @throws Refusal where the file is too large
 */
export function documentTyped(command: Command, text: string): Input | null {
  const option = describeOptions(command.options).find(({ meta }) => meta.file === "document");
  const [, verb, doubled, single, bare, rest = ""] = WITH_PATH.exec(text) ?? [];
  const path = doubled ?? single ?? bare;
  if (option === undefined || verb === undefined || path === undefined) return null;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return null;
  if (found.size > MOST_BYTES)
    throw new Refusal((say) => say.content.documentTooLarge(MOST_BYTES / 1_048_576));
  const typed = `${verb} ${rest}`;
  const options = command.readText?.(typed) ?? readOptionText(command.options, command.shorthands, typed);
  const document = { name: basename(path), base64: readFileSync(path).toString("base64") };
  return { kind: "typed", options: { ...options, [option.name]: document } };
}
