import { describe, expect, it } from "vitest";
import { sharedClock } from "#src/schedule/shared-clock";
import { openChannel } from "./channel.ts";

const HOUR_MS = 3_600_000;

/** A machine whose two clocks the test sets, and the store's clock. */
const machine = async () => {
  const { store } = await openChannel();
  const times = { wall: 5_000_000, monotonic: 100, store: 9_000_000, readings: 0 };
  const now = async () => {
    times.readings += 1;
    return times.store;
  };
  const clock = sharedClock({ ...store, now }, { now: () => times.wall }, () => times.monotonic);
  const pass = (ms: number, of: "all" | "asleep" = "all"): void => {
    times.store += ms;
    times.wall += ms;
    if (of === "all") times.monotonic += ms;
  };
  await clock.settle();
  return { clock, times, pass };
};

describe("the clock that processes share", () => {
  it("shows the store's time, whatever the machine believes", async () => {
    const { clock, pass } = await machine();
    expect(clock.now()).toBe(9_000_000);
    pass(3_000);
    expect(clock.now()).toBe(9_003_000);
  });

  it("is read again only when the reading has grown old", async () => {
    const { clock, times, pass } = await machine();
    pass(9_999);
    await clock.settle();
    expect(times.readings).toBe(1);
    pass(1);
    await clock.settle();
    expect(times.readings).toBe(2);
  });

  it("is not fooled by a clock that is put back or forward", async () => {
    for (const step of [-2 * HOUR_MS, 2 * HOUR_MS]) {
      const { clock, times, pass } = await machine();
      times.wall += step;
      pass(2_000);
      await clock.settle();
      expect(clock.now()).toBe(9_002_000);
    }
  });

  it("never shows less time gone by than there was, so that a lease ends no later for its holder than for others", async () => {
    const { clock, times, pass } = await machine();
    pass(50_000, "asleep");
    expect(clock.now()).toBe(times.store);
    times.wall -= 2 * HOUR_MS;
    pass(100);
    expect(clock.now()).toBeGreaterThanOrEqual(9_000_000);
  });

  it("is the machine's own where the store has none", async () => {
    const { store } = await openChannel();
    const clock = sharedClock(store, { now: () => 77 }, () => 0);
    await clock.settle();
    expect(clock.now()).toBe(77);
  });
});
