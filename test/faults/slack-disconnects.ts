import { parseArgs } from "node:util";
import { breakLines } from "#test/e2e/slack-lines";

/**
 * `--n` breaks of the Socket Mode connections in every kind, with the real Bolt and a member's message at each. Exits
 * with 1 where a message was not answered or answered twice, a promise was rejected unheard, or the bot was away for a
 * second or more.
 */
const { values } = parseArgs({ options: { n: { type: "string" } } });
const { longestGapMs, errors, ...report } = await breakLines(Number(values.n ?? 1000));
process.stdout.write(
  `slack-disconnects: ${report.breaks} breaks, ${report.unanswered} messages unanswered, ${report.doubled} doubled, ${report.unhandled} unhandled, ${errors.length} errors logged\n`,
);
for (const [kind, ms] of longestGapMs)
  process.stdout.write(`  longest until a new connection, ${kind}: ${Math.round(ms)} ms\n`);
const away = Math.max(...longestGapMs.values());
if (report.unanswered + report.doubled + report.unhandled + errors.length > 0 || away >= 1000)
  process.exitCode = 1;
