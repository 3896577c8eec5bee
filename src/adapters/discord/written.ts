import { MessageType } from "discord.js";
import { z } from "zod";
import type { Command } from "#core/command";
import type { Request } from "#core/request";
import { fileOption, optionsTyped, takesDocument } from "#src/adapters/chat/taken-files";
import type { FileSource } from "#src/adapters/chat/text-file";
import { readAttachment, readDocument } from "./attachments.ts";
import { attachmentSchema } from "./interaction.ts";
import { snowflakeSchema } from "./snowflake.ts";

/** A MESSAGE_CREATE as far as we read it. */
export const writtenSchema = z.object({
  id: snowflakeSchema,
  channel_id: snowflakeSchema,
  guild_id: snowflakeSchema.optional(),
  type: z.number(),
  webhook_id: snowflakeSchema.optional(),
  author: z.object({ id: snowflakeSchema, bot: z.boolean().optional() }),
  content: z.string().max(8000),
  mentions: z
    .array(z.object({ id: snowflakeSchema }))
    .max(200)
    .default([]),
  attachments: z.array(attachmentSchema).max(20).default([]),
});
export type Written = z.infer<typeof writtenSchema>;

/** Discord turns a paste of more than 2,000 characters into a file of this name. */
const PASTE = "message.txt";

/** Whether a message is a member's, and for the bot. */
export const isForBot = (message: Written, application: string): boolean =>
  (message.type === MessageType.Default || message.type === MessageType.Reply) &&
  message.webhook_id === undefined &&
  message.author.bot !== true &&
  message.author.id !== application &&
  (message.guild_id === undefined || message.mentions.some(({ id }) => id === application));

/** What stands in a message beside the bot's name. */
const wordsIn = ({ content }: Written, application: string): string =>
  content.replaceAll(new RegExp(`<@!?${application}>`, "g"), "").trim();

/** `/vram 7b` as [`vram`, `7b`], with the slash of a Chinese keyboard too; null for plain text. */
function commandIn(text: string): readonly [string, string] | null {
  const parts = /^[/／](\S{0,200})(?:\s([\s\S]*))?/u.exec(text);
  return parts === null ? null : [(parts[1] ?? "").toLowerCase(), parts[2] ?? ""];
}

/**
 * What a message asks for: a command, or an answer where it names none. A file is read for a command that takes one;
 * without a command it goes to the one that is offered on messages.
 *
 * @throws Refusal where a file cannot be read
 */
export async function meaningOf(
  message: Written,
  application: string,
  commands: readonly Command[],
  source: FileSource,
): Promise<Pick<Request, "command" | "input">> {
  const pasted: string[] = [];
  const files: string[] = [];
  const typed = commandIn(wordsIn(message, application));
  const named = commands.find(({ name }) => name === typed?.[0]);
  const reader = typed === null ? commands.find(({ onMessage }) => onMessage !== undefined) : named;
  const [document] = message.attachments;
  if (typed !== null && named !== undefined && document !== undefined && takesDocument(named)) {
    const given = { [fileOption(named)?.name ?? ""]: await readDocument(document, source) };
    return {
      command: named.name,
      input: { kind: "typed", options: { ...optionsTyped(named, typed[1]), ...given } },
    };
  }
  for (const file of message.attachments) {
    if (file.filename === PASTE) pasted.push(await readAttachment(file, source));
    else if (reader !== undefined && fileOption(reader) !== undefined)
      files.push(await readAttachment(file, source));
  }
  const words = typed === null ? wordsIn(message, application) : typed[1];
  const text = [words, ...pasted, ...files].filter((part) => part !== "").join("\n\n");
  if (typed !== null) return { command: typed[0], input: { kind: "text", text } };
  if (files.length > 0 && reader !== undefined)
    return { command: reader.name, input: { kind: "text", text } };
  return { command: text === "" ? "help" : "answer", input: { kind: "text", text } };
}
