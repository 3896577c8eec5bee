import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { onTestFinished } from "vitest";
import { type ContentFault, ContentFaults } from "#src/content/fault";
import { loadLibrary } from "#src/content/library";

const SAMPLE = join(import.meta.dirname, "fixtures", "content");

/** A copy of a content folder for one test to spoil; it is gone when the test ends. */
export class ContentFolder {
  readonly dir = mkdtempSync(join(tmpdir(), "rehearsal-content-"));

  constructor(original = SAMPLE) {
    cpSync(original, this.dir, { recursive: true });
    onTestFinished(() => rmSync(this.dir, { recursive: true, force: true }));
  }

  path(file: string): string {
    return join(this.dir, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  write(file: string, text: string | Uint8Array): void {
    writeFileSync(this.path(file), text);
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true });
  }

  replace(file: string, search: string, replacement: string): void {
    const text = this.read(file);
    if (!text.includes(search)) throw new Error(`${file} has no ${search} to replace`);
    this.write(file, text.replace(search, replacement));
  }

  /** What loading finds wrong, with files named relative to the folder. */
  faults(): readonly ContentFault[] {
    return this.faultsOf(() => loadLibrary(this.dir));
  }

  faultsOf(load: () => unknown): readonly ContentFault[] {
    try {
      load();
    } catch (error) {
      if (!(error instanceof ContentFaults)) throw error;
      return error.faults.map((fault) => ({ ...fault, file: relative(this.dir, fault.file) }));
    }
    return [];
  }

  /** The same, each as `file:line:column reason`. */
  complaints(): readonly string[] {
    return this.faults().map(({ file, line, column, reason }) => `${file}:${line}:${column} ${reason}`);
  }
}
