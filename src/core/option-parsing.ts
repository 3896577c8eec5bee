import type { z } from "zod";
import type { Command } from "./command.ts";
import { nearest } from "./nearest.ts";
import { readOptionText } from "./option-text.ts";
import { describeOptions, type OptionSpec } from "./options.ts";
import { Refusal, type Sentence } from "./refusal.ts";
import type { Input } from "./request.ts";

/** What zod found, as a sentence: which option, why, and what is allowed. */
function sentenceFor(issue: z.core.$ZodIssue, spec: OptionSpec | undefined, given: unknown): Sentence {
  const option = spec?.name ?? issue.path.join(".");
  // A choice or a number: what the allowed words are says more than a failed union does.
  if (issue.code === "invalid_value" || issue.code === "invalid_union" || issue.code === "invalid_type") {
    const allowed = spec?.choices ?? [];
    if (given === undefined || given === null) return (say) => say.options.missing(option);
    if (issue.code === "invalid_type" && spec?.kinds.has("number"))
      return (say) => say.options.notANumber(option, String(given));
    return (say) => say.options.badValue(option, String(given), allowed, nearest(String(given), allowed));
  }
  if (issue.code === "too_small")
    return (say) => say.options.tooSmall(option, String(given), Number(issue.minimum));
  if (issue.code === "too_big")
    return (say) => say.options.tooBig(option, String(given), Number(issue.maximum));
  return (say) => say.options.badValue(option, String(given), spec?.choices ?? [], null);
}

/**
 * Parses what stood behind a command, typed or as text, by the command's one schema.
 *
 * @throws Refusal that names the option, why it was refused and what is allowed
 */
export function parseOptions(command: Command, input: Input): z.output<Command["options"]> {
  const raw =
    input.kind === "typed" ? input.options : readOptionText(command.options, command.shorthands, input.text);
  const parsed = command.options.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue === undefined) throw parsed.error;
  const name = String(issue.path[0] ?? "");
  const spec = describeOptions(command.options).find((candidate) => candidate.name === name);
  throw new Refusal(sentenceFor(issue, spec, (raw as Record<string, unknown>)[name]), {
    cause: parsed.error,
  });
}
