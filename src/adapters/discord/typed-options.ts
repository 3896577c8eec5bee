import type { Command } from "#core/command";
import { readOptionText } from "#core/option-text";
import { readValue } from "#core/option-values";
import type { OptionSpec } from "#core/options";
import { optionName } from "./localisation.ts";
import { FILE, givenOptions, MORE } from "./option-json.ts";

/** An option of a slash command as Discord delivers it. */
export interface GivenOption {
  readonly name: string;
  readonly value?: unknown;
}

/** Words that stand for something else than text become that; zod judges whatever comes of it. */
function typedValue(spec: OptionSpec, value: unknown): unknown {
  if (spec.meta.picks === "roles") return [value];
  if (typeof value !== "string" || spec.meta.picks !== undefined || spec.kinds.has("text")) return value;
  return readValue(spec, value) ?? value;
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
