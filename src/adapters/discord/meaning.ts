import { ApplicationCommandOptionType, ApplicationCommandType, InteractionType } from "discord.js";
import type { Command } from "#core/command";
import type { TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Action } from "#core/reply";
import { pressedBy, textBehind } from "#src/adapters/chat/kept";
import type { Meant } from "#src/adapters/chat/opening";
import { keyIn, type Pressed, readPressed } from "#src/adapters/chat/pressed";
import { fileOption, takesDocument } from "#src/adapters/chat/taken-files";
import { readAttachment, readDocument } from "./attachments.ts";
import {
  type Attachment,
  type CommandInteraction,
  fieldsOf,
  type GivenOption,
  type Interaction,
  type Press,
  type Submission,
} from "./interaction.ts";
import type { Parts } from "./parts.ts";
import { messageMenu } from "./register.ts";
import { readMark } from "./server-mark.ts";
import { typedOptions } from "./typed-options.ts";

/** The options that a member gave, out of the groups that Discord puts them in. */
export const optionsGiven = (options: readonly GivenOption[]): readonly GivenOption[] =>
  options.flatMap((option) => (option.options === undefined ? [option] : optionsGiven(option.options)));

const isFile = ({ type }: GivenOption): boolean => type === ApplicationCommandOptionType.Attachment;

const commandNamed = (name: string, { commands }: Parts): Command => {
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Refusal((say) => say.dispatch.unknownCommand(name, null));
  return command;
};

/** The text of all files, one after the other. */
async function textOf(files: readonly Attachment[], { files: source }: Parts): Promise<string> {
  const texts: string[] = [];
  for (const file of files) texts.push(await readAttachment(file, source));
  return texts.join("\n\n");
}

const typedAction = (command: Command, options: readonly GivenOption[]): Action => ({
  command: command.name,
  options: typedOptions(
    command,
    options.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }])),
  ),
});

/** A slash command, with the text of the files that were attached to it. */
async function slashAction({ data }: CommandInteraction, parts: Parts): Promise<Action> {
  const command = commandNamed(data.name, parts);
  const given = optionsGiven(data.options);
  const action = typedAction(
    command,
    given.filter((option) => !isFile(option)),
  );
  const files = given
    .filter(isFile)
    .flatMap(({ value }) => data.resolved?.attachments?.[String(value)] ?? []);
  const takes = fileOption(command)?.name;
  const [first] = files;
  if (first === undefined || takes === undefined) return action;
  if (takesDocument(command))
    return { ...action, options: { ...action.options, [takes]: await readDocument(first, parts.files) } };
  const typed = action.options[takes];
  const text = await textOf(files, parts);
  return {
    ...action,
    options: { ...action.options, [takes]: typeof typed === "string" ? `${typed}\n\n${text}` : text },
  };
}

/** A command of a message's own menu, with the text of the message and of its files. */
async function menuAction({ data }: CommandInteraction, parts: Parts): Promise<Action> {
  const menu = messageMenu(parts.commands, data.name);
  const message = data.resolved?.messages?.[data.target_id ?? ""];
  if (menu === null || message === undefined)
    throw new Refusal((say) => say.dispatch.unknownCommand(data.name, null));
  const files = message.attachments.length === 0 ? "" : await textOf(message.attachments, parts);
  const text = [message.content, files].filter((part) => part.trim() !== "").join("\n\n");
  if (text === "") throw new Refusal((say) => say.adapting.nothingToRead);
  return { command: menu.command.name, options: { [menu.option]: text } };
}

const unknownButton = (): Refusal => new Refusal((say) => say.adapting.unknownButton);

/** What was picked in a menu, as its values were before they were shortened. */
async function pickedIn({ data }: Press, tenant: TenantId, { services }: Parts): Promise<readonly string[]> {
  const picked: string[] = [];
  for (const value of data.values) {
    const text = await textBehind(value, tenant, services);
    if (text === null) throw unknownButton();
    picked.push(text);
  }
  return picked;
}

async function pressMeant(press: Press, pressed: Pressed, tenant: TenantId, parts: Parts): Promise<Meant> {
  switch (pressed.kind) {
    case "run":
    case "form":
      return { action: pressed.action, opensForm: pressed.kind === "form" };
    case "choice": {
      const picked = await pickedIn(press, tenant, parts);
      const value = pressed.multiple ? picked : picked[0];
      const { command, options } = pressed.action;
      return { action: { command, options: { ...options, [pressed.option]: value } }, opensForm: false };
    }
    case "pick": {
      const [picked] = await pickedIn(press, tenant, parts);
      const linked = picked === undefined ? null : readPressed(picked);
      if (linked?.kind !== "run") throw unknownButton();
      return { action: linked.action, opensForm: false };
    }
    case "send":
      throw unknownButton();
  }
}

const sent = ({ data }: Submission, pressed: Pressed): Meant => {
  if (pressed.kind !== "send") throw unknownButton();
  const { command, options } = pressed.action;
  return { action: { command, options: { ...options, ...fieldsOf(data.components) } }, opensForm: false };
};

/**
 * What an interaction means as far as that can be said without reading anything, so that a form can be opened at
 * once; null where it cannot.
 */
export function meantAtOnce(interaction: Interaction, { commands }: Parts): Meant | null {
  if (interaction.type === InteractionType.MessageComponent) {
    const { id } = readMark(interaction.data.custom_id);
    const pressed = keyIn(id) === null ? readPressed(id) : null;
    if (pressed?.kind !== "run" && pressed?.kind !== "form") return null;
    return { action: pressed.action, opensForm: pressed.kind === "form" };
  }
  if (interaction.type !== InteractionType.ApplicationCommand) return null;
  const { name, type, options } = interaction.data;
  const command = commands.find((candidate) => candidate.name === name);
  const given = optionsGiven(options);
  if (type !== ApplicationCommandType.ChatInput || command === undefined || given.some(isFile)) return null;
  return { action: typedAction(command, given), opensForm: false };
}

/**
 * What an interaction means.
 *
 * @param tenant under which the buttons of the conversation are kept
 * @throws Refusal for a button that is not known any more, was forged, or a file that cannot be read
 */
export async function meantBy(interaction: Interaction, tenant: TenantId, parts: Parts): Promise<Meant> {
  switch (interaction.type) {
    case InteractionType.ApplicationCommand: {
      const isMenu = interaction.data.type === ApplicationCommandType.Message;
      const action = isMenu ? await menuAction(interaction, parts) : await slashAction(interaction, parts);
      return { action, opensForm: false };
    }
    case InteractionType.MessageComponent:
    case InteractionType.ModalSubmit: {
      const { id } = readMark(interaction.data.custom_id);
      const pressed = await pressedBy(id, tenant, parts.services);
      if (pressed === null) throw unknownButton();
      return interaction.type === InteractionType.ModalSubmit
        ? sent(interaction, pressed)
        : pressMeant(interaction, pressed, tenant, parts);
    }
    case InteractionType.ApplicationCommandAutocomplete:
      throw new Error("suggestions are no action");
  }
}
