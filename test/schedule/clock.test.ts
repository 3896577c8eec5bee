import { describe, expect, it } from "vitest";
import { startClock } from "#src/schedule/clock";
import { cronTick, type Tick } from "#src/schedule/tick";
import { openChannel } from "./channel.ts";

/** A tick that the test gives. */
const handTick = (): { readonly tick: Tick; run: () => Promise<void>; stopped: boolean } => {
  const hand = {
    run: async () => {},
    stopped: false,
    tick: (run: () => Promise<void>) => {
      hand.run = run;
      return async () => {
        hand.stopped = true;
      };
    },
  };
  return hand;
};

describe("the clock of a running bot", () => {
  it("posts at the start what fell due while it was away, and later at a tick", async () => {
    const one = await openChannel();
    one.setTime("2026-06-01T10:00:00");
    const hand = handTick();
    const clock = startClock(one.parts, hand.tick);
    await clock.ready;
    expect(one.platform.of("question")).toHaveLength(1);
    one.setTime("2026-06-02T09:00:05");
    await hand.run();
    expect(one.platform.of("question")).toHaveLength(2);
    await clock.stop();
    expect(hand.stopped).toBe(true);
  });

  it("finds a channel whose plan was lost within the hour, and at the next start", async () => {
    const one = await openChannel();
    const [waking] = await one.store.schedulesToWake(one.now(), 1);
    if (waking === undefined) throw new Error("no channel");
    const hand = handTick();
    const clock = startClock(one.parts, hand.tick);
    await clock.ready;
    await one.store.wakeSchedule(waking.schedule, Number.MAX_SAFE_INTEGER);
    one.setTime("2026-06-01T09:00:00");
    await hand.run();
    expect(one.platform.of("question")).toHaveLength(1);
    await one.store.wakeSchedule(waking.schedule, Number.MAX_SAFE_INTEGER);
    one.setTime("2026-06-02T09:00:00");
    const restarted = startClock(one.parts, handTick().tick);
    await restarted.ready;
    expect(one.platform.of("question")).toHaveLength(2);
    await Promise.all([clock.stop(), restarted.stop()]);
  });

  it("has what lost its plan looked at by every process at its start and every hour, where they share a store", async () => {
    const one = await openChannel();
    const asked: number[] = [];
    const store = {
      ...one.store,
      now: async () => one.now(),
      // Another process has looked at all channels today.
      takeTurn: async () => null,
      wakeAllSchedules: async (at: number) => void asked.push(at - one.now()),
    };
    const hand = handTick();
    const clock = startClock({ ...one.parts, store }, hand.tick, () => one.now());
    await clock.ready;
    one.setTime("2026-06-01T00:30:00");
    await hand.run();
    one.setTime("2026-06-01T01:00:00");
    await hand.run();
    const within = 25 * 3_600_000;
    expect(asked).toEqual([within, within]);
    await clock.stop();
  });

  it("never runs two sweeps at once", async () => {
    const one = await openChannel();
    one.setTime("2026-06-01T09:00:00");
    const clock = startClock(one.parts, handTick().tick);
    await Promise.all([clock.ready, clock.sweepNow(), clock.sweepNow()]);
    expect(one.platform.of("question")).toHaveLength(1);
    await clock.stop();
  });

  it("never fails, and tells the operator once that the store is away and once that it is back", async () => {
    const one = await openChannel();
    one.setTime("2026-06-01T09:00:00");
    let isAway = true;
    const told: string[] = [];
    const clock = startClock(
      {
        ...one.parts,
        log: { ...one.log, info: (event) => void told.push(event) },
        store: {
          ...one.store,
          wakeAllSchedules: (at) =>
            isAway ? Promise.reject(new Error("away")) : one.store.wakeAllSchedules(at),
        },
      },
      handTick().tick,
    );
    await clock.ready;
    await clock.sweepNow();
    expect(one.log.errors).toHaveLength(1);
    isAway = false;
    await clock.sweepNow();
    expect(told).toContain("the clock goes again");
    expect(one.platform.of("question")).toHaveLength(1);
    await clock.stop();
  });

  it("is driven by a tick that stops", async () => {
    const stop = cronTick(async () => {});
    await expect(stop()).resolves.toBeUndefined();
  });
});
