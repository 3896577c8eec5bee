import type { WeekPlan, WeekReport } from "./week.ts";

/** Prints what a week came to; whether every promise was kept. */
export const sayWeek = (name: string, plan: WeekPlan, report: WeekReport, tookMs: number): boolean => {
  const { never, twice, early } = report;
  process.stdout.write(
    `${name}: seed ${plan.seed}, ${plan.channels} channels, ${plan.days} days, ${plan.replicas} processes, ` +
      `${report.killsAtWork} kills and ${report.pausesAtWork} stops at work, ${plan.clockSteps} clock steps, nonces kept ${plan.nonceMs / 60_000} min, ` +
      `${report.platformFaults} faults of the platform, ${report.lookBacks} look-backs, ${report.steps} steps: ` +
      `${report.due} questions due, never ${never.length} (${report.skipped} skipped visibly), twice ${twice.length}, early ${early.length}, ` +
      `the latest ${(report.latestMs / 60_000).toFixed(1)} min after it was due; ${(tookMs / 60_000).toFixed(1)} min\n`,
  );
  for (const [what, names] of Object.entries({ never, twice, early }))
    for (const fault of names.slice(0, 10)) process.stdout.write(`  ${what}: ${fault}\n`);
  return never.length + twice.length + early.length === 0;
};
