import { describe, expect, it } from "vitest";
import { tenantIdSchema } from "#core/ids";
import type { OpenedStore } from "./store.ts";
import { tenant } from "./store-samples.ts";

const organisation = tenantIdSchema.parse("slack:E1");

/** The part of the store's contract about what platforms gave, and who deals with what they deliver. */
export const installationsAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("installations", () => {
    it("come back as they were sealed, the last one of each tenant, over a restart too", async () => {
      const { store, reopen } = await open();
      await store.keepInstallation(tenant, "k1.first");
      await store.keepInstallation(tenant, "k2.sec\u0000ond 二");
      await store.keepInstallation(organisation, "k1.other");
      const again = await reopen();
      expect(await again.installation(tenant)).toBe("k2.sec\u0000ond 二");
      expect(await again.installation(organisation)).toBe("k1.other");
      expect(await again.installation(tenantIdSchema.parse("slack:E2"))).toBeNull();
    });

    it("are gone when they are dropped, however often, and no other with them", async () => {
      const { store } = await open();
      await store.keepInstallation(tenant, "k1.first");
      await store.keepInstallation(organisation, "k1.other");
      await store.dropInstallation(tenant);
      await store.dropInstallation(tenant);
      expect(await store.installation(tenant)).toBeNull();
      expect(await store.installation(organisation)).toBe("k1.other");
    });
  });

  describe("an action that is kept once", () => {
    it("stays what the first of many wrote, who alone read their own text", async () => {
      const { store, reopen } = await open();
      const texts = Array.from({ length: 20 }, (_, at) => `token ${at}`);
      const read = await Promise.all(texts.map((text) => store.keepActionOnce(tenant, "k", text, 0, 100)));
      expect(new Set(read).size).toBe(1);
      const again = await reopen();
      expect(await again.keepActionOnce(tenant, "k", "late", 99, 200)).toBe(read[0]);
      expect(await again.keptAction(tenant, "k", 99)).toBe(read[0]);
    });

    it("may be written again by whoever comes first after its end", async () => {
      const { store } = await open();
      await store.keepActionOnce(tenant, "k", "one", 0, 100);
      expect(await store.keepActionOnce(tenant, "k", "two", 100, 200)).toBe("two");
      expect(await store.keptAction(tenant, "k", 150)).toBe("two");
    });

    it("lasts longer once it is kept again, and is another tenant's own", async () => {
      const { store } = await open();
      await store.keepActionOnce(tenant, "k", "one", 0, 100);
      await store.keepAction(tenant, "k", "done", 50, 300);
      expect(await store.keepActionOnce(tenant, "k", "two", 250, 400)).toBe("done");
      expect(await store.keepActionOnce(organisation, "k", "two", 250, 400)).toBe("two");
    });
  });
};
