import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Refusal } from "#core/refusal";

/** Says of each file what it was when it was written, as `sha256sum` writes it, so that what was changed since is known. */
const WRITTEN = "import.sha256";
const LINE = /^([0-9a-f]{64}) {2}(.{1,200})$/u;
/** What stood there before, for as long as its successor is being moved to its place. */
const OLD = "-old";
const UNWRITABLE = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOSPC",
  "EDQUOT",
  "ENOTDIR",
  "ENOENT",
  "ENAMETOOLONG",
]);

const digestOf = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

const isRunning = (pid: number): boolean => {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

/** A folder that appears whole: written beside its place and moved there at the end. */
export class FolderWriting {
  readonly #dir: string;
  readonly #part: string;
  readonly #digests: string[] = [];
  #isDone = false;

  private constructor(dir: string, part: string) {
    this.#dir = dir;
    this.#part = part;
  }

  static isEmpty(dir: string): boolean {
    return readdirSync(dir).length === 0;
  }

  /**
   * Begins beside the folder's place; what an import that was killed left there is removed.
   *
   * @throws Refusal where nothing may be written there
   */
  static begin(dir: string): FolderWriting {
    const whole = resolve(dir);
    const stem = `.${basename(whole)}.part-`;
    return unlessUnwritable(dir, () => {
      mkdirSync(dirname(whole), { recursive: true });
      for (const name of readdirSync(dirname(whole))) {
        const pid = Number(/^\d{1,9}/u.exec(name.slice(stem.length))?.[0] ?? 0);
        if (!name.startsWith(stem) || isRunning(pid)) continue;
        // It was killed between the two moves at the end.
        if (name.endsWith(OLD) && !existsSync(whole)) renameSync(join(dirname(whole), name), whole);
        rmSync(join(dirname(whole), name), { recursive: true, force: true });
      }
      const part = join(dirname(whole), `${stem}${process.pid}`);
      mkdirSync(part);
      return new FolderWriting(whole, part);
    });
  }

  add(name: string, content: string): void {
    unlessUnwritable(this.#dir, () => writeFileSync(join(this.#part, name), content));
    this.#digests.push(`${digestOf(content)}  ${name}`);
  }

  /** Moves the folder to its place; files of an earlier one that somebody has changed are kept as they are. */
  finish(): void {
    unlessUnwritable(this.#dir, () => {
      writeFileSync(join(this.#part, WRITTEN), `${this.#digests.join("\n")}\n`);
      if (!existsSync(this.#dir)) {
        renameSync(this.#part, this.#dir);
      } else {
        for (const name of changedIn(this.#dir))
          writeFileSync(join(this.#part, name), readFileSync(join(this.#dir, name)));
        const old = `${this.#part}${OLD}`;
        renameSync(this.#dir, old);
        renameSync(this.#part, this.#dir);
        rmSync(old, { recursive: true, force: true });
      }
      this.#isDone = true;
    });
  }

  /** Leaves nothing behind of what was not finished. */
  abandon(): void {
    if (!this.#isDone) rmSync(this.#part, { recursive: true, force: true });
  }
}

/** The files of a folder that are not as an import wrote them, those that none wrote, and the rubrics of such questions. */
function changedIn(dir: string): readonly string[] {
  const list = join(dir, WRITTEN);
  if (!existsSync(list)) return [];
  const written = new Map(
    readFileSync(list, "utf8")
      .split("\n")
      .flatMap((line): [string, string][] => {
        const match = LINE.exec(line);
        return match?.[1] === undefined || match[2] === undefined ? [] : [[match[2], match[1]]];
      }),
  );
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== WRITTEN && entry.name !== "pack.json")
    .map(({ name }) => name);
  const changed = new Set(
    names.filter((name) => written.get(name) !== digestOf(readFileSync(join(dir, name)))).map(questionOf),
  );
  return names.filter((name) => changed.has(questionOf(name)));
}

/** A question and its rubric are kept together: new wordings beside an edited question would not be its own. */
const questionOf = (file: string): string => file.replace(/(?:\.rubric)?\.json$/u, "");

function unlessUnwritable<Result>(dir: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!UNWRITABLE.has(code)) throw error;
    throw new Refusal((say) => say.drafting.cannotWrite(dir), { cause: error });
  }
}
