import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Instant } from "#core/ids";
import type { DescribedStore, JudgeFacts, Operation, Queue } from "#core/operation";

const packageSchema = z.object({ version: z.string() });
const PACKAGE = new URL("../package.json", import.meta.url);

/** The release that runs, as package.json names it. */
export const releaseOf = (file: URL = PACKAGE): string =>
  packageSchema.parse(JSON.parse(readFileSync(file, "utf8"))).version;

/** What this process knows of itself. */
export function createOperation(
  store: DescribedStore,
  judge: () => JudgeFacts | null,
  startedAt: Instant,
): Operation {
  const queues = new Map<string, Queue>();
  return {
    startedAt,
    release: releaseOf(),
    zones: process.versions.tz ?? "unknown",
    store: () => store.facts(),
    judge,
    queues: () => [...queues.values()],
    addQueue: (queue) => void queues.set(queue.name, queue),
  };
}
