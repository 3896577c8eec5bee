import { join } from "node:path";
import type { z } from "zod";
import { type Remedies, remediesSchema } from "#core/oom/remedies";
import { type ContentFault, ContentFaults } from "./fault.ts";
import { readContentFile } from "./file.ts";

/**
 * What `/oom` knows, from a content folder.
 *
 * @param content the folder that holds `oom/`
 * @throws ContentFaults with everything that is wrong, each with its file, line and column
 */
export function loadRemedies(content: string): Remedies {
  const faults: ContentFault[] = [];
  const read = <Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> | undefined =>
    readContentFile(join(content, "oom", name), schema, faults)?.value;
  const fixes = read("fixes.json", remediesSchema.shape.fixes);
  const trainers = read("trainers.json", remediesSchema.shape.trainers);
  const cases = read("cases.json", remediesSchema.pick({ cases: true, questions: true }));
  const playbook = read("playbook.json", remediesSchema.shape.playbook);
  const words = read("words.json", remediesSchema.shape.words);
  if (!fixes || !trainers || !cases || !playbook || !words) throw new ContentFaults(faults);
  return { fixes, trainers, ...cases, playbook, words };
}
