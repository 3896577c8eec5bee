import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { kept } from "./kept.ts";
import type { Task } from "./sheet.ts";

type Drawn = { readonly png: Uint8Array } | { readonly error: unknown };

/** As many pictures as are asked for again within a sitting; some 100 kB each. */
const MOST_KEPT = 8;

/** Where the C library is glibc: what a picture took is given back at once instead of being kept for the next. */
const frugal = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_MMAP_THRESHOLD_: "131072",
  MALLOC_TRIM_THRESHOLD_: "131072",
} as const;

/**
 * Draws in a process of its own that begins with the first picture: nobody's answer waits while it lays out and
 * compresses, and the 80 MB that the libraries take are given back when it ends. A thread gives back little of them.
 */
export class Pen {
  readonly #fontFolder: string;
  readonly #idleMs: number;
  #drawer: ChildProcess | null = null;
  /** Ends the process when nothing was drawn for a while. */
  #idle: NodeJS.Timeout | undefined;
  readonly #waiting: PromiseWithResolvers<Uint8Array>[] = [];
  readonly #kept = kept<Promise<Uint8Array>>(MOST_KEPT);

  /** @param idleMs how long the process stays when nothing is drawn */
  constructor(fontFolder: string, idleMs: number) {
    this.#fontFolder = fontFolder;
    this.#idleMs = idleMs;
  }

  /** Begins the process, which then waits as it does after a picture. */
  prepare(): void {
    if (this.#drawer !== null) return;
    this.#drawer = this.#begin();
    this.#rest(this.#drawer);
  }

  /** The same task again is the same picture. */
  draw(task: Task): Promise<Uint8Array> {
    return this.#kept(JSON.stringify(task), () => this.#draw(task));
  }

  #draw(task: Task): Promise<Uint8Array> {
    const waiting = Promise.withResolvers<Uint8Array>();
    clearTimeout(this.#idle);
    this.#drawer ??= this.#begin();
    const drawer = this.#drawer;
    drawer.ref();
    drawer.channel?.ref();
    this.#waiting.push(waiting);
    drawer.send(task, (error) => error !== null && this.#end(drawer, error));
    return waiting.promise;
  }

  #begin(): ChildProcess {
    const drawer = fork(fileURLToPath(new URL("./drawer.ts", import.meta.url)), [this.#fontFolder], {
      // A picture holds megabytes outside the heap until its small handle is collected, so the drawer collects it itself.
      execArgv: ["--single-threaded-gc", "--max-semi-space-size=1", "--expose-gc"],
      env: { ...process.env, ...frugal },
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    drawer.on("message", (drawn: Drawn) => {
      const waiting = this.#waiting.shift();
      if (this.#waiting.length === 0) this.#rest(drawer);
      if ("png" in drawn) waiting?.resolve(drawn.png);
      else waiting?.reject(new Error("the picture could not be drawn", { cause: drawn.error }));
    });
    drawer.on("error", (cause) => this.#end(drawer, cause));
    drawer.on("exit", (code, signal) => this.#end(drawer, new Error(`exit ${code ?? signal}`)));
    return drawer;
  }

  /** Without its channel the process has nothing to wait for, and ends. */
  #rest(drawer: ChildProcess): void {
    drawer.unref();
    drawer.channel?.unref();
    this.#idle = setTimeout(() => {
      this.#drawer = null;
      if (drawer.connected) drawer.disconnect();
    }, this.#idleMs).unref();
  }

  /** Whoever waits for a process that died hears of it; the next picture begins another. */
  #end(drawer: ChildProcess, cause: unknown): void {
    if (this.#drawer !== drawer) return;
    this.#drawer = null;
    for (const waiting of this.#waiting.splice(0)) {
      waiting.reject(new Error("the drawing process ended", { cause }));
    }
  }
}
