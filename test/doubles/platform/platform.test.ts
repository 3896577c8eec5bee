import { describe, expect, it } from "vitest";
import { randomNumbers } from "#test/schedule/hazards";
import { createPlatform, noFaults, type PlatformFaults } from "./rules.ts";

const MINUTE_MS = 60_000;
const post = { key: "question/2026-06-01@a", channel: "a", nonce: "n1" };

const open = (faults: PlatformFaults = noFaults, nonceMs = 3 * MINUTE_MS) => {
  const time = { now: 0 };
  const platform = createPlatform({ nonceMs, faults, now: () => time.now, random: randomNumbers(7) });
  return { platform, time };
};

describe("the fake platform of the fault runs", () => {
  it("takes a message with the same nonce once, until it has forgotten the nonce", () => {
    for (const minutes of [2, 3, 5]) {
      const { platform, time } = open(noFaults, minutes * MINUTE_MS);
      const first = platform.post(post);
      time.now = minutes * MINUTE_MS - 1;
      expect(platform.post(post)).toEqual(first);
      expect(platform.report().doubled).toEqual([]);
      time.now = minutes * MINUTE_MS;
      expect(platform.post(post)).not.toEqual(first);
      expect(platform.report()).toMatchObject({
        messages: 2,
        doubled: [expect.stringContaining("2026-06-01")],
      });
    }
  });

  it("knows a nonce in its own channel only, and takes every message without one", () => {
    const { platform } = open();
    platform.post(post);
    platform.post({ ...post, channel: "b" });
    platform.post({ ...post, nonce: null, key: "other" });
    expect(platform.report()).toMatchObject({ messages: 3, doubled: [] });
  });

  it("keeps the message whose answer was lost, and none that it refused", () => {
    const outcomes = (faults: PlatformFaults) => {
      const { platform } = open(faults);
      const { kind } = platform.post(post);
      return [kind, platform.find("a", post.key) !== null];
    };
    expect(outcomes({ ...noFaults, lost: 1 })).toEqual(["lost", true]);
    expect(outcomes({ ...noFaults, tooMany: 1 })).toEqual(["too-many", false]);
  });

  it("fails before and after the effect alike", () => {
    const { platform } = open({ ...noFaults, failed: 1 });
    const names = Array.from({ length: 400 }, (_, at) => `k${at}`);
    const kinds = names.map((key) => platform.post({ key, channel: "a", nonce: key }).kind);
    const there = names.filter((key) => platform.find("a", key) !== null);
    expect(there.length).toBe(kinds.filter((kind) => kind === "failed-after").length);
    expect(there.length).toBeGreaterThan(150);
    expect(there.length).toBeLessThan(250);
  });

  it("makes about as many faults as it was told to", () => {
    const { platform } = open({ lost: 0.01, failed: 0.01, tooMany: 0.01 });
    for (let at = 0; at < 20_000; at += 1) platform.post({ key: `k${at}`, channel: "a", nonce: `k${at}` });
    expect(platform.report().faults / 20_000).toBeCloseTo(0.03, 2);
  });

  it("names what nobody posted, and what came before it was due", () => {
    const { platform, time } = open();
    time.now = 500;
    platform.post(post);
    expect(platform.check([["a", post.key, 400]])).toEqual({ absent: [], early: [], latestMs: 100 });
    expect(platform.check([["b", post.key, 400]]).absent).toHaveLength(1);
    expect(platform.check([["a", post.key, 501]]).early).toHaveLength(1);
  });
});
