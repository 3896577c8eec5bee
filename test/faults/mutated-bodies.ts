import { parseArgs } from "node:util";
import { deliverMutated as deliverToDiscord } from "#test/adapters/discord/hostile-deliveries";
import { deliverMutated as deliverToSlack } from "#test/adapters/slack/hostile-deliveries";

/**
 * `--n` bodies in which one place is something else, half of them to each platform's adapter. Exits with 1 where one was
 * thrown over, or anything was written.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const count = Number(values.n ?? 200_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const PART = 10_000;
let [errors, written, requests] = [0, 0, 0];
for (let done = 0; done < count; done += 2 * PART)
  for (const deliver of [deliverToDiscord, deliverToSlack]) {
    const report = await deliver(Math.min(PART, Math.ceil((count - done) / 2)), seed + done);
    errors += report.errors.length;
    written += report.written.length;
    requests += report.requests.length;
    for (const error of report.errors.slice(0, 5)) process.stdout.write(`  ${String(error)}\n`);
  }
process.stdout.write(
  `mutated-bodies: seed ${seed}, ${count} bodies, ${requests} of them asked for something, ${errors} errors, ${written} writes\n`,
);
if (errors + written > 0) process.exitCode = 1;
