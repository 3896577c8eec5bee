import { z } from "zod";
import type { Command } from "#core/command";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { readOptionText } from "#core/option-text";
import { allowedFor } from "#core/option-values";
import { describeOptions, type OptionSpec } from "#core/options";
import type { Form, FormField } from "#core/reply";
import { typedValue } from "#src/adapters/chat/typed-value";
import { LIMITS } from "./limits.ts";

/** Takes what has no field of its own, as one would type it. */
const MORE = "more";

/** More fields than this nobody reads; the others are typed into one. */
const MOST_FIELDS = 6;

/** The options that people give, not those that only buttons set. */
const givenOptions = ({ options }: Command): readonly OptionSpec[] =>
  describeOptions(options).filter(({ meta }) => meta.label !== undefined);

/** What an option takes: descriptions are written in English only. */
function hintOf(spec: OptionSpec, locale: Locale): string {
  const label = spec.meta.label?.[locale] ?? spec.name;
  if (locale === "en") return spec.meta.description ?? label;
  const takes = spec.kinds.has("text") ? "" : messagesFor(locale).options.takes(allowedFor(spec));
  return takes || label;
}

const fieldOf = (spec: OptionSpec, locale: Locale): FormField => ({
  option: spec.name,
  label: spec.meta.label?.[locale] ?? spec.name,
  placeholder: hintOf(spec, locale),
  multiline: spec.meta.rest === true,
  maxLength: spec.meta.rest === true ? LIMITS.inputLength : 200,
  ...(spec.required ? {} : { value: "" }),
});

/**
 * The form that asks for a command's options where it was typed without any; null for commands that do something
 * without them.
 */
export function optionsForm(command: Command, locale: Locale): Form | null {
  if (command.asksForOptions !== true) return null;
  const say = messagesFor(locale).slackViews;
  const specs = givenOptions(command);
  const shown = specs.slice(0, MOST_FIELDS);
  const more: FormField = {
    option: MORE,
    label: say.more,
    placeholder: say.moreHint,
    multiline: false,
    maxLength: 500,
    value: "",
  };
  return {
    title: `/${command.name}`,
    submit: say.estimate,
    fields: [...shown.map((spec) => fieldOf(spec, locale)), ...(shown.length < specs.length ? [more] : [])],
    action: { command: command.name, options: {} },
  };
}

const option = z.object({ value: z.string().max(LIMITS.inputLength) });

/** What one element of a submitted view holds; null where nothing was given. */
const elementSchema = z
  .object({
    type: z.string(),
    value: z.string().max(LIMITS.inputLength).nullish(),
    selected_option: option.nullish(),
    selected_conversation: z.string().nullish(),
    selected_users: z.array(z.string()).max(LIMITS.options).nullish(),
  })
  .transform((element) => {
    const users = element.selected_users ?? [];
    const one = element.value ?? element.selected_option?.value ?? element.selected_conversation ?? null;
    return users.length > 0 ? users : one;
  });

const valuesSchema = z.record(z.string(), z.record(z.string(), elementSchema));

/**
 * What a member filled in, as the command's schema takes it.
 *
 * @param values `view.state.values`, which came from outside
 * @throws Refusal for words in the last field that the command does not know
 */
export function submittedOptions(command: Command, values: unknown): Readonly<Record<string, unknown>> {
  const specs = new Map(describeOptions(command.options).map((spec) => [spec.name, spec]));
  const given: Record<string, unknown> = {};
  let more = "";
  for (const [name, elements] of Object.entries(valuesSchema.parse(values))) {
    const value = Object.values(elements)[0] ?? null;
    const spec = specs.get(name);
    if (value === null || value === "") continue;
    if (spec !== undefined) given[name] = typedValue(spec, value);
    else if (name === MORE && typeof value === "string") more = value;
  }
  return { ...readOptionText(command.options, command.shorthands, more), ...given };
}
