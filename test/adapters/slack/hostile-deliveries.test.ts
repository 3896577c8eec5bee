import { describe, expect, it } from "vitest";
import { deliverMutated } from "./hostile-deliveries.ts";

describe("The Slack adapter", () => {
  it("deals with whatever is delivered, acknowledges it, writes nothing, and asks the core only for what it can read", async () => {
    const { bodies, acknowledged, requests, errors, written } = await deliverMutated(2_500);
    expect(acknowledged).toBe(bodies);
    expect(requests.length).toBeGreaterThan(100);
    for (const { tenant, member, command } of requests) {
      expect(tenant).toMatch(/^slack:[A-Za-z0-9.]{1,81}$/);
      expect(member).toMatch(/^[A-Za-z0-9]{1,40}$/);
      expect(typeof command).toBe("string");
    }
    expect([errors, written]).toEqual([[], []]);
  });
});
