import { Worker } from "node:worker_threads";
import type { Task } from "./sheet.ts";

type Drawn = { readonly png: Uint8Array } | { readonly error: unknown };

/**
 * Draws on a thread of its own that begins with the first picture: nobody's answer waits while it
 * lays out and compresses.
 */
export class Pen {
  readonly #fontFolder: string;
  readonly #idleMs: number;
  #worker: Worker | null = null;
  /** Ends the thread when nothing was drawn for a while. */
  #idle: NodeJS.Timeout | undefined;
  readonly #waiting: PromiseWithResolvers<Uint8Array>[] = [];

  /** @param idleMs how long the thread with its 80 MB stays when nothing is drawn */
  constructor(fontFolder: string, idleMs: number) {
    this.#fontFolder = fontFolder;
    this.#idleMs = idleMs;
  }

  draw(task: Task): Promise<Uint8Array> {
    const waiting = Promise.withResolvers<Uint8Array>();
    clearTimeout(this.#idle);
    this.#worker ??= this.#begin();
    this.#worker.ref();
    this.#waiting.push(waiting);
    this.#worker.postMessage(task);
    return waiting.promise;
  }

  #begin(): Worker {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), {
      workerData: { fontFolder: this.#fontFolder },
      execArgv: [],
      // Each picture holds megabytes outside the heap until its small handle is collected: a small nursery is
      // collected every few pictures, a usual one only after hundreds of them.
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    worker.on("message", (drawn: Drawn) => {
      const waiting = this.#waiting.shift();
      if (this.#waiting.length === 0) this.#rest(worker);
      if ("png" in drawn) waiting?.resolve(drawn.png);
      else waiting?.reject(new Error("the picture could not be drawn", { cause: drawn.error }));
    });
    worker.on("error", (cause) => this.#end(worker, cause));
    worker.on("exit", (code) => this.#end(worker, new Error(`exit ${code}`)));
    return worker;
  }

  #rest(worker: Worker): void {
    worker.unref();
    this.#idle = setTimeout(() => {
      this.#worker = null;
      void worker.terminate();
    }, this.#idleMs).unref();
  }

  /** Whoever waits for a thread that died hears of it; the next picture begins another. */
  #end(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const waiting of this.#waiting.splice(0)) {
      waiting.reject(new Error("the drawing thread ended", { cause }));
    }
  }
}
