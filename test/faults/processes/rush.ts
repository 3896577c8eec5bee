import type { Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import { prepareRound } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { startChild } from "./child.ts";
import { rushPlace } from "./rush-place.ts";
import type { FromRusher, RusherSettings } from "./rusher.ts";

export interface RushPlan {
  readonly url: string;
  readonly answers: number;
  readonly channels: number;
  readonly processes: number;
  /** Over how long they arrive. */
  readonly withinMs: number;
  /** How long the processes wait for Redis; what they wait in the product where left out. */
  readonly commandTimeoutMs?: number;
}

export interface RushReport {
  readonly answered: number;
  readonly kept: number;
  readonly errors: number;
  readonly longestMs: number;
  readonly seconds: number;
}

/** Has members answer all at once after a post, in many channels at several processes, through the whole core. */
export const rush = async (plan: RushPlan, store: Store): Promise<RushReport> => {
  const { url, channels, processes, answers, withinMs, ...waits } = plan;
  const zone = zoneSchema.parse("UTC");
  const opensAt = Date.now() - 1_000;
  const question = "q1-catastrophic-forgetting";
  const rounds: Round[] = [];
  for (let at = 0; at < channels; at += 1)
    rounds.push(await store.openRound(prepareRound({ ...rushPlace(at), zone, question, opensAt })));
  const rushers = Array.from({ length: processes }, (_, process) => {
    const own = Math.ceil(answers / processes);
    const settings: RusherSettings = { url, channels, process, answers: own, withinMs, ...waits };
    const child = startChild<{ readonly kind: "go" }, FromRusher>("./rusher.ts", settings);
    const until = (kind: FromRusher["kind"]) =>
      new Promise<FromRusher>((resolve) =>
        child.listen((message) => message.kind === kind && resolve(message)),
      );
    return { child, ready: until("ready"), done: until("done") };
  });
  await Promise.all(rushers.map(({ ready }) => ready));
  const beganAt = performance.now();
  for (const { child } of rushers) child.tell({ kind: "go" });
  const reports = await Promise.all(rushers.map(({ done }) => done));
  const seconds = (performance.now() - beganAt) / 1_000;
  for (const { child } of rushers) child.kill("SIGKILL");
  let kept = 0;
  for (const { tenant, id } of rounds) kept += (await store.attemptsOfRound(tenant, id)).length;
  const took = reports.flatMap(({ tookMs }) => tookMs);
  return {
    answered: took.length,
    kept,
    errors: reports.reduce((sum, report) => sum + report.errors, 0),
    longestMs: took.reduce((longest, ms) => Math.max(longest, ms), 0),
    seconds,
  };
};
