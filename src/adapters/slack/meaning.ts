import { z } from "zod";
import type { Command } from "#core/command";
import type { TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Action } from "#core/reply";
import type { Input, Request } from "#core/request";
import { pressedBy, textBehind } from "#src/adapters/chat/kept";
import type { Meant } from "#src/adapters/chat/opening";
import { keyIn, type Pressed, readPressed } from "#src/adapters/chat/pressed";
import { fileOption, optionsTyped, takesDocument } from "#src/adapters/chat/taken-files";
import { type DocumentFile, readDocumentFile, readTextFile } from "#src/adapters/chat/text-file";
import { pickedValues, pressedText } from "./action-id.ts";
import type { Calls } from "./calls.ts";
import type { Press, Shortcut, SlackFile, Submission, Typed, Written } from "./delivery.ts";
import { messageShortcut, STUDY, slashCommandOf, studyLine } from "./manifest.ts";
import { submittedOptions } from "./modal-options.ts";
import type { Parts } from "./parts.ts";
import { typedLine } from "./typed-line.ts";

const commandNamed = (name: string, commands: readonly Command[]): Command => {
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Refusal((say) => say.dispatch.unknownCommand(name, null));
  return command;
};

/** A line behind a command's name, as a person typed it. */
function lineOf(
  name: string,
  text: string,
  commands: readonly Command[],
): Pick<Request, "command" | "input"> {
  const command = commands.find((candidate) => candidate.name === name);
  return { command: name, input: { kind: "text", text: typedLine(text, command) } };
}

/** What a slash command asks for: itself, or with `/study` the command that is named behind it. */
export function typedCommand(
  { command, text }: Pick<Typed, "command" | "text">,
  { commands, prefix }: Pick<Parts, "commands" | "prefix">,
): Pick<Request, "command" | "input"> {
  const name = slashCommandOf(command, prefix, commands) ?? command.replace(/^\//u, "");
  if (name !== STUDY) return lineOf(name, text, commands);
  const line = studyLine(text);
  return lineOf(line.command, line.text, commands);
}

const unknownButton = (): Refusal => new Refusal((say) => say.adapting.unknownButton);

/** What a press means as far as that can be said without reading anything; null where it cannot. */
export function pressedAtOnce({ actions: [element] }: Press): Meant | null {
  const text = element === undefined ? "" : pressedText(element);
  const pressed = keyIn(text) === null ? readPressed(text) : null;
  if (pressed?.kind !== "run" && pressed?.kind !== "form") return null;
  return { action: pressed.action, opensForm: pressed.kind === "form" };
}

/** What was picked, as its values were before they were shortened. */
async function pickedIn(element: unknown, tenant: TenantId, { services }: Parts): Promise<readonly string[]> {
  const picked: string[] = [];
  for (const value of pickedValues(element)) {
    const text = await textBehind(value, tenant, services);
    if (text === null) throw unknownButton();
    picked.push(text);
  }
  return picked;
}

async function meantBy(pressed: Pressed, element: unknown, tenant: TenantId, parts: Parts): Promise<Meant> {
  switch (pressed.kind) {
    case "run":
    case "form":
      return { action: pressed.action, opensForm: pressed.kind === "form" };
    case "choice": {
      const picked = await pickedIn(element, tenant, parts);
      const value = pressed.multiple ? picked : picked[0];
      const { command, options } = pressed.action;
      return { action: { command, options: { ...options, [pressed.option]: value } }, opensForm: false };
    }
    case "pick": {
      const [picked] = await pickedIn(element, tenant, parts);
      const linked = picked === undefined ? null : readPressed(picked);
      if (linked?.kind !== "run") throw unknownButton();
      return { action: linked.action, opensForm: false };
    }
    case "send":
      throw unknownButton();
  }
}

/** @throws Refusal for a button that is not known any more, or was forged */
export async function pressMeant({ actions }: Press, tenant: TenantId, parts: Parts): Promise<Meant> {
  const [element] = actions;
  const pressed =
    element === undefined ? null : await pressedBy(pressedText(element), tenant, parts.services);
  if (pressed === null) throw unknownButton();
  return meantBy(pressed, element, tenant, parts);
}

/** @throws Refusal for a form that is not known any more, or words in it that its command does not know */
export async function sentMeant({ view }: Submission, tenant: TenantId, parts: Parts): Promise<Action> {
  const pressed = await pressedBy(view.private_metadata, tenant, parts.services);
  if (pressed?.kind !== "send") throw unknownButton();
  const { command, options } = pressed.action;
  try {
    const given = submittedOptions(commandNamed(command, parts.commands), view.state?.values ?? {});
    return { command, options: { ...options, ...given } };
  } catch (error) {
    // Fields as no form of ours has them.
    throw error instanceof z.ZodError
      ? new Refusal((say) => say.adapting.unknownButton, { cause: error })
      : error;
  }
}

/** The texts of files, from Slack's own host, one after the other. */
async function textsOf(files: readonly SlackFile[], calls: Calls, { fileOrigins }: Parts): Promise<string[]> {
  const source = { origins: fileOrigins, fetch, headers: { authorization: `Bearer ${calls.token}` } };
  const texts: string[] = [];
  for (const { id, name, size = 0, url_private_download, url_private } of files) {
    const url = url_private_download ?? url_private ?? "";
    texts.push(await readTextFile({ name: name ?? id, size, url }, source));
  }
  return texts;
}

/** A document, from Slack's own host. */
function documentIn(
  { id, name, size = 0, url_private_download, url_private }: SlackFile,
  calls: Calls,
  { fileOrigins }: Parts,
): Promise<DocumentFile> {
  const source = { origins: fileOrigins, fetch, headers: { authorization: `Bearer ${calls.token}` } };
  const url = url_private_download ?? url_private ?? "";
  return readDocumentFile({ name: name ?? id, size, url }, source);
}

/** @throws Refusal where the message holds nothing to read */
export async function shortcutMeant(shortcut: Shortcut, calls: Calls, parts: Parts): Promise<Action> {
  const { callback_id: id, message } = shortcut;
  const menu = messageShortcut(parts.commands, id);
  if (menu === null) throw new Refusal((say) => say.dispatch.unknownCommand(id, null));
  const texts = [typedLine(message.text), ...(await textsOf(message.files, calls, parts))];
  const text = texts.filter((part) => part.trim() !== "").join("\n\n");
  if (text === "") throw new Refusal((say) => say.adapting.nothingToRead);
  return { command: menu.command.name, options: { [menu.option]: text } };
}

/** What stands in a message beside the bot's name. */
const wordsIn = ({ text }: Written, bot: string): string =>
  text.replaceAll(new RegExp(`<@${bot}(?:\\|[^>\\n]{0,200})?>`, "g"), "").trim();

/**
 * What a message asks for: a command, or an answer where it names none. A file is read for a command that takes one;
 * without a command it goes to the one that is offered on messages.
 *
 * @throws Refusal where a file cannot be read
 */
export async function writtenMeant(
  message: Written,
  bot: string,
  calls: Calls,
  parts: Parts,
): Promise<{ readonly command: string; readonly input: Input }> {
  const { commands, prefix } = parts;
  const words = wordsIn(message, bot);
  const [, slashed, behind = ""] = /^[/／](\S{1,100})(?:\s([\s\S]*))?$/u.exec(words) ?? [];
  const typed =
    slashed === undefined
      ? null
      : typedCommand({ command: `/${slashed.toLowerCase()}`, text: behind }, { commands, prefix });
  const named = commands.find(({ name }) => name === typed?.command);
  const reader = typed === null ? commands.find(({ onMessage }) => onMessage !== undefined) : named;
  const [document] = message.files;
  if (named !== undefined && document !== undefined && takesDocument(named)) {
    const behindIt = typed?.input.kind === "text" ? typed.input.text : "";
    const given = { [fileOption(named)?.name ?? ""]: await documentIn(document, calls, parts) };
    return {
      command: named.name,
      input: { kind: "typed", options: { ...optionsTyped(named, behindIt), ...given } },
    };
  }
  const files =
    reader !== undefined && fileOption(reader) !== undefined
      ? await textsOf(message.files, calls, parts)
      : [];
  const line = typed?.input.kind === "text" ? typed.input.text : typedLine(words);
  const text = [line, ...files].filter((part) => part !== "").join("\n\n");
  const input = { kind: "text", text } as const;
  if (typed !== null) return { command: typed.command, input };
  if (files.length > 0 && reader !== undefined) return { command: reader.name, input };
  return { command: text === "" ? "help" : "answer", input };
}
