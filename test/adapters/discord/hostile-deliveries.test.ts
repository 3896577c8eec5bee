import { describe, expect, it } from "vitest";
import { deliverMutated } from "./hostile-deliveries.ts";

describe("The Discord adapter", () => {
  it("deals with whatever stands in an interaction or a message, writes nothing, and asks the core only for what it can read", async () => {
    const { requests, errors, written } = await deliverMutated(2_500);
    expect(requests.length).toBeGreaterThan(60);
    for (const { tenant, member, command } of requests) {
      expect(tenant).toMatch(/^discord:\d{1,20}$/);
      expect(member).toMatch(/^\d{1,20}$/);
      expect(typeof command).toBe("string");
    }
    expect([errors, written]).toEqual([[], []]);
  });
});
