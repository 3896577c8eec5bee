import type { Store } from "#core/ports";
import { type AnswerPlan, differences, roundsOf } from "./answers.ts";
import { startChild } from "./child.ts";
import type { DelivererSettings, FromDeliverer } from "./deliverer.ts";

export interface FloodReport {
  readonly delivered: number;
  /** Answers that some delivery was told to be the first of. */
  readonly fresh: number;
  readonly again: number;
  readonly seconds: number;
  readonly differences: readonly string[];
}

/**
 * Delivers every answer of the plan one to four times, in a shuffled order, by several processes at once, and compares
 * what the store then has with what one thread would have kept.
 */
export const floodStore = async (
  plan: AnswerPlan & {
    readonly url: string;
    readonly processes: number;
    readonly atOnce: number;
    /** Copies of the project that the processes run, taken in turn; null for this one. */
    readonly copies?: readonly (string | null)[];
  },
  store: Store,
): Promise<FloodReport> => {
  const { copies = [null] } = plan;
  for (const round of roundsOf()) await store.openRound(round);
  const startedAt = performance.now();
  const reports = await Promise.all(
    Array.from({ length: plan.processes }, async (_, process): Promise<FromDeliverer> => {
      const settings: DelivererSettings = { ...plan, process };
      const child = startChild<never, FromDeliverer>(
        "./deliverer.ts",
        settings,
        copies[process % copies.length],
      );
      const done = new Promise<FromDeliverer>((resolve) => child.listen(resolve));
      const ended = child.gone.then(() =>
        Promise.reject(new Error("a process ended before it had delivered")),
      );
      const report = await Promise.race([done, ended]);
      // Its end is what was waited for.
      ended.catch(() => {});
      return report;
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const sum = (of: "delivered" | "fresh" | "again"): number =>
    reports.reduce((total, report) => total + report[of], 0);
  return {
    delivered: sum("delivered"),
    fresh: sum("fresh"),
    again: sum("again"),
    seconds,
    differences: await differences(store, plan),
  };
};
