import { z } from "zod";
import { type Command, defineCommand, type RequestWith } from "#core/command";
import { type Messages, messagesFor } from "#core/messages/index";
import { nearest } from "#core/nearest";
import { allowedFor } from "#core/option-values";
import { describeOptions, type OptionSpec } from "#core/options";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Services } from "#core/services";

const options = z.object({
  command: z
    .string()
    .max(60)
    .optional()
    .meta({
      positional: true,
      aliases: ["命令"],
      label: { zh: "命令", en: "command" },
      description: "the command to explain",
    }),
});

type HelpRequest = RequestWith<z.output<typeof options>>;

/** What an option takes, in a few words. */
const takes = (spec: OptionSpec, say: Messages): string =>
  say.options.takes(allowedFor(spec)) || (spec.meta.rest === true ? say.help.anyText : say.help.aWord);

function explain(command: Command, request: HelpRequest): Reply {
  const messages = messagesFor(request.locale);
  const say = messages.help;
  // An option without a label is for buttons, not for people.
  const specs = describeOptions(command.options).filter(({ meta }) => meta.label !== undefined);
  const table: Block = {
    kind: "table",
    columns: [
      { label: say.option, align: "left" },
      { label: say.meaning, align: "left" },
      { label: say.values, align: "left" },
    ],
    rows: specs.map((spec) => [
      spec.name,
      spec.meta.label?.[request.locale] ?? spec.name,
      takes(spec, messages),
    ]),
  };
  return privateReply(
    { kind: "heading", text: `/${command.name}` },
    { kind: "text", text: command.summary[request.locale] },
    ...(specs.length === 0 ? [] : [table]),
    { kind: "heading", text: say.examples },
    { kind: "code", text: command.examples.join("\n") },
  );
}

async function run(request: HelpRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).help;
  const typed = request.options.command?.replace(/^[/／]/u, "").toLowerCase();
  if (typed !== undefined) {
    const command = services.commands.find(({ name }) => name === typed);
    if (command !== undefined) return explain(command, request);
    const suggestion = nearest(
      typed,
      services.commands.map(({ name }) => name),
    );
    throw new Refusal((messages) => messages.dispatch.unknownCommand(typed, suggestion));
  }
  return privateReply(
    { kind: "heading", text: say.title },
    {
      kind: "fields",
      fields: services.commands.map(({ name, summary }) => ({
        label: `/${name}`,
        value: summary[request.locale],
      })),
    },
    { kind: "note", text: say.more },
  );
}

export const help = defineCommand({
  name: "help",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "有哪些命令；/help vram 看用法和例子",
    en: "The commands; /help vram shows how to use one, with examples",
  },
  examples: ["/help", "/help vram"],
  options,
  shorthands: [],
  run,
});
