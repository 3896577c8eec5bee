import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..", "..", "..");
const COPIED = ["src", "commands", "content", "test", "package.json", "tsconfig.json"];

/**
 * A copy of the project as the next release would be where every script that the server runs has changed: each has
 * another name there than in the release before, and neither finds its own loaded by the other.
 */
export const makeNextRelease = (): { readonly folder: string; remove(): void } => {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-next-"));
  for (const name of COPIED) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const scripts = join(folder, "src/store/redis/lua");
  for (const name of readdirSync(scripts))
    if (name.endsWith(".lua")) appendFileSync(join(scripts, name), "\n-- of the next release\n");
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
