import { describe, expect, it } from "vitest";
import { Inflow } from "#src/adapters/chat/inflow";
import { LivePosts } from "#src/adapters/chat/live-posts";
import { roundOn } from "#test/contracts/store-samples";
import { recordingLog } from "#test/doubles/services";

/** A post, edits of which the test lets come to their end. */
const openPost = () => {
  const log = recordingLog();
  const inflow = new Inflow(log);
  const edits: { resolve(): void; reject(cause: Error): void }[] = [];
  let timers = 0;
  const edit = (): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    edits.push({ resolve, reject });
    return promise;
  };
  const live = new LivePosts({
    posted: { refreshQuestion: edit, refreshReveal: edit },
    isOwn: () => true,
    inflow,
    services: { clock: { now: () => 1_000 }, log },
    after: (ms, task) => {
      if (ms <= 0) queueMicrotask(task);
      else timers += 1;
      return () => {};
    },
  });
  return { live, inflow, edits, log, timers: () => timers };
};

describe("A post that counts answers, when the bot ends", () => {
  it("is written once with what the last answers change, and no timer is left", async () => {
    const { live, inflow, edits, timers } = openPost();
    live.end();
    for (const _ of [1, 2, 3]) live.answered(roundOn(1));
    expect(edits).toHaveLength(1);
    edits[0]?.resolve();
    await expect.poll(() => edits.length).toBe(2);
    edits[1]?.resolve();
    await inflow.end();
    expect([edits.length, timers()]).toEqual([2, 0]);
  });

  it("is not tried again where the platform fails then", async () => {
    const { live, inflow, edits, log, timers } = openPost();
    live.answered(roundOn(1));
    await expect.poll(() => edits.length).toBe(1);
    live.end();
    edits[0]?.reject(new Error("503"));
    await inflow.end();
    expect([edits.length, timers(), log.errors.length]).toEqual([1, 0, 1]);
  });
});
