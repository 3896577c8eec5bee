import { ApplicationCommandOptionType, ApplicationCommandType } from "discord.js";
import { Form, isJson, type Json, locales, objectsIn, textIn } from "./form.ts";
import type { Violation } from "./violation.ts";

const chatName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const withChoices: ReadonlySet<unknown> = new Set([
  ApplicationCommandOptionType.String,
  ApplicationCommandOptionType.Integer,
  ApplicationCommandOptionType.Number,
]);
const groups: ReadonlySet<unknown> = new Set([
  ApplicationCommandOptionType.Subcommand,
  ApplicationCommandOptionType.SubcommandGroup,
]);

const localised = (value: unknown): readonly (readonly [string, unknown])[] =>
  isJson(value) ? Object.entries(value) : [];

function checkChatName(form: Form, path: string, name: unknown): void {
  const text = textIn(name);
  form.needed(path, name, "commandName");
  if (!chatName.test(text)) form.refuse(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
  else if (text !== text.toLowerCase())
    form.refuse(
      path,
      "APPLICATION_COMMAND_INVALID_NAME",
      "Letters that have a lower case are written in it.",
    );
}

function checkWords(form: Form, path: string, thing: Json, isChat: boolean): void {
  const names: readonly (readonly [string, unknown])[] = [
    ["name", thing.name],
    ...localised(thing.name_localizations).map(([key, text]) => [`name_localizations.${key}`, text] as const),
  ];
  for (const [key, name] of names) {
    if (isChat) checkChatName(form, `${path}.${key}`, name);
    else form.needed(`${path}.${key}`, name, "commandName");
  }
  if (isChat) form.needed(`${path}.description`, thing.description, "commandDescription");
  else if (textIn(thing.description) !== "")
    form.refuse(`${path}.description`, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Has no description.");
  for (const [key, text] of localised(thing.description_localizations))
    form.needed(`${path}.description_localizations.${key}`, text, "commandDescription");
  for (const dictionary of ["name_localizations", "description_localizations"]) {
    const entries = localised(thing[dictionary]);
    form.count(`${path}.${dictionary}`, entries.length, "localisations");
    for (const [locale] of entries)
      if (!locales.has(locale))
        form.refuse(
          `${path}.${dictionary}.${locale}`,
          "ENUM_TYPE_COERCE",
          `${locale} is not a locale of Discord's.`,
        );
  }
}

function checkChoices(form: Form, path: string, option: Json): void {
  const choices = objectsIn(option.choices);
  form.count(`${path}.choices`, choices.length, "optionChoices");
  if (choices.length > 0 && !withChoices.has(option.type))
    form.refuse(`${path}.choices`, "UNKNOWN_FIELD", "An option of this type has no choices.");
  if (choices.length > 0 && option.autocomplete === true)
    form.refuse(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", "Either choices or autocomplete.");
  for (const [at, choice] of choices.entries()) {
    const where = `${path}.choices.${at}`;
    form.needed(`${where}.name`, choice.name, "choiceName");
    for (const [locale, name] of localised(choice.name_localizations)) {
      form.needed(`${where}.name_localizations.${locale}`, name, "choiceName");
      if (!locales.has(locale))
        form.refuse(where, "ENUM_TYPE_COERCE", `${locale} is not a locale of Discord's.`);
    }
    if (option.type === ApplicationCommandOptionType.String)
      form.needed(`${where}.value`, choice.value, "choiceValue");
    else if (typeof choice.value !== "number") form.refuse(where, "NUMBER_TYPE_COERCE", "Not a number.");
  }
  form.unique(
    `${path}.choices`,
    choices.map(({ name }) => textIn(name)),
    "APPLICATION_COMMAND_OPTIONS_CHOICES_NAME_DUPLICATE",
    "The name of a choice",
  );
}

/** What may hold subcommands: a command holds both kinds, a group only subcommands, a subcommand none. */
const mayHold = (parent: unknown, type: unknown): boolean =>
  parent === null ||
  (parent === ApplicationCommandOptionType.SubcommandGroup &&
    type === ApplicationCommandOptionType.Subcommand);

function checkOptions(form: Form, path: string, value: unknown, parent: unknown): void {
  const options = objectsIn(value);
  form.count(`${path}.options`, options.length, "commandOptions");
  const isMixed =
    options.some(({ type }) => groups.has(type)) && options.some(({ type }) => !groups.has(type));
  if (isMixed)
    form.refuse(`${path}.options`, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Options beside subcommands.");
  let isOptional = false;
  for (const [at, option] of options.entries()) {
    const where = `${path}.options.${at}`;
    checkWords(form, where, option, true);
    checkChoices(form, where, option);
    form.within(`${where}.min_length`, option.min_length, 0, 6000);
    form.within(`${where}.max_length`, option.max_length, 1, 6000);
    if (option.required === true && isOptional)
      form.refuse(
        where,
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required options come before others.",
      );
    if (option.required !== true && !groups.has(option.type)) isOptional = true;
    if (groups.has(option.type)) {
      if (!mayHold(parent, option.type))
        form.refuse(where, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deep.");
      checkOptions(form, where, option.options, option.type);
    } else if (objectsIn(option.options).length > 0)
      form.refuse(`${where}.options`, "UNKNOWN_FIELD", "Only subcommands have options.");
  }
  const names = options.map(({ name }) => textIn(name));
  form.unique(`${path}.options`, names, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "The name of an option");
}

/** Characters that count towards 8,000: the longest localisation of every name, description and value. */
function wordsOf(thing: Json): number {
  const longest = (key: string) =>
    Math.max(
      textIn(thing[key]).length,
      ...localised(thing[`${key}_localizations`]).map(([, text]) => textIn(text).length),
    );
  const below = [...objectsIn(thing.options), ...objectsIn(thing.choices)];
  return below.reduce(
    (sum, inner) => sum + wordsOf(inner),
    longest("name") + longest("description") + textIn(thing.value).length,
  );
}

/** What one application command breaks. */
export function checkCommand(command: Json, path = ""): readonly Violation[] {
  const form = new Form();
  const type = command.type ?? ApplicationCommandType.ChatInput;
  const isChat = type === ApplicationCommandType.ChatInput;
  checkWords(form, path, command, isChat);
  if (isChat) checkOptions(form, path, command.options, null);
  else if (objectsIn(command.options).length > 0)
    form.refuse(`${path}.options`, "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", "Has no options.");
  form.count(path, wordsOf(command), "commandText");
  return form.violations;
}

/** What a whole registration breaks: each command, how many there are of each type, and names used twice. */
export function checkCommands(body: readonly unknown[]): readonly Violation[] {
  const form = new Form();
  const commands = objectsIn(body);
  const typeOf = (command: Json) => command.type ?? ApplicationCommandType.ChatInput;
  const ofType = (type: ApplicationCommandType) => commands.filter((command) => typeOf(command) === type);
  const limits = [
    [ApplicationCommandType.ChatInput, "chatCommands"],
    [ApplicationCommandType.User, "contextCommands"],
    [ApplicationCommandType.Message, "contextCommands"],
  ] as const;
  for (const [type, rule] of limits) {
    const names = ofType(type).map(({ name }) => textIn(name));
    form.count("commands", names.length, rule);
    form.unique("commands", names, "APPLICATION_COMMANDS_DUPLICATE_NAME", "The name of a command");
  }
  return [...form.violations, ...commands.flatMap((command, at) => checkCommand(command, `${at}`))];
}
