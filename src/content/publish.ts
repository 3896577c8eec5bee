import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Publication, type PublishOrders, publish, publishedSchema } from "#core/pack/published";
import { meaningsIn, sha256 } from "./checks.ts";
import { type ContentFault, ContentFaults } from "./fault.ts";
import { readContentFile } from "./file.ts";
import { readPacks, SHIPPED_CONTENT } from "./library.ts";

/**
 * Adds the new ids in a content folder to its `published.json`, or writes nothing and says why.
 *
 * @throws ContentFaults where the content cannot be read
 */
export function publishContent(dir: string, orders: PublishOrders): Publication {
  const faults: ContentFault[] = [];
  const file = join(dir, "published.json");
  const packs = readPacks(dir, faults);
  const register = readContentFile(file, publishedSchema, faults, dir);
  if (!register || faults.length > 0) throw new ContentFaults(faults);
  const publication = publish(register.value, meaningsIn(packs), sha256, orders);
  if (publication.refused.length === 0) {
    writeFileSync(file, `${JSON.stringify(publication.register, null, 2)}\n`);
  }
  return publication;
}

const USAGE = "usage: npm run content:publish -- [FOLDER] [--reworded ID]... [--retire ID]...\n";

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      reworded: { type: "string", multiple: true, default: [] },
      retire: { type: "string", multiple: true, default: [] },
    },
  });
  const { added, refused } = publishContent(positionals[0] ?? SHIPPED_CONTENT, values);
  if (refused.length > 0) {
    process.stderr.write(`nothing was written:\n${refused.map((reason) => `  ${reason}\n`).join("")}`);
    return 1;
  }
  process.stdout.write(added.length === 0 ? "no new ids\n" : `published: ${added.join(", ")}\n`);
  return 0;
}

if (import.meta.main) {
  try {
    process.exitCode = main();
  } catch (error) {
    const wrongUsage = error instanceof TypeError && "code" in error;
    if (!wrongUsage && !(error instanceof ContentFaults)) throw error;
    process.stderr.write(`${error.message}\n${wrongUsage ? USAGE : ""}`);
    process.exitCode = wrongUsage ? 2 : 1;
  }
}
