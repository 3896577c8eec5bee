import { describe, expect, it } from "vitest";
import { duplicatesStorm } from "./slack-storm.ts";

describe.each(["socket", "http"] as const)("What Slack delivers again, over %s", (mode) => {
  it("has one effect and one reply, whatever is marked as a retry, renumbered, reversed, or a day late", async () => {
    const { done, delivered, wrongEffects, wrongReplies, errors } = await duplicatesStorm(mode, 1);
    expect(delivered).toBeGreaterThan(done * 8);
    expect({ wrongEffects, wrongReplies, errors }).toEqual({ wrongEffects: 0, wrongReplies: 0, errors: [] });
  });
});
