import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import { onShelf, type Shelf, shelve, unshelve } from "#core/shelf";
import { openSqliteStore } from "#src/store/sqlite/store";
import { tenant } from "#test/contracts/store-samples";

const shelf: Shelf = { tenant, kind: "appeal", name: "waiting" };
const isOpen = ({ text }: { readonly text: string }): boolean => text === "open";

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore({ file: ":memory:" });
});
afterEach(() => store.close());

const keep = (id: string, text: string, revision = 1) =>
  store.keepDossier({ tenant, kind: "appeal", id, revision, text, wakeAt: null });
const idsOn = async (limit = 1000) => (await onShelf(store, shelf, limit, isOpen)).map(({ id }) => id);
const slips = async () =>
  (await store.dossiers({ tenant, kind: "appeal", prefix: "waiting/", limit: 1000 })).length;

describe("A pile of dossiers", () => {
  it("is in the order in which they came, however many there are", async () => {
    for (let number = 0; number < 230; number += 1) {
      const id = `a-${(number * 7919) % 230}`;
      await shelve(store, shelf, id, 1_000 + number);
      await keep(id, "open");
    }
    const ids = await idsOn();
    expect(ids).toHaveLength(230);
    expect(ids.slice(0, 3)).toEqual(["a-0", `a-${7919 % 230}`, `a-${(2 * 7919) % 230}`]);
    expect(await idsOn(5)).toEqual(ids.slice(0, 5));
  });

  it("has each once, though two put it there at once", async () => {
    await shelve(store, shelf, "a", 1);
    await shelve(store, shelf, "a", 2);
    await keep("a", "open");
    expect(await idsOn()).toEqual(["a"]);
  });

  it("passes over a slip whose dossier was never written, and throws away that of one that is done", async () => {
    await shelve(store, shelf, "never-written", 1);
    await shelve(store, shelf, "done", 2);
    await keep("done", "closed");
    expect(await idsOn()).toEqual([]);
    expect(await slips()).toBe(1);
  });

  it("has no more what was taken off", async () => {
    await shelve(store, shelf, "a", 1);
    await keep("a", "open");
    await unshelve(store, shelf, "a", 1);
    await unshelve(store, shelf, "a", 1);
    expect(await idsOn()).toEqual([]);
  });
});
