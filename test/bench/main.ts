import { benchDiagnosing } from "./diagnosing.ts";
import { benchDiscord } from "./discord.ts";
import { benchDrawing } from "./drawing.ts";
import { benchEstimating } from "./estimating.ts";
import { type Figure, tableOf } from "./figure.ts";
import { benchGrading } from "./grading.ts";
import { benchGradingLimits } from "./grading-limits.ts";
import { benchGradingPeers } from "./grading-peers.ts";
import { benchImporting } from "./importing.ts";
import { benchInstalling } from "./installing.ts";
import { benchInterview } from "./interview.ts";
import { benchRedis } from "./redis.ts";
import { benchBoard } from "./redis-board.ts";
import { benchDue } from "./redis-due.ts";
import { benchMemory } from "./redis-memory.ts";
import { benchReport } from "./report.ts";
import { benchServing } from "./serving.ts";
import { benchShedding } from "./shedding.ts";
import { benchSlack } from "./slack.ts";
import { benchStarting } from "./starting.ts";
import { benchStoring } from "./storing.ts";
import { benchWatching } from "./watching.ts";

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
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
  installing: benchInstalling,
};

/** `npm run bench` runs all, `npm run bench -- grading storing` some, one after the other so that none disturbs another. */
const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    process.stdout.write(`${name}\n${tableOf(await bench()).replace(/^/gm, "  ")}\n\n`);
  } catch (error) {
    // One bench that cannot run takes nothing from the others.
    process.stdout.write(`${name}\n  failed: ${error instanceof Error ? error.message : String(error)}\n\n`);
    process.exitCode = 1;
  }
}
