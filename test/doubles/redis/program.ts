import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_MS = 60_000;

/** Every program that runs: none outlives the test process, whatever ends it. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** What the server says to one line, or null where it takes no connection. */
const said = (port: number, line: string): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (answer: string | null) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => end(null));
    socket.once("error", () => end(null));
    socket.once("data", (data) => end(data.toString()));
    socket.once("connect", () => socket.write(`${line}\r\n`));
  });

/** Whether a server listens and has loaded what it had kept; one that asks for a password listens as well. */
const isUp = async (port: number, tls: boolean): Promise<boolean> => {
  if (tls) return (await said(port, "")) !== "" && (await canConnect(port));
  const answer = await said(port, "PING");
  return answer !== null && /^(?:\+PONG|-NOAUTH|-NOPERM|-MASTERDOWN|-DENIED)/.test(answer);
};

const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });

export interface Program {
  readonly pid: number;
  /** SIGKILL and SIGTERM end it; resolves when it is gone. Others (SIGSTOP, SIGCONT) are only sent. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a Redis server or sentinel and waits until it answers on its port.
 *
 * @param folder where it works and writes its log
 */
export const startProgram = async (
  words: readonly string[],
  { port, folder, tls = false }: { readonly port: number; readonly folder: string; readonly tls?: boolean },
): Promise<Program> => {
  const child = spawn("redis-server", [...words, "--logfile", join(folder, "log")], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  running.add(child);
  let complaint = "";
  child.stderr.on("data", (data) => {
    complaint += String(data);
  });
  const gone = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      complaint += error.message;
      running.delete(child);
      resolve();
    });
    child.once("exit", () => {
      running.delete(child);
      resolve();
    });
  });
  const until = Date.now() + START_MS;
  while (!(await isUp(port, tls))) {
    if (!running.has(child) || Date.now() > until) {
      child.kill("SIGKILL");
      throw new Error(`redis-server did not start: ${complaint} ${logOf(folder)}`);
    }
    await sleep(10);
  }
  return {
    pid: child.pid ?? 0,
    kill: async (signal) => {
      if (!running.has(child)) return;
      child.kill(signal);
      if (signal === "SIGKILL" || signal === "SIGTERM") await gone;
    },
  };
};

const logOf = (folder: string): string => {
  try {
    return readFileSync(join(folder, "log"), "utf8").slice(-2_000);
  } catch {
    return "(it wrote no log)";
  }
};
