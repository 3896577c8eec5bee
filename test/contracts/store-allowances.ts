import { describe, expect, it } from "vitest";
import { tenantIdSchema } from "#core/ids";
import type { Bucket } from "#core/limits/allowance";
import type { OpenedStore } from "./store.ts";
import { tenant } from "./store-samples.ts";

const HOUR_MS = 3_600_000;
const bucket = (name: string, most: number): Bucket => ({ name, most, windowMs: HOUR_MS });
const other = tenantIdSchema.parse("guild-2");

/** The part of the store's contract about how much is taken of whom. */
export const allowancesAreCounted = (open: () => Promise<OpenedStore>): void => {
  describe("allowances", () => {
    it("give as many at once as they say, then one by one, to everybody their own", async () => {
      const { store } = await open();
      const of = (member: string) =>
        store.spend(tenant, [bucket(member, 3), bucket("channel", 100), bucket("tenant", 100)]);
      expect([await of("a"), await of("a"), await of("a")]).toEqual([0, 0, 0]);
      const wait = await of("a");
      expect(wait).toBeGreaterThan((HOUR_MS / 3) * 0.9);
      expect(wait).toBeLessThanOrEqual(HOUR_MS / 3);
      expect(await of("b")).toBe(0);
      expect(await store.spend(other, [bucket("a", 3), bucket("channel", 100), bucket("tenant", 100)])).toBe(
        0,
      );
    });

    it("take nothing of anybody for what they refuse: who sends too much costs the others none", async () => {
      const { store } = await open();
      const of = (member: string) =>
        store.spend(tenant, [bucket(member, 2), bucket("channel", 5), bucket("tenant", 1_000_000_000)]);
      for (let at = 0; at < 50; at += 1) await of("flood");
      expect([await of("b"), await of("c"), await of("d")]).toEqual([0, 0, 0]);
      expect(await of("e")).toBeGreaterThan(0);
    });

    it("are never given twice, however many ask at once", async () => {
      const { store } = await open();
      const asked = Array.from({ length: 60 }, () =>
        store.spend(tenant, [bucket("a", 40), bucket("b", 50), bucket("c", 60)]),
      );
      expect((await Promise.all(asked)).filter((wait) => wait === 0)).toHaveLength(40);
    });
  });
};
