import { statSync } from "node:fs";
import { parseEnv } from "node:util";
import { nearest } from "#core/nearest";
import { Refusal } from "#core/refusal";
import { type Config, ConfigFault, environmentSchema, readConfig } from "#src/config";
import { createHolidays } from "#src/holidays/holidays";
import { namesTwiceIn, settingsText } from "#src/settings-file";
import { type Finding, on } from "./finding.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const settings = on("settings");

/** A name of ours is long: of `REHEARSAL_DISCORD_TOKN` more than a slip's letters may be wrong. */
const MOST_EDITS = 5;

/** Settings that go together: without one of them the others are not to be believed. */
const groupOf = (name: string): string => /^REHEARSAL_(?:DISCORD|SLACK|JUDGE|REDIS)_/.exec(name)?.[0] ?? name;

export interface Settings {
  readonly findings: readonly Finding[];
  /** What is left of the settings without those that cannot be used. */
  readonly config: Config;
  /** Groups that had to be left out, such as `REHEARSAL_REDIS_`. */
  readonly left: ReadonlySet<string>;
}

const unknownIn = (environment: Environment): readonly Finding[] => {
  const known = Object.keys(environmentSchema.shape);
  return (
    Object.keys(environment)
      // What a line without = became may end in a secret; `lostLinesIn` tells of it.
      .filter((name) => /^REHEARSAL_\w*$/i.test(name) && !known.includes(name))
      .map((name) => {
        const shown = name.slice(0, 60);
        const meant = nearest(name, known, MOST_EDITS);
        return settings.warn((say) => say.doctor.unknownSetting(shown, meant));
      })
  );
};

/** Lines that name a setting and set none, such as `REHEARSAL_TIME: 09:00`; Node passes over them without a word. */
const lostLinesIn = (text: string): readonly { readonly line: number; readonly name: string }[] => {
  // What stands between quotation marks may go over several lines.
  const values = new Set(Object.values(parseEnv(text)).flatMap((value) => value?.split("\n") ?? []));
  return text.split(/\r?\n/).flatMap((written, at) => {
    const name = /^[^#="'`]{0,40}?\b(REHEARSAL_\w{1,60})/i.exec(written)?.[1];
    const isSet = /^[ \t]*(?:export +)?REHEARSAL_\w+[ \t]*=/i.test(written);
    return name === undefined || isSet || values.has(written) ? [] : [{ line: at + 1, name }];
  });
};

/** Whether the file beside the program can be read, by nobody else, and says each thing once. */
const fileIn = (envFile: string): readonly Finding[] => {
  let text: string | null;
  try {
    text = settingsText(envFile);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [settings.fail(error.sentence)];
  }
  if (text === null) return [];
  const isOpen = process.platform !== "win32" && (statSync(envFile).mode & 0o077) !== 0;
  return [
    ...(isOpen ? [settings.warn((say) => say.doctor.envOpen(envFile))] : []),
    ...lostLinesIn(text).map(({ line, name }) =>
      settings.warn((say) => say.doctor.envLine(envFile, line, name)),
    ),
    ...namesTwiceIn(text).map((name) => settings.warn((say) => say.doctor.envTwice(envFile, name))),
  ];
};

/** What the bot would say at its start of holidays that nobody knows; it asks for them with and without a time. */
const unknownHolidays = async (typed: string | null): Promise<readonly Finding[]> => {
  if (typed === null) return [];
  try {
    await createHolidays().calendar(typed);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { sentence } = error;
    return [settings.fail((say) => say.doctor.refusedSetting("REHEARSAL_HOLIDAYS", sentence(say)))];
  }
};

/** Reads the settings, and again without those that cannot be used, so that the rest can be looked at all the same. */
export const examineSettings = async (environment: Environment, envFile: string): Promise<Settings> => {
  const findings: Finding[] = [...fileIn(envFile), ...unknownIn(environment)];
  const left = new Set<string>();
  let given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== "");
  for (;;) {
    try {
      const config = readConfig(Object.fromEntries(given));
      findings.push(...(await unknownHolidays(config.holidays)));
      const count = given.filter(([name]) => Object.hasOwn(environmentSchema.shape, name)).length;
      if (findings.every(({ state }) => state !== "fail"))
        findings.push(settings.ok((say) => say.doctor.settings(count)));
      return { findings, config, left };
    } catch (error) {
      if (!(error instanceof ConfigFault)) throw error;
      for (const { path, message } of error.issues) {
        const name = String(path[0]);
        if (left.has(groupOf(name))) continue;
        findings.push(settings.fail((say) => say.doctor.badSetting(name, message)));
      }
      for (const { path } of error.issues) left.add(groupOf(String(path[0])));
      const before = given.length;
      given = given.filter(([name]) => !left.has(groupOf(name)));
      // Nothing was given that could be left out.
      if (given.length === before) throw error;
    }
  }
};
