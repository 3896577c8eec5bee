import type { APIApplicationCommandBasicOption, APIApplicationCommandOptionChoice } from "discord.js";
import type { Command } from "#core/command";
import type { Bilingual } from "#core/language";
import { type Messages, messagesFor } from "#core/messages/index";
import { allowedFor } from "#core/option-values";
import { describeOptions, type OptionSpec } from "#core/options";
import { cutLine } from "#src/adapters/chat/plain-text";
import { fileOption, takesDocument } from "#src/adapters/chat/taken-files";
import { LIMITS } from "./limits.ts";
import { description, localised, optionName, type Taiwan } from "./localisation.ts";

/** Holds what has no option of its own, as one would type it. */
export const MORE = "more";
/** The attachment that stands for the option that takes files. */
export const FILE = "file";

const inBoth = (sentence: (say: Messages) => string): Bilingual => ({
  zh: sentence(messagesFor("zh")),
  en: sentence(messagesFor("en")),
});

interface Named {
  readonly name: string;
  readonly label: Bilingual;
  readonly about: Bilingual;
}

/** What the options of a command are called and what is said of them; the first names of a language win. */
function words(named: readonly Named[], taiwan: Taiwan) {
  const taken = new Set<string>();
  return named.map(({ name, label, about }) => {
    const names = localised(label, taiwan, optionName);
    const different = Object.entries(names).filter(([locale, text]) => {
      const mark = `${locale} ${text}`;
      if (text === "" || taken.has(mark)) return false;
      taken.add(mark);
      return true;
    });
    return {
      name,
      name_localizations: Object.fromEntries(different),
      description: description(about.en),
      description_localizations: localised(about, taiwan, description),
    };
  });
}

/** What an option is for, and in Chinese what it takes: descriptions are written in English only. */
function aboutOf({ name, meta, ...spec }: OptionSpec): Bilingual {
  const label = meta.label ?? { zh: name, en: name };
  const takes = messagesFor("zh").options.takes(allowedFor({ name, meta, ...spec }));
  return { en: meta.description ?? label.en, zh: takes === "" ? label.zh : `${label.zh}：${takes}` };
}

/** A choice by its own word and, in Chinese, by the first Chinese word that people type for it. */
function choiceOf(
  value: string,
  { meta }: OptionSpec,
  taiwan: Taiwan,
): APIApplicationCommandOptionChoice<string> {
  const chinese = meta.words?.[value]?.find((word) => /^\p{sc=Han}+$/u.test(word));
  const shorten = (text: string): string => cutLine(text, LIMITS.choiceName);
  return {
    name: shorten(value),
    value,
    ...(chinese === undefined
      ? {}
      : { name_localizations: localised({ en: value, zh: `${value} ${chinese}` }, taiwan, shorten) }),
  };
}

type Words = ReturnType<typeof words>[number];

/** The option with Discord's own type, where it has one for what the schema takes; text for anything mixed. */
function typed(said: Words, spec: OptionSpec, taiwan: Taiwan): APIApplicationCommandBasicOption {
  const { kinds, range, meta } = spec;
  const base = { ...said, required: spec.required };
  const only = (kind: "boolean" | "number"): boolean => kinds.size === 1 && kinds.has(kind);
  if (meta.picks === "channel") return { ...base, type: 7, channel_types: [0, 5] };
  if (meta.picks === "roles") return { ...base, type: 8 };
  if (only("boolean")) return { ...base, type: 5 };
  if (only("number")) {
    const bounds = {
      ...(range?.least == null ? {} : { min_value: range.least }),
      ...(range?.most == null ? {} : { max_value: range.most }),
    };
    return range?.whole === true ? { ...base, type: 4, ...bounds } : { ...base, type: 10, ...bounds };
  }
  const { choices } = allowedFor(spec);
  const closed = !kinds.has("text") && !kinds.has("number") && !kinds.has("list");
  if (closed && choices.length > 0 && choices.length <= LIMITS.choices) {
    return { ...base, type: 3, choices: choices.map((choice) => choiceOf(choice, spec, taiwan)) };
  }
  // More words than Discord lists are offered while one types.
  const offered = meta.suggest !== undefined || choices.length > LIMITS.choices;
  return { ...base, type: 3, ...(offered ? { autocomplete: true } : {}) };
}

/** The options that people give, not those that only buttons set; what must be given first, as Discord wants it. */
export const givenOptions = ({ options }: Command): readonly OptionSpec[] =>
  describeOptions(options)
    .filter(({ meta }) => meta.label !== undefined)
    .toSorted((one, other) => Number(other.required) - Number(one.required));

/** The options of a command with Discord's types, choices and names; those that are too many go into one text. */
export function optionsJson(command: Command, taiwan: Taiwan): APIApplicationCommandBasicOption[] {
  const all = givenOptions(command);
  const takesFile = fileOption(command) !== undefined;
  const room = LIMITS.commandOptions - (takesFile ? 1 : 0);
  const shown = all.length <= room ? all : all.slice(0, room - 1);
  const named = shown.map((spec) => ({
    name: optionName(spec.name),
    label: spec.meta.label ?? { zh: spec.name, en: spec.name },
    about: aboutOf(spec),
  }));
  const file = {
    name: FILE,
    label: inBoth((say) => say.registration.file),
    about: inBoth((say) =>
      takesDocument(command) ? say.registration.documentAbout : say.registration.fileAbout,
    ),
  };
  const more = {
    name: MORE,
    label: inBoth((say) => say.registration.more),
    about: inBoth((say) => say.registration.moreAbout),
  };
  const said = words(
    [...named, ...(takesFile ? [file] : []), ...(shown.length < all.length ? [more] : [])],
    taiwan,
  );
  return said.map((each, at) => {
    const spec = shown[at];
    if (spec !== undefined) return typed(each, spec, taiwan);
    return each.name === FILE
      ? { ...each, type: 11, required: false }
      : { ...each, type: 3, required: false };
  });
}
