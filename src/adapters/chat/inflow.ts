import type { Log } from "#core/ports";

/** After a reconnection a platform may deliver again what came in the minutes before; what is older the store knows. */
const REMEMBERED_MS = 5 * 60_000;
const MOST_REMEMBERED = 20_000;

/** What comes in from a platform: each delivery once in this process, and none that is left half done at the end. */
export class Inflow {
  readonly #log: Log;
  readonly #running = new Set<Promise<void>>();
  #seen = new Set<string>();
  #seenBefore = new Set<string>();
  readonly #now: () => number;
  /** When `#seen` began. */
  #since: number;
  #isEnding = false;

  /** @param now milliseconds of any clock that only goes forward */
  constructor(log: Log, now = () => performance.now()) {
    this.#log = log;
    this.#now = now;
    this.#since = now();
  }

  /**
   * Runs a task for what came in under an id, unless it came before. Other processes may have it as well: there the
   * store and the platform itself see to it that it has one effect and one reply.
   */
  take(id: string, task: () => Promise<void>): void {
    if (this.#isEnding || this.#seen.has(id) || this.#seenBefore.has(id)) return;
    const now = this.#now();
    if (this.#seen.size >= MOST_REMEMBERED || now - this.#since >= REMEMBERED_MS) {
      this.#seenBefore = this.#seen;
      this.#seen = new Set();
      this.#since = now;
    }
    this.#seen.add(id);
    this.run(task);
  }

  /** How many tasks are under way. */
  get running(): number {
    return this.#running.size;
  }

  /** Runs a task; what it throws is logged. */
  run(task: () => Promise<void>): void {
    const running = task().catch((error: unknown) => {
      this.#log.error("what came in could not be dealt with", error);
    });
    this.#running.add(running);
    void running.then(() => this.#running.delete(running));
  }

  /** Resolves when nothing is being dealt with at the moment. */
  async rest(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Takes nothing more; resolves when everything that was taken is done. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await this.rest();
  }
}
