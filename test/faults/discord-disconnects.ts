import { parseArgs } from "node:util";
import { type Disconnect, liveThroughStorm, type StormReport } from "#test/e2e/discord-storm";

/**
 * `--n` disconnects of every kind, a day and a daily question for each, with the real discord.js; then one shard that
 * falls silent while the heartbeat is Discord's own. Exits with 1 where a question was lost or doubled, a member got no
 * answer after the bot was back, a day took 1,000 identifies, or the silent shard was away for more than 90 s.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const days = Number(values.n ?? 1000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const DISCORDS_HEARTBEAT_MS = 41_250;

// The last two cost 5 s of waiting each, so they come half as often.
const lasting: readonly Disconnect[] = ["op 7", "op 9 true", "socket reset (1006)", "silence"];
const ending: readonly Disconnect[] = ["op 9 false", "session timed out (4009)"];

function say(name: string, { longestMs, ...report }: StormReport): void {
  const facts = `${report.days} disconnects, ${report.missing} questions lost, ${report.doubled} doubled, ${report.unanswered} commands unanswered, ${report.resumes} resumes, ${report.identifies} identifies, ${report.errors.length} errors logged`;
  process.stdout.write(`${name}: ${facts}\n`);
  for (const [kind, ms] of longestMs)
    process.stdout.write(`  longest after ${kind}: ${(ms / 1000).toFixed(1)} s\n`);
}

const storm = await liveThroughStorm({
  days,
  seed,
  kinds: [...lasting, ...lasting, ...ending],
  heartbeatMs: 1000,
  patienceMs: 120_000,
});
say(`discord-disconnects: seed ${seed}`, storm);
const silent = await liveThroughStorm({
  days: 1,
  seed,
  kinds: ["silence"],
  heartbeatMs: DISCORDS_HEARTBEAT_MS,
  patienceMs: 120_000,
});
say("discord-disconnects: one silent shard at Discord's heartbeat", silent);

const away = silent.longestMs.get("silence") ?? Number.POSITIVE_INFINITY;
const lost = [storm, silent].some(({ missing, doubled, unanswered }) => missing + doubled + unanswered > 0);
if (lost || storm.identifies >= 1000 || away > 90_000) process.exitCode = 1;
