import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningRedis } from "#test/doubles/redis/server";

/** Watches which bytes of the append-only file had reached the disk, to take the rest away as a power cut would. */
export interface PowerWatch {
  /** After the server was killed: cuts the file back to its length at the last completed fdatasync. Bytes taken away. */
  cut(): Promise<number>;
}

interface OpenFile {
  readonly descriptor: string;
  readonly path: string;
}

/** The append-only file that the server writes to now. */
const openLog = ({ pid, dir }: RunningRedis): OpenFile => {
  const folder = `/proc/${pid}/fd`;
  for (const descriptor of readdirSync(folder)) {
    const path = readlinkSync(join(folder, descriptor));
    if (path.startsWith(dir) && path.endsWith(".aof")) return { descriptor, path };
  }
  throw new Error("the server has no append-only file open");
};

/**
 * The length that is on the disk for sure, from a trace of the server's calls: what was written before the last
 * fdatasync began that also ended.
 */
export const syncedLength = (trace: string, descriptor: string, lengthBefore: number): number => {
  let [written, synced] = [lengthBefore, lengthBefore];
  const begun = new Map<string, { readonly call: string; readonly written: number }>();
  for (const line of trace.split("\n")) {
    const [, thread = "", rest = ""] = /^(?:\[pid +)?(\d+)\]? +(.*)$/.exec(line) ?? [];
    const [, call = "", of = ""] = /^(write|fdatasync)\((\d+)/.exec(rest) ?? [];
    const [, resumed = ""] = /^<\.\.\. (write|fdatasync) resumed>/.exec(rest) ?? [];
    const [, result] = /= (\d+)$/.exec(rest) ?? [];
    if (call !== "" && of !== descriptor) continue;
    if (rest.endsWith("<unfinished ...>") && call !== "") begun.set(thread, { call, written });
    if (result === undefined) continue;
    if (call === "write") written += Number(result);
    if (call === "fdatasync") synced = written;
    const before = begun.get(thread);
    if (resumed === "" || before?.call !== resumed) continue;
    begun.delete(thread);
    if (resumed === "write") written += Number(result);
    else synced = Math.max(synced, before.written);
  }
  return synced;
};

const QUIET_MS = 200;

/** The length of the file once nothing has been written for a while. */
const quietLength = async (path: string): Promise<number> => {
  for (;;) {
    const before = statSync(path).size;
    await sleep(QUIET_MS);
    if (statSync(path).size === before) return before;
  }
};

/** Begins to watch a server to which nobody writes now. Needs strace. */
export const watchPower = async (redis: RunningRedis): Promise<PowerWatch> => {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-power-"));
  const file = join(folder, "trace");
  const words = ["-f", "-p", String(redis.pid), "-e", "trace=write,fdatasync", "-s", "0", "-o", file];
  const log = openLog(redis);
  const lengthBefore = await quietLength(log.path);
  const tracer: ChildProcess = spawn("strace", words, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(tracer, "exit").catch((error: unknown) => {
    throw new Error("a power cut is simulated with strace (Debian: apt-get install strace)", {
      cause: error,
    });
  });
  // It says so once it is attached; calls before that are not seen, so nothing may be written until then.
  if (tracer.stderr !== null) await Promise.race([once(tracer.stderr, "data"), ended]);
  if (tracer.exitCode !== null) throw new Error("strace could not watch the server");
  if (statSync(log.path).size !== lengthBefore) throw new Error("somebody wrote before the watch had begun");
  return {
    cut: async () => {
      await ended;
      const synced = syncedLength(readFileSync(file, "utf8"), log.descriptor, lengthBefore);
      const { size } = statSync(log.path);
      truncateSync(log.path, Math.min(size, synced));
      rmSync(folder, { recursive: true, force: true });
      return size - Math.min(size, synced);
    },
  };
};
