import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "#src/store/sqlite/store";
import type { OpenedStore } from "#test/contracts/store";

/** A folder of its own for one test, and how to remove it. */
export const newFolder = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), "rehearsal-store-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** An empty embedded store in a folder of its own. */
export const openInNewFolder = async (): Promise<OpenedStore> => {
  const folder = newFolder();
  const file = join(folder.path, "rehearsal.db");
  let store = await openSqliteStore({ file });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openSqliteStore({ file });
      return store;
    },
    dispose: async () => {
      await store.close();
      folder.remove();
    },
  };
};
