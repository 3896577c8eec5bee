import { parseArgs } from "node:util";
import { benchAging } from "./aging.ts";
import { benchDiagnosing } from "./diagnosing.ts";
import { benchDiscord } from "./discord.ts";
import { benchDrawing } from "./drawing.ts";
import { benchEstimating } from "./estimating.ts";
import { type Figure, isMissed, tableOf } from "./figure.ts";
import { benchGrading } from "./grading.ts";
import { benchGradingLimits } from "./grading-limits.ts";
import { benchGradingPeers } from "./grading-peers.ts";
import { benchImporting } from "./importing.ts";
import { benchInstalling } from "./installing.ts";
import { benchInteractions } from "./interactions.ts";
import { benchInterview } from "./interview.ts";
import { benchRedis } from "./redis.ts";
import { benchBoard } from "./redis-board.ts";
import { benchDue } from "./redis-due.ts";
import { benchMemory } from "./redis-memory.ts";
import { benchReport } from "./report.ts";
import { benchScale } from "./scale.ts";
import { benchServing } from "./serving.ts";
import { benchShedding } from "./shedding.ts";
import { benchSlack } from "./slack.ts";
import { benchSoak } from "./soak.ts";
import { benchStarting } from "./starting.ts";
import { benchStoring } from "./storing.ts";
import { benchWatching } from "./watching.ts";

/** How large or long a bench is to be; as usual where left out. */
interface Size {
  readonly tenants?: number;
  readonly minutes?: number;
}

const benches: Readonly<Record<string, (size: Size) => Promise<readonly Figure[]>>> = {
  grading: benchGrading,
  "grading-limits": benchGradingLimits,
  "grading-peers": benchGradingPeers,
  storing: benchStoring,
  estimating: benchEstimating,
  diagnosing: benchDiagnosing,
  importing: benchImporting,
  drawing: benchDrawing,
  serving: benchServing,
  discord: benchDiscord,
  slack: benchSlack,
  redis: benchRedis,
  "redis-memory": benchMemory,
  "redis-board": benchBoard,
  "redis-due": () => benchDue(),
  starting: benchStarting,
  interview: benchInterview,
  report: benchReport,
  shedding: benchShedding,
  watching: benchWatching,
  scale: ({ tenants }) => benchScale(tenants),
  interactions: ({ minutes }) => benchInteractions(minutes),
  aging: benchAging,
  soak: ({ minutes }) => benchSoak(minutes),
  installing: benchInstalling,
};

/**
 * `npm run bench` runs all, `npm run bench -- grading storing` some, one after the other so that none disturbs another;
 * `--tenants 11000` and `--minutes 5` make those larger or longer that have a size. Exits with 1 where a limit is missed.
 */
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { tenants: { type: "string" }, minutes: { type: "string" } },
});
/** Figures that have a number of their own elsewhere. */
const numbered: Readonly<Record<string, string>> = {
  R2: "redis",
  R15: "interactions",
  R17: "soak",
};
const names = wanted.map((name) => numbered[name] ?? name);
const unknown = names.filter((name) => benches[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `no such bench: ${unknown.join(", ")}. There are ${[...Object.keys(benches), ...Object.keys(numbered)].join(", ")}.\n`,
  );
  process.exit(2);
}
const size: Size = {
  ...(values.tenants !== undefined && { tenants: Number(values.tenants) }),
  ...(values.minutes !== undefined && { minutes: Number(values.minutes) }),
};
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  try {
    const figures = await bench(size);
    process.stdout.write(`${name}\n${tableOf(figures).replace(/^/gm, "  ")}\n\n`);
    if (figures.some(isMissed)) process.exitCode = 1;
  } catch (error) {
    // One bench that cannot run takes nothing from the others.
    process.stdout.write(`${name}\n  failed: ${error instanceof Error ? error.message : String(error)}\n\n`);
    process.exitCode = 1;
  }
}
