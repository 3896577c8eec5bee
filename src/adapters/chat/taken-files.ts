import type { Command } from "#core/command";
import { readOptionText } from "#core/option-text";
import { describeOptions, type OptionSpec } from "#core/options";

/** The option of a command that takes files: their text, or one whole document. Undefined where it takes none. */
export const fileOption = ({ options }: Pick<Command, "options">): OptionSpec | undefined =>
  describeOptions(options).find(({ meta }) => meta.file !== undefined);

/** Whether what a command takes is a document, and not the text in it. */
export const takesDocument = (command: Pick<Command, "options">): boolean =>
  fileOption(command)?.meta.file === "document";

/**
 * What was typed behind a command, as options that a document can go with.
 *
 * @throws Refusal for words that the command does not know
 */
export const optionsTyped = (command: Command, text: string): Readonly<Record<string, unknown>> =>
  command.readText?.(text) ?? readOptionText(command.options, command.shorthands, text);
