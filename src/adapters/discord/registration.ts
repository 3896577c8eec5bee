import { type REST, Routes } from "discord.js";
import { z } from "zod";
import type { Command } from "#core/command";
import type { Log } from "#core/ports";
import { commandsJson } from "./register.ts";

const commandSchema = z.object({
  type: z.number().default(1),
  name: z.string(),
  options: z.array(z.object({ name: z.string() })).default([]),
});

/** A command and its options, by their names. */
function nameOf(command: unknown): string {
  const { type, name, options } = commandSchema.parse(command);
  const shown = type === 1 ? `/${name}` : name;
  return [shown, ...options.map((option) => option.name).toSorted()].join(" ");
}

/**
 * Says so, once, where Discord offers members other commands than this program has: they are registered by the set-up,
 * which was not run since one was added, renamed or dropped. Never rejects.
 *
 * @param guild the one server in which they are tried out; null where they are registered for all
 */
export async function warnOfOtherCommands(
  { application, guild }: { readonly application: string; readonly guild: string | null },
  commands: readonly Command[],
  { rest, log }: { readonly rest: REST; readonly log: Log },
): Promise<void> {
  const route =
    guild === null
      ? Routes.applicationCommands(application)
      : Routes.applicationGuildCommands(application, guild);
  try {
    const there = z
      .array(z.unknown())
      .parse(await rest.get(route))
      .map(nameOf);
    // Names alone: what they are called in Taiwan takes dictionaries of many megabytes.
    const own = commandsJson(commands, (text) => text).map(nameOf);
    const missing = own.filter((name) => !there.includes(name));
    const stale = there.filter((name) => !own.includes(name));
    if (missing.length + stale.length === 0) return;
    log.warn("members are offered other commands than this program has: run npm run setup discord", {
      missing,
      stale,
    });
  } catch (error) {
    log.warn("which commands members are offered could not be read", { reason: String(error) });
  }
}
