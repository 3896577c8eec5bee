import type {
  RESTPostAPIApplicationCommandsJSONBody,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord.js";
import type { Command } from "#core/command";
import type { Bilingual } from "#core/language";
import { cutLine } from "#src/adapters/chat/plain-text";
import { LIMITS } from "./limits.ts";
import { description, localised, type Taiwan } from "./localisation.ts";
import { optionsJson } from "./option-json.ts";

/** Manage Server: whoever has it is an admin. Servers may give a command to others; its own check is unchanged by that. */
const MANAGE_GUILD = String(1n << 5n);

/** Where the bot is installed and where its commands are offered: servers, and direct messages with it. */
const everywhere: Pick<RESTPostAPIChatInputApplicationCommandsJSONBody, "contexts" | "integration_types"> = {
  contexts: [0, 1],
  integration_types: [0],
};

const rights = ({ who }: Command) => ({
  default_member_permissions: who === "admin" ? MANAGE_GUILD : null,
});

function slashCommand(command: Command, taiwan: Taiwan): RESTPostAPIApplicationCommandsJSONBody {
  return {
    type: 1,
    // One name in every language: that is how every sentence of the bot calls the command.
    name: command.name,
    description: description(command.summary.en),
    description_localizations: localised(command.summary, taiwan, description),
    options: optionsJson(command, taiwan),
    ...rights(command),
    ...everywhere,
  };
}

function messageCommand(
  command: Command,
  title: Bilingual,
  taiwan: Taiwan,
): RESTPostAPIApplicationCommandsJSONBody {
  const shorten = (text: string): string => cutLine(text, LIMITS.commandName);
  return {
    type: 3,
    name: shorten(title.en),
    name_localizations: localised(title, taiwan, shorten),
    ...rights(command),
    ...everywhere,
  };
}

const registered = (commands: readonly Command[]): Command[] =>
  commands.filter(({ where }) => where === "everywhere");

/**
 * Every command as Discord registers it, with the menus that commands have on messages.
 *
 * @param taiwan `asInTaiwan`, whose dictionaries are too large for a process that registers nothing
 */
export function commandsJson(
  commands: readonly Command[],
  taiwan: Taiwan,
): readonly RESTPostAPIApplicationCommandsJSONBody[] {
  const all = registered(commands);
  return [
    ...all.map((command) => slashCommand(command, taiwan)),
    ...all.flatMap((command) =>
      command.onMessage === undefined ? [] : [messageCommand(command, command.onMessage.title, taiwan)],
    ),
  ];
}

/** The command behind an entry of a message's menu, and the option that takes the message's text. */
export function messageMenu(
  commands: readonly Command[],
  name: string,
): { readonly command: Command; readonly option: string } | null {
  for (const command of registered(commands)) {
    const menu = command.onMessage;
    if (menu !== undefined && cutLine(menu.title.en, LIMITS.commandName) === name) {
      return { command, option: menu.option };
    }
  }
  return null;
}
