import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { ContentFaults, faultOfFile } from "./fault.ts";
import { readBundleText } from "./file.ts";

/** Names of a pack's own files and nothing else: nothing that is unpacked lands outside its folder. */
const nameSchema = z.string().regex(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.rubric)?)\.json$/u);

/** A pack in one file, as /content exports it. */
const bundleSchema = z.strictObject({ schema: z.literal(1), files: z.record(nameSchema, z.unknown()) });

export const isBundle = (path: string): boolean =>
  path.endsWith(".pack.json") && statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * Reads a pack that is one file as if it were a folder, which is gone afterwards.
 *
 * @throws ContentFaults where it is no such file, and with what is wrong in it
 */
export function fromBundle<Read>(path: string, read: (dir: string) => Read): Read {
  const text = readBundleText(path);
  const json = z.string().transform((line, context) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "not valid JSON" });
      return z.NEVER;
    }
  });
  const parsed = json.pipe(bundleSchema).safeParse(text);
  if (!parsed.success)
    throw new ContentFaults([
      faultOfFile(path, `this is no exported pack: ${parsed.error.issues[0]?.message ?? "unreadable"}`),
    ]);
  const dir = mkdtempSync(join(tmpdir(), "rehearsal-pack-"));
  try {
    for (const [name, value] of Object.entries(parsed.data.files))
      writeFileSync(join(dir, name), JSON.stringify(value, null, 2));
    return read(dir);
  } catch (error) {
    if (!(error instanceof ContentFaults)) throw error;
    throw new ContentFaults(error.faults.map((fault) => ({ ...fault, file: fault.file.replace(dir, path) })));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
