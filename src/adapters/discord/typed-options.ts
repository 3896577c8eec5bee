import type { Command } from "#core/command";
import { readOptionText } from "#core/option-text";
import { typedValue } from "#src/adapters/chat/typed-value";
import { optionName } from "./localisation.ts";
import { FILE, givenOptions, MORE } from "./option-json.ts";

/** An option of a slash command as Discord delivers it. */
export interface GivenOption {
  readonly name: string;
  readonly value?: unknown;
}

/**
 * What a member gave, as the command's schema takes it. An attachment is left to whoever reads it.
 *
 * @throws Refusal for words in `more` that the command does not know
 */
export function typedOptions(
  command: Command,
  given: readonly GivenOption[],
): Readonly<Record<string, unknown>> {
  const byName = new Map(givenOptions(command).map((spec) => [optionName(spec.name), spec]));
  const values: Record<string, unknown> = {};
  for (const { name, value } of given) {
    const spec = byName.get(name);
    if (spec !== undefined) values[spec.name] = typedValue(spec, value);
    else if (name === MORE && typeof value === "string") {
      Object.assign(values, readOptionText(command.options, command.shorthands, value));
    } else if (name !== FILE) values[name] = value;
  }
  return values;
}
