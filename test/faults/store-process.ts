import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const writer = fileURLToPath(new URL("./store-writer.ts", import.meta.url));

export interface Writer {
  /** Resolves with the lines so far when there are `count` of them or the process has ended. */
  readonly lines: (count: number) => Promise<readonly string[]>;
  /** Ends the process as a power switch would, and gives every line that it had written. */
  readonly kill: () => Promise<readonly string[]>;
}

/** Starts a process that records answers into `file` until it is killed. */
export const startWriter = (file: string, run: string): Writer => {
  const child: ChildProcess = spawn(process.execPath, [writer, file, run], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout === null) throw new Error("the writer has no standard output");
  const exited = once(child, "close");
  const seen: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => seen.push(line));
  return {
    lines: async (count) => {
      while (seen.length < count && child.exitCode === null)
        await Promise.race([once(reader, "line"), exited]);
      return [...seen];
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
      return [...seen];
    },
  };
};
