import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";

/** A program on the path or a file that the tests need, and the Debian package that brings it. */
export interface Need {
  readonly program: string;
  readonly debianPackage: string;
}

/** What `npm test` cannot do without. A missing one is installed or fails the run; no test is skipped for it. */
export const needs: readonly Need[] = [
  { program: "git", debianPackage: "git" },
  // `script` gives a program a real terminal to talk to.
  { program: "script", debianPackage: "bsdutils" },
  { program: "chromium", debianPackage: "chromium" },
  { program: "redis-server", debianPackage: "redis-server" },
  // The package brings promtool as well.
  { program: "prometheus", debianPackage: "prometheus" },
  // Without it Chromium draws Chinese as boxes.
  { program: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", debianPackage: "fonts-noto-cjk" },
];

function mayAccess(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

const isOnPath = (program: string, path: string): boolean =>
  isAbsolute(program)
    ? mayAccess(program, constants.R_OK)
    : path.split(delimiter).some((folder) => mayAccess(join(folder, program), constants.X_OK));

/** One line that says what to install, or null where everything is there. */
export function provide(wanted: readonly Need[], path: string, isRoot: boolean): string | null {
  const missing = () => wanted.filter(({ program }) => !isOnPath(program, path));
  const packages = missing().map(({ debianPackage }) => debianPackage);
  if (packages.length === 0) return null;
  if (isRoot && isOnPath("apt-get", path)) {
    process.stderr.write(`Installing for the tests: ${packages.join(" ")}\n`);
    const env = { ...process.env, PATH: path, DEBIAN_FRONTEND: "noninteractive" };
    const run = (...words: string[]) =>
      spawnSync("apt-get", words, { env, stdio: ["ignore", "ignore", "inherit"] });
    run("update", "-q");
    run("install", "-q", "-y", "--no-install-recommends", ...packages);
  }
  const still = missing();
  if (still.length === 0) return null;
  const programs = still.map(({ program }) => program).join(", ");
  return `The tests need ${programs}: run "apt-get install ${still.map(({ debianPackage }) => debianPackage).join(" ")}" as root (or the like), then npm test again.`;
}

/** What `npm run test:faults` needs besides. */
export const faultNeeds: readonly Need[] = [{ program: "strace", debianPackage: "strace" }];

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const line = provide(needs, process.env.PATH ?? "", process.getuid?.() === 0);
  if (line !== null) {
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
}
