import { parseArgs } from "node:util";
import { sendHostile } from "#test/security/hostile-strings";

/**
 * `--n` hostile strings through every command and every option, each reply drawn for Discord, Slack and the terminal. Exits
 * with 1 where anything was thrown, a limit of a platform was passed, or a mention came alive.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const count = Number(values.n ?? 1e6);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const PART = 50_000;
let [exceptions, faults] = [0, 0];
for (let done = 0; done < count; done += PART) {
  const report = await sendHostile(Math.min(PART, count - done), seed + done);
  exceptions += report.exceptions.length;
  faults += report.faults.length;
  for (const line of [...report.exceptions, ...report.faults].slice(0, 20))
    process.stdout.write(`  ${line}\n`);
}
process.stdout.write(
  `hostile-strings: seed ${seed}, ${count} strings, ${exceptions} exceptions, ${faults} oversize messages or live mentions\n`,
);
if (exceptions + faults > 0) process.exitCode = 1;
