import { setTimeout as sleep } from "node:timers/promises";
import { StoreFailure } from "#core/store-failure";
import { openRedisStore } from "#src/store/redis/store";
import { recordingLog } from "#test/doubles/services";
import { type AnswerPlan, answerAt, deliveriesOf } from "./answers.ts";
import { parent } from "./child.ts";

/** A process that delivers its share of a flood of answers, each until the store has acknowledged it. */
export interface DelivererSettings extends AnswerPlan {
  readonly url: string;
  readonly process: number;
  readonly processes: number;
  readonly atOnce: number;
}

export interface FromDeliverer {
  readonly kind: "done";
  readonly delivered: number;
  /** How many of them the store said were the first to come. */
  readonly fresh: number;
  readonly again: number;
}

const { settings, tell } = parent<never, FromDeliverer>();
const { url, process: number, processes, atOnce, ...plan } = settings() as DelivererSettings;
const store = await openRedisStore({ url, durability: "none", log: recordingLog() });
const share = deliveriesOf(plan, number, processes);
let [next, fresh, again] = [0, 0, 0];

const deliver = async (at: number): Promise<void> => {
  const answer = answerAt(at, plan);
  for (;;) {
    try {
      const recorded = await store.recordAttempt(answer);
      if (recorded.outcome !== "recorded") throw new Error(`answer ${at} was not taken: ${recorded.outcome}`);
      if (recorded.fresh) fresh += 1;
      return;
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      again += 1;
      await sleep(20);
    }
  }
};
const lane = async (): Promise<void> => {
  for (let at = share[next]; at !== undefined; at = share[next]) {
    next += 1;
    await deliver(at);
  }
};
await Promise.all(Array.from({ length: atOnce }, lane));
await store.close();
tell({ kind: "done", delivered: share.length, fresh, again });
setTimeout(() => process.exit(0), 50);
