import { createLog } from "./log.ts";
import { type Redact, redactionOf } from "./redaction.ts";

/**
 * Tells whoever runs the program why it cannot go on: a sentence on a terminal, and one line of JSON where standard error
 * goes to whatever collects lines, whatever level the log has.
 *
 * @param error what nobody can mend, with where it was raised; absent where the sentence says all
 */
export function tellOperator(
  sentence: string,
  { redact = redactionOf(), error }: { redact?: Redact; error?: unknown } = {},
): void {
  if (process.stderr.isTTY === true) process.stderr.write(`${redact(sentence)}\n`);
  else createLog("error", { redact }).error(sentence, error);
}
