import type { Locale } from "./locale.ts";
import type { WireCommand, WireOption } from "./wire.ts";

export interface Completion {
  /** The whole text of the box once it is taken. */
  readonly text: string;
  /** What is offered, and what it means. */
  readonly shown: string;
  readonly meaning: string;
}

/** Few enough to be read at a glance. */
const MOST = 12;

function forOption(option: WireOption, word: string, locale: Locale): { word: string; meaning: string }[] {
  const names = [option.name, ...option.aliases];
  const equals = word.indexOf("=");
  const meaning = option.label[locale];
  if (equals > 0) {
    const key = word.slice(0, equals);
    if (!names.includes(key.toLowerCase())) return [];
    const begun = word.slice(equals + 1).toLowerCase();
    return option.choices
      .filter((choice) => choice.toLowerCase().startsWith(begun))
      .map((choice) => ({ word: `${key}=${choice} `, meaning }));
  }
  const lower = word.toLowerCase();
  const bare = option.bare
    ? [
        ...option.choices.filter((choice) => choice !== "true" && choice !== "false"),
        ...(option.choices.includes("true") ? [option.name] : []),
      ]
    : [];
  const name = names.find((candidate) => candidate.toLowerCase().startsWith(lower));
  const keyed =
    name === undefined || option.takesText === true || bare.includes(name)
      ? []
      : [{ word: `${name}=`, meaning }];
  return [
    ...bare.filter((choice) => choice.startsWith(lower)).map((choice) => ({ word: `${choice} `, meaning })),
    ...keyed,
  ];
}

/** An option that the server knows more about, as it stands at the end of the box. */
export interface Asked {
  readonly command: string;
  readonly option: string;
  readonly typed: string;
  /** The text of the box before its value. */
  readonly before: string;
}

/** Which option the last word of the box begins, where the server knows what it could become; else null. */
export function askedAtEnd(text: string, commands: readonly WireCommand[]): Asked | null {
  const parts = /^([/／](\S{1,100})\s(?:[\s\S]*\s)?)(?:([^\s=]{1,100})=)?(\S{0,100})$/u.exec(text);
  if (parts === null) return null;
  const [, before = "", name = "", key, typed = ""] = parts;
  const command = commands.find((one) => one.name === name.toLowerCase());
  const isFirst = before.trim().toLowerCase() === `/${name}`.toLowerCase();
  const option = command?.options.find((one) =>
    key === undefined
      ? isFirst && typed !== "" && one.takesText === true
      : [one.name, ...one.aliases].includes(key.toLowerCase()),
  );
  if (command === undefined || option?.suggests !== true) return null;
  const keyed = key === undefined ? before : `${before}${key}=`;
  return { command: command.name, option: option.name, typed, before: keyed };
}

/** What the text of the command box could become: a command, an example of it, an option or its value. */
export function completionsFor(text: string, commands: readonly WireCommand[], locale: Locale): Completion[] {
  const begun = /^[/／](\S*)$/u.exec(text);
  if (begun !== null) {
    const typed = (begun[1] ?? "").toLowerCase();
    return commands
      .filter(({ name }) => name.startsWith(typed))
      .map(({ name, summary }) => ({ text: `/${name} `, shown: `/${name}`, meaning: summary[locale] }));
  }
  const parts = /^([/／](\S+)\s(?:[\s\S]*\s)?)(\S*)$/u.exec(text);
  const command = commands.find(({ name }) => name === parts?.[2]?.toLowerCase());
  if (parts === null || command === undefined) return [];
  const [, before = "", , word = ""] = parts;
  const examples =
    before.trim().toLowerCase() === `/${command.name}`
      ? command.examples
          .filter(
            (example) => example.trim() !== `/${command.name}` && example.startsWith(text.replace("／", "/")),
          )
          .map((example) => ({ text: example, shown: example, meaning: "" }))
      : [];
  const used = before.toLowerCase().split(/\s+/u);
  const words = command.options
    .filter(
      (option) =>
        !used.some((done) =>
          [option.name, ...option.aliases, ...option.choices].some(
            (name) => done === name || done.startsWith(`${name}=`),
          ),
        ),
    )
    .flatMap((option) => forOption(option, word, locale))
    .map((found) => ({ text: before + found.word, shown: found.word.trim(), meaning: found.meaning }));
  return [...(word === "" ? examples.slice(0, 3) : examples), ...words].slice(0, MOST);
}
