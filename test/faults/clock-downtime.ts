import { liveThroughDowntime } from "#test/schedule/downtime";

/**
 * Downtimes of one minute, three hours and three days over 24 channels of which one is due every hour. Exits with
 * 1 where a question was not posted once inside its window, late and said to be, or has no visible reason outside it.
 */
let broken = 0;
for (const [name, minutes] of Object.entries({ "1 min": 1, "3 h": 180, "3 days": 4_320 })) {
  const { posts, late, skipped, faults } = await liveThroughDowntime(minutes * 60_000);
  broken += faults.length;
  process.stdout.write(
    `clock-downtime: ${name}: ${posts} questions posted, ${late} of them late and said to be, ${skipped} dates skipped visibly, ${faults.length} faults\n`,
  );
  for (const fault of faults.slice(0, 10)) process.stdout.write(`  ${fault}\n`);
}
if (broken > 0) process.exitCode = 1;
