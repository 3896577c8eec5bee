import type { z } from "zod";
import type { Command } from "./command.ts";
import { nearest } from "./nearest.ts";
import { readOptionText } from "./option-text.ts";
import { allowedFor } from "./option-values.ts";
import { describeOptions, type OptionSpec } from "./options.ts";
import { Refusal, type Sentence } from "./refusal.ts";
import type { Input } from "./request.ts";

/** What zod found, as a sentence: which option, why, and what is allowed. */
function sentenceFor(
  issue: z.core.$ZodIssue,
  spec: OptionSpec | undefined,
  given: unknown,
  typed: boolean,
): Sentence {
  const option = spec?.name ?? issue.path.join(".");
  if (given === undefined || given === null) return (say) => say.options.missing(option);
  // Typed values are shown as JSON, so that the text "4" cannot be mistaken for the number.
  const shown = typed ? (JSON.stringify(given) ?? String(given)) : String(given);
  if (issue.code === "too_small") return (say) => say.options.tooSmall(option, shown, Number(issue.minimum));
  if (issue.code === "too_big") return (say) => say.options.tooBig(option, shown, Number(issue.maximum));
  const allowed = spec === undefined ? { choices: [], range: null } : allowedFor(spec);
  return (say) => say.options.badValue(option, shown, allowed, nearest(String(given), allowed.choices));
}

/**
 * Parses what stood behind a command, typed or as text, by the command's one schema.
 *
 * @throws Refusal that names the option, why it was refused and what is allowed
 */
export function parseOptions(command: Command, input: Input): z.output<Command["options"]> {
  const raw =
    input.kind === "typed"
      ? input.options
      : (command.readText?.(input.text) ?? readOptionText(command.options, command.shorthands, input.text));
  const parsed = command.options.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue === undefined) throw parsed.error;
  const name = String(issue.path[0] ?? "");
  const spec = describeOptions(command.options).find((candidate) => candidate.name === name);
  const given = (raw as Record<string, unknown>)[name];
  throw new Refusal(sentenceFor(issue, spec, given, input.kind === "typed"), { cause: parsed.error });
}
