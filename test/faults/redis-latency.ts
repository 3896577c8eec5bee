import { parseArgs } from "node:util";
import { floodSilentServer, goThrough, wireTroubles } from "./processes/slow-redis.ts";

/**
 * Redis behind a wire that is slow, silent, cut, or tears its replies: what members on Discord wait for a first
 * response, what becomes of `--n` answers, and what a flood of 50,000 waits in. Exits with 1 where 99 in a hundred
 * first responses took longer than 1.5 s, an answer counted twice or was left without an outcome, or more than 10,000
 * waited at once.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const answers = Number(values.n ?? 1_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const PER_SECOND = 50;
const FIRST_RESPONSE_MS = 1_500;
/** What the store gives one answer, and a little more. */
const OUTCOME_MS = 15_000;
const FLOOD = 50_000;
const WAITING = 10_000;

let unhandled = 0;
process.on("unhandledRejection", (error) => {
  unhandled += 1;
  process.stdout.write(`  nobody handled: ${String(error)}\n`);
});

let isBroken = false;
for (const trouble of wireTroubles) {
  const report = await goThrough(trouble, { answers, seed, perSecond: PER_SECOND });
  process.stdout.write(
    `redis-latency: seed ${seed}, ${report.trouble}: first response on Discord ${report.p99Ms.toFixed(0)} ms at 99 %, ${report.unanswered} without one in 3 s; ` +
      `${answers} answers, ${report.refused} refused for now, the longest without an outcome ${(report.longestMs / 1000).toFixed(1)} s, ${report.differences.length} differences after all came again\n`,
  );
  isBroken ||=
    report.p99Ms > FIRST_RESPONSE_MS || report.longestMs > OUTCOME_MS || report.differences.length > 0;
}
const flooded = await floodSilentServer(FLOOD, seed);
process.stdout.write(
  `redis-latency: ${FLOOD} answers at once to a silent server: ${flooded.refusedAtOnce} refused at once, ${flooded.settled} with an outcome, ${flooded.grownMegabytes.toFixed(0)} MB more memory; ${unhandled} rejections unhandled\n`,
);
isBroken ||= flooded.settled < FLOOD || FLOOD - flooded.refusedAtOnce > WAITING || unhandled > 0;
// Connections that were told nothing are still waiting.
process.exit(isBroken ? 1 : 0);
