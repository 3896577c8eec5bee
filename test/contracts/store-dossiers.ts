import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dossier, DossierQuery } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import { tenantIdSchema } from "#core/ids";
import type { OpenedStore } from "./store.ts";
import { hostileName, tenant } from "./store-samples.ts";

const elsewhere = tenantIdSchema.parse("guild-2");
const dossierOf = (changes: Partial<Dossier> = {}): Dossier => ({
  tenant,
  kind: "interview",
  id: "one",
  revision: 1,
  text: "begun",
  wakeAt: null,
  ...changes,
});
const byCodeUnits = (one: string, other: string): number => (one < other ? -1 : 1);

/** The part of the store's contract about dossiers. */
export const dossiersAreKept = (open: () => Promise<OpenedStore>): void => {
  describe("dossiers", () => {
    it("come back as they were written, to the last code unit, over a restart too", async () => {
      const { store, reopen } = await open();
      const text = 'a\0"\ud83d 半 \r\n';
      const first = dossierOf({ text, wakeAt: 7 });
      expect(await store.keepDossier(first)).toEqual(first);
      const second = dossierOf({ text: "", revision: 2 });
      const again = await reopen();
      expect(await again.dossier(tenant, "interview", "one")).toEqual(first);
      expect(await again.keepDossier(second)).toEqual(second);
      expect(await again.dossier(tenant, "interview", "one")).toEqual(second);
      expect(await again.dossier(tenant, "interview", "two")).toBeNull();
    });

    it("are written only over what the writer had seen; whoever is late reads what stands", async () => {
      const { store } = await open();
      const first = dossierOf();
      expect(await store.keepDossier(dossierOf({ revision: 2 }))).toBeNull();
      await store.keepDossier(first);
      expect(await store.keepDossier(dossierOf({ text: "other" }))).toEqual(first);
      expect(await store.keepDossier(dossierOf({ revision: 3 }))).toEqual(first);
      const second = dossierOf({ revision: 2, text: "on" });
      expect(await store.keepDossier(second)).toEqual(second);
      expect(await store.keepDossier(second)).toEqual(second);
      expect(await store.keepDossier(first)).toEqual(second);
      expect(await store.dossier(tenant, "interview", "one")).toEqual(second);
    });

    it("lose no change of many that are made at once", async () => {
      const { store } = await open();
      const named = { tenant, kind: "draft", id: "d" } as const;
      await Promise.all(
        Array.from({ length: 40 }, (_, at) =>
          changeDossier(store, named, (standing) => ({
            text: `${standing?.text ?? ""}${at};`,
            wakeAt: null,
          })),
        ),
      );
      const kept = await store.dossier(tenant, "draft", "d");
      expect(kept?.revision).toBe(40);
      const seen = kept?.text.split(";").slice(0, -1).map(Number);
      expect(seen?.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 40 }, (_, at) => at));
      expect(await changeDossier(store, named, () => null)).toEqual(kept);
    });

    it("are forgotten when they are dropped, and begin at revision 1 again", async () => {
      const { store } = await open();
      await store.keepDossier(dossierOf({ wakeAt: 5 }));
      await store.keepDossier(dossierOf({ id: "two", wakeAt: 5 }));
      for (const _ of [1, 2]) await store.dropDossier(tenant, "interview", "one");
      expect(await store.dossier(tenant, "interview", "one")).toBeNull();
      expect(await store.keepDossier(dossierOf({ revision: 2 }))).toBeNull();
      const left = dossierOf({ id: "two", wakeAt: 5 });
      expect(await store.dossiers({ tenant, kind: "interview", limit: 9 })).toEqual([left]);
      expect(await store.takeDossiers("interview", 9, 1, 9)).toEqual([left]);
      expect(await store.keepDossier(dossierOf())).toEqual(dossierOf());
    });

    it("may come from elsewhere at any revision, and never put back a later one", async () => {
      const { store } = await open();
      const seventh = dossierOf({ revision: 7, text: "seven", wakeAt: 70 });
      await store.restoreDossier(seventh);
      await store.restoreDossier(seventh);
      await store.restoreDossier(dossierOf({ revision: 6, text: "six" }));
      expect(await store.dossier(tenant, "interview", "one")).toEqual(seventh);
      expect(await store.takeDossiers("interview", 70, 1, 9)).toEqual([seventh]);
      const next = dossierOf({ revision: 8 });
      expect(await store.keepDossier(next)).toEqual(next);
    });

    it("are listed in the order of their ids, by the beginning of an id, and page by page", async () => {
      const { store } = await open();
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(hostileName, { minLength: 1, maxLength: 8 }),
          hostileName,
          fc.uuid(),
          async (ids, other, name) => {
            const of = { tenant: tenantIdSchema.parse(name), kind: "suggestion" } as const;
            for (const id of ids) await store.keepDossier(dossierOf({ ...of, id }));
            const listed = async (query: Omit<DossierQuery, "tenant" | "kind">) =>
              (await store.dossiers({ ...of, ...query })).map(({ id }) => id);
            const sorted = ids.toSorted(byCodeUnits);
            expect(await listed({ limit: 99 })).toEqual(sorted);
            expect(await listed({ limit: 2 })).toEqual(sorted.slice(0, 2));
            expect(await listed({ after: sorted[0] ?? "", limit: 99 })).toEqual(sorted.slice(1));
            expect(await listed({ after: other, limit: 99 })).toEqual(sorted.filter((id) => id > other));
            const prefix = sorted.at(-1)?.slice(0, 1) ?? "";
            const begun = sorted.filter((id) => id.startsWith(prefix));
            expect(await listed({ prefix, limit: 99 })).toEqual(begun);
            expect(await listed({ prefix, after: begun[0] ?? "", limit: 99 })).toEqual(begun.slice(1));
            expect(await listed({ prefix, after: other, limit: 99 })).toEqual(
              begun.filter((id) => id > other),
            );
          },
        ),
        { numRuns: 40 },
      );
    });

    it("of one tenant or kind are no other's, whatever the names", async () => {
      const { store } = await open();
      await fc.assert(
        fc.asyncProperty(hostileName, hostileName, hostileName, async (one, other, id) => {
          fc.pre(one !== other);
          const mine = dossierOf({ tenant: tenantIdSchema.parse(`${one}-mine`), id, text: "mine" });
          const theirs = tenantIdSchema.parse(`${other}-theirs`);
          await store.restoreDossier(mine);
          expect(await store.dossier(mine.tenant, "interview", id)).toEqual(mine);
          expect(await store.dossier(mine.tenant, "appeal", id)).toBeNull();
          expect(await store.dossier(theirs, "interview", id)).toBeNull();
          expect(await store.dossiers({ tenant: theirs, kind: "interview", limit: 9 })).toEqual([]);
          expect(await store.dossiers({ tenant: mine.tenant, kind: "appeal", limit: 9 })).toEqual([]);
        }),
        { numRuns: 60 },
      );
    });

    it("come when their time has come, the longest overdue first, no more than asked for", async () => {
      const { store } = await open();
      const waits = dossierOf({ id: "waits" });
      const late = dossierOf({ id: "late", wakeAt: 10 });
      const later = dossierOf({ id: "later", tenant: elsewhere, wakeAt: 20 });
      for (const one of [waits, later, late]) await store.keepDossier(one);
      expect(await store.takeDossiers("interview", 9, 100, 9)).toEqual([]);
      expect(await store.takeDossiers("appeal", 99, 100, 9)).toEqual([]);
      expect(await store.takeDossiers("interview", 20, 100, 9)).toEqual([late, later]);
      expect(await store.takeDossiers("interview", 119, 100, 9)).toEqual([]);
      expect(await store.takeDossiers("interview", 120, 100, 1)).toHaveLength(1);
    });

    it("come once for the time they were planned for, unless nobody says how it went on", async () => {
      const { store, reopen } = await open();
      const due = dossierOf({ wakeAt: 10 });
      await store.keepDossier(due);
      await store.takeDossiers("interview", 10, 100, 9);
      const again = await reopen();
      // The plan is what it was: the lease is the clock's own affair.
      expect(await again.dossier(tenant, "interview", "one")).toEqual(due);
      expect(await again.takeDossiers("interview", 110, 100, 9)).toEqual([due]);
      await again.keepDossier(dossierOf({ revision: 2, wakeAt: 500 }));
      expect(await again.takeDossiers("interview", 499, 100, 9)).toEqual([]);
      expect(await again.takeDossiers("interview", 500, 100, 9)).toHaveLength(1);
      await again.keepDossier(dossierOf({ revision: 3 }));
      expect(await again.takeDossiers("interview", 9_999, 100, 9)).toEqual([]);
    });

    it("go to one of many that ask at once", async () => {
      const { store } = await open();
      const ids = Array.from({ length: 40 }, (_, at) => `reminder ${at}`);
      for (const [at, id] of ids.entries())
        await store.keepDossier(
          dossierOf({ kind: "reminder", id, tenant: tenantIdSchema.parse(`t${at % 7}`), wakeAt: 10 }),
        );
      const taken = await Promise.all([1, 2, 3, 4].map(() => store.takeDossiers("reminder", 20, 60, 15)));
      expect(Math.max(...taken.map(({ length }) => length))).toBeLessThanOrEqual(15);
      expect(new Set(taken.flat().map(({ id }) => id)).size).toBe(taken.flat().length);
      const rest = await store.takeDossiers("reminder", 20, 60, 99);
      expect([...taken.flat(), ...rest].map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    });

    it("take 256 KiB and not a byte more", async () => {
      const { store } = await open();
      const most = dossierOf({ text: "半".repeat(87_381) });
      expect(await store.keepDossier(most)).toEqual(most);
      const more = dossierOf({ revision: 2, text: `${most.text}ab` });
      await expect(store.keepDossier(more)).rejects.toThrow("256 KiB");
      expect(await store.dossier(tenant, "interview", "one")).toEqual(most);
    });
  });
};
