import { describe, expect, it } from "vitest";
import type { RateLimits } from "#test/doubles/discord/buckets";
import type { Captured } from "#test/doubles/discord/handles";
import { flood, whileExhausted } from "./discord-flood.ts";
import { liveThroughStorm } from "./discord-storm.ts";

const limits: RateLimits = {
  global: { requests: 50, windowMs: 1000 },
  post: { requests: 3, windowMs: 400 },
  other: { requests: 50, windowMs: 1000 },
};

describe("The bot on Discord, in a small storm", () => {
  it("posts each day's question once and answers its members, however the gateway lets it go", async () => {
    const report = await liveThroughStorm({
      days: 5,
      seed: 7,
      kinds: ["op 7", "op 9 true", "socket reset (1006)", "silence"],
      heartbeatMs: 300,
      patienceMs: 20_000,
    });
    expect(report).toMatchObject({ missing: 0, doubled: 0, unanswered: 0, errors: [] });
    expect(report.longestMs.size).toBeGreaterThan(2);
  });

  it("posts all that it has to say without asking an exhausted bucket", async () => {
    const report = await flood({ posts: 24, channels: 4, limits });
    expect(report).toMatchObject({ seen: 24, failed: 0, whileExhausted: 0 });
    expect(report.invalidInTenMinutes).toBeLessThan(100);
  });

  it("would be seen to ask an exhausted bucket", () => {
    const request = (at: number, status: number) =>
      ({ path: "/channels/1/messages", at, status }) as Captured;
    expect(whileExhausted([request(0, 429), request(50, 429), request(400, 429)], limits)).toBe(0);
    expect(whileExhausted([request(0, 429), request(200, 429)], limits)).toBe(1);
  });
});
