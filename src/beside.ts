import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** As much of what a process that failed has printed as says why. */
const MOST_PRINTED = 4_000;

interface Limits {
  /** Of the heap of the process, in MiB. */
  readonly heapMegabytes?: number;
  /** Ends the process; the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** A process that ended without an answer. */
export class EndedBeside extends Error {
  /** Whether it ended because its heap was full. */
  readonly isFull: boolean;

  constructor(module: URL, ending: number | string | null, printed: string) {
    super(`${fileURLToPath(module)} ended with ${ending ?? "nothing"}: ${printed.trim()}`);
    this.isFull = /heap limit|heap out of memory/.test(printed);
  }
}

/**
 * Asks a module in a process of its own, which ends when it has answered: nobody else waits for it, and what it took is
 * given back. Not a thread: V8 may end the whole program when a thread that ran WebAssembly ends
 * (https://github.com/nodejs/node/issues/64500), and what strips types is WebAssembly.
 *
 * @param module calls `answerBeside`
 * @param question what structured cloning copies
 * @throws EndedBeside; the reason of the signal
 */
export async function askBeside<Answer>(
  module: URL,
  question: unknown,
  { heapMegabytes, signal }: Limits = {},
): Promise<Answer> {
  const heap = heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`];
  const child = fork(fileURLToPath(module), [], {
    execArgv: ["--disable-warning=ExperimentalWarning", ...heap],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let printed = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    printed = (printed + text).slice(0, MOST_PRINTED);
  });
  const answer = Promise.withResolvers<Answer>();
  const abort = () => answer.reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  child.once("message", (message) => answer.resolve(message as Answer));
  child.once("error", answer.reject);
  // Not "exit": what it has printed is read to its end first.
  child.once("close", (code, ending) => answer.reject(new EndedBeside(module, ending ?? code, printed)));
  // A process that cannot be written to has ended, which is said above.
  child.send({ question }, () => undefined);
  try {
    return await answer.promise;
  } finally {
    signal?.removeEventListener("abort", abort);
    child.kill("SIGKILL");
  }
}

/** The other side: answers what this process was started for, and ends. What is thrown ends it with its stack. */
export function answerBeside<Question>(answer: (question: Question) => unknown): void {
  process.once("message", async (message: { readonly question: Question }) => {
    process.send?.(await answer(message.question), () => process.disconnect());
  });
}
