import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A process of a test's own, with which it exchanges messages and which it may kill or stop. */
export interface Child<Told, Tells> {
  readonly pid: number;
  tell(message: Told): void;
  /** Calls the listener with every message from now on. */
  listen(listener: (message: Tells) => void): void;
  kill(signal: NodeJS.Signals): void;
  readonly isGone: () => boolean;
  /** Resolves when the process has ended. */
  readonly gone: Promise<void>;
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/**
 * Starts a file of this folder as a process.
 *
 * @param file like `./replica.ts`
 * @param settings its first argument, as JSON
 * @param copy the folder of a copy of the project whose file is started instead
 * @param execArgv what Node itself is told
 */
export const startChild = <Told extends object, Tells>(
  file: string,
  settings: object,
  copy: string | null = null,
  execArgv: readonly string[] = [],
): Child<Told, Tells> => {
  const folder =
    copy === null ? import.meta.url : pathToFileURL(join(copy, "test/faults/processes/child.ts"));
  const path = fileURLToPath(new URL(file, folder));
  const child = fork(path, [JSON.stringify(settings)], {
    execArgv: [...execArgv],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  running.add(child);
  const gone = once(child, "exit").then(() => {
    running.delete(child);
  });
  return {
    pid: child.pid ?? 0,
    tell: (message) => {
      // Whoever was killed a moment ago hears nothing more.
      if (child.connected) child.send(message, () => {});
    },
    listen: (listener) => void child.on("message", (message) => listener(message as Tells)),
    kill: (signal) => void child.kill(signal),
    isGone: () => !running.has(child),
    gone,
  };
};

/** In the process: its settings, its ear and its mouth. */
export const parent = <Told, Tells extends object>() => ({
  settings: (): unknown => JSON.parse(process.argv[2] ?? "{}"),
  listen: (listener: (message: Told) => void): void => {
    process.on("message", (message) => listener(message as Told));
    // Without its parent it has nothing to live for.
    process.once("disconnect", () => process.exit(0));
  },
  tell: (message: Tells): void => {
    process.send?.(message, undefined, undefined, () => {});
  },
});
