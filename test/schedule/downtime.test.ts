import { describe, expect, it } from "vitest";
import { liveThroughDowntime } from "./downtime.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe("a downtime over the time at which questions are due", () => {
  it("of a minute costs nobody anything, and no post is called late", async () => {
    const { faults, late, skipped, posts } = await liveThroughDowntime(MINUTE_MS);
    expect(faults).toEqual([]);
    expect([posts, late, skipped]).toEqual([120, 0, 0]);
  });

  it("of three hours has every question posted once, late and said to be", async () => {
    const { faults, late, skipped, posts } = await liveThroughDowntime(3 * HOUR_MS);
    expect(faults).toEqual([]);
    expect([posts, late, skipped]).toEqual([120, 3, 0]);
  });

  it("of three days has one visible reason for each date that was missed, and no burst", async () => {
    const { faults, skipped } = await liveThroughDowntime(72 * HOUR_MS);
    expect(faults).toEqual([]);
    expect(skipped).toBeGreaterThan(48);
  });
});
