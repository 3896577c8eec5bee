import { parseArgs } from "node:util";
import { duplicatesStorm } from "#test/e2e/slack-storm";

/**
 * `--n` rounds in Socket Mode and over HTTP: messages, mentions and commands, each delivered many times — with the same
 * event id, with others, marked as a retry though it is the first, in reverse order, ten minutes and 25 hours late.
 * Exits with 1 where one of them had not exactly one effect and one reply.
 */
const { values } = parseArgs({ options: { n: { type: "string" } } });
for (const mode of ["socket", "http"] as const) {
  const storm = await duplicatesStorm(mode, Number(values.n ?? 100));
  process.stdout.write(
    `slack-duplicates over ${mode}: ${storm.done} things done, delivered ${storm.delivered} times; ${storm.wrongEffects} with another effect than one, ${storm.wrongReplies} with another reply than one, ${storm.errors.length} errors logged\n`,
  );
  for (const error of storm.errors) process.stdout.write(`  ${error}\n`);
  if (storm.wrongEffects + storm.wrongReplies + storm.errors.length > 0) process.exitCode = 1;
}
