import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Conversation } from "#test/e2e/conversation";
import type { Figure } from "./figure.ts";

/** Resident memory in MiB of the Node process whose command line holds `word`. */
function residentMib(word: string): number {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (!words.includes(word) || !words.includes("src/main.ts")) continue;
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
    } catch {
      // The process ended while /proc was read.
    }
  }
  throw new Error("the started process was not found");
}

/** From `npm start` in a terminal to the prompt, in a data folder of its own; the median of five. */
export async function benchStarting(): Promise<Figure[]> {
  const seconds: number[] = [];
  let mib = 0;
  for (let run = 0; run < 5; run += 1) {
    const folder = mkdtempSync(join(tmpdir(), "rehearsal-bench-"));
    const name = `bench-${process.pid}-${run}`;
    const begin = performance.now();
    const start = new Conversation(["npm", "start", "--", "--as", name], {
      REHEARSAL_DATA: folder,
      REHEARSAL_PORT: "0",
    });
    await start.sees(/> $/);
    seconds.push((performance.now() - begin) / 1000);
    mib = Math.max(mib, residentMib(name));
    start.type("/quit");
    await start.exited;
    rmSync(folder, { recursive: true, force: true });
  }
  return [
    {
      name: "npm start to the prompt",
      value: seconds.toSorted((a, b) => a - b)[2] ?? Number.NaN,
      unit: "s",
      limit: 1.5,
    },
    { name: "resident memory, idle", value: mib, unit: "MiB", limit: 150 },
  ];
}
