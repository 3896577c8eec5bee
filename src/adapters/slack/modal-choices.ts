import type { types } from "@slack/bolt";
import { z } from "zod";
import type { Command } from "#core/command";
import type { Completion } from "#core/completion";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { allowedFor } from "#core/option-values";
import type { OptionSpec } from "#core/options";
import { optionOf } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { plainLabel } from "./mrkdwn.ts";

type Select = types.ExternalSelect | types.StaticSelect | types.ConversationsSelect | types.MultiUsersSelect;

/** An option of a command, as the id of the element that takes it. */
export const elementId = (command: string, option: string): string => `${command}.${option}`;

/** What an external select asks completions for, by its id; null where it is none of ours. */
export function suggestedBy(actionId: string): { readonly command: string; readonly option: string } | null {
  const [, command, option] = /^([\p{L}\p{N}_-]{1,32})\.(\w{1,64})$/u.exec(actionId) ?? [];
  return command === undefined || option === undefined ? null : { command, option };
}

/** A choice's own word and, in Chinese, the first Chinese word that people type for it. */
function choiceLabel(value: string, { meta, choices }: OptionSpec, locale: Locale): string {
  const say = messagesFor(locale).slackViews;
  if (!choices.includes(value)) return value === "true" ? say.yes : say.no;
  const chinese = meta.words?.[value]?.find((word) => /^\p{sc=Han}+$/u.test(word));
  return locale === "zh" && chinese !== undefined ? `${value} ${chinese}` : value;
}

/** Whether an option takes nothing but one of a few words. */
const isClosed = ({ kinds }: OptionSpec): boolean =>
  !kinds.has("text") && !kinds.has("number") && !kinds.has("list");

/**
 * The menu that takes an option; null where it is typed.
 *
 * @param value what is chosen already
 */
export function selectFor(command: Command, spec: OptionSpec, value: string, locale: Locale): Select | null {
  const { meta, name } = spec;
  const placeholder = plainLabel(meta.label?.[locale] ?? name, LIMITS.placeholder);
  const shared = { action_id: elementId(command.name, name), placeholder };
  if (meta.picks === "channel") {
    return {
      type: "conversations_select",
      ...shared,
      filter: { include: ["public", "private"], exclude_bot_users: true },
    };
  }
  if (meta.picks === "roles") return { type: "multi_users_select", ...shared };
  if (meta.suggest !== undefined && !spec.kinds.has("list")) {
    const initial = value === "" ? {} : { initial_option: optionOf(value, value) };
    // Slack would otherwise wait for three characters.
    return { type: "external_select", ...shared, min_query_length: 0, ...initial };
  }
  const { choices } = allowedFor(spec);
  if (!isClosed(spec) || choices.length === 0 || choices.length > LIMITS.options) return null;
  const options = choices.map((choice) => optionOf(choiceLabel(choice, spec, locale), choice));
  const chosen = options.find((option) => option.value === value);
  return {
    type: "static_select",
    ...shared,
    options,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

const typedSchema = z.string().trim().min(1).max(LIMITS.optionValue);

/**
 * What an external select is answered with: completions, and what was typed as it stands, since more is understood
 * than is on the list.
 */
export function optionsJson(
  completions: readonly Completion[],
  typed: string,
  locale: Locale,
): { readonly options: types.PlainTextOption[] } {
  const known = completions
    .filter(({ value }) => value !== "" && value.length <= LIMITS.optionValue)
    .map(({ label, value }) => optionOf(label, value));
  const own = typedSchema.safeParse(typed).data;
  const isNew = own !== undefined && !known.some(({ value }) => value?.toLowerCase() === own.toLowerCase());
  const asTyped = isNew ? [optionOf(messagesFor(locale).slackViews.asTyped(own), own)] : [];
  const all = [...new Map([...known, ...asTyped].map((option) => [option.value, option])).values()];
  return { options: all.slice(0, LIMITS.options) };
}
