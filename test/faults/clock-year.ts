import { parseArgs } from "node:util";
import { randomNumbers } from "#test/schedule/hazards";
import { liveThrough, stormy, twelveZones } from "#test/schedule/year";
import { reportOn } from "#test/schedule/year-faults";

/**
 * Years of daily questions in twelve zones with kills between any two steps, clocks that are put forward and back by
 * two hours, sleeps of a minute, three hours and three days, and admins who change zones and times. `--n` years,
 * each of its own seed. Exits with 1 where a date had neither a question nor a visible reason, or two questions.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const years = Number(values.n ?? 20);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const times = ["00:00", "00:30", "02:15", "02:30", "09:00", "18:00", "23:30", "23:59"];

const total = { due: 0, posted: 0, late: 0, skipped: 0, kills: 0, faults: 0 };
for (let year = 0; year < years; year += 1) {
  const random = randomNumbers(seed + year);
  const below = (limit: number): number => Math.floor(random() * limit);
  const changes = Array.from({ length: below(36) }, () => ({
    at: random(),
    channel: below(twelveZones.length),
    zone: twelveZones[below(twelveZones.length)]?.[0] ?? "UTC",
    time: times[below(times.length)] ?? "09:00",
  }));
  const lived = await liveThrough({
    seed: seed + year,
    hazards: stormy,
    from: Date.UTC(2024 + below(10), below(12), 1, 10),
    days: 365,
    changes,
  });
  const { faults, ...count } = await reportOn(lived);
  await lived.store.close();
  for (const name of ["due", "posted", "late", "skipped", "kills"] as const) total[name] += count[name];
  total.faults += faults.length;
  for (const fault of faults.slice(0, 5)) process.stdout.write(`  seed ${seed + year}: ${fault}\n`);
}
process.stdout.write(
  `clock-year: seed ${seed}, ${years} years in ${twelveZones.length} zones, ${total.due} questions due, ${total.posted} posted ` +
    `(${total.late} late), ${total.skipped} skipped visibly, ${total.kills} kills, ${total.faults} faults\n`,
);
if (total.faults > 0) process.exitCode = 1;
