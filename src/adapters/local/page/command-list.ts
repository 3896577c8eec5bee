import type { Command } from "#core/command";
import { allowedFor } from "#core/option-values";
import { describeOptions } from "#core/options";
import type { WireCommand } from "./client/wire.ts";

/** The commands as completion needs them; options without a label are for buttons, not for people. */
export const commandList = (commands: readonly Command[]): WireCommand[] =>
  commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    examples: command.examples,
    options: describeOptions(command.options).flatMap((spec) =>
      spec.meta.label === undefined
        ? []
        : [
            {
              name: spec.name,
              label: spec.meta.label,
              aliases: spec.meta.aliases ?? [],
              choices: allowedFor(spec).choices,
              bare: spec.meta.bare === true || spec.kinds.has("boolean"),
              suggests: spec.meta.suggest !== undefined,
              isList: spec.kinds.has("list"),
              takesText: spec.meta.rest === true || spec.meta.positional === true,
            },
          ],
    ),
  }));
