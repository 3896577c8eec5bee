import type { Client } from "./client.ts";

/** What may wait for Redis at once, before more is refused: a member is better told at once than never. */
export const MOST_WAITING = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;

export class TooMuchWaits extends Error {
  constructor() {
    super(`Redis does not keep up: ${MOST_WAITING} calls or ${MOST_BYTES} bytes wait already`);
    this.name = "TooMuchWaits";
  }
}

/** Counts what is under way. ioredis would queue without a bound while the server is away. */
export class Gate {
  #waiting = 0;
  #bytes = 0;
  readonly #idle: (() => void)[] = [];

  get waiting(): number {
    return this.#waiting;
  }

  /** @throws TooMuchWaits where too much is under way */
  async pass<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting >= MOST_WAITING || this.#bytes + bytes > MOST_BYTES) throw new TooMuchWaits();
    this.#waiting += 1;
    this.#bytes += bytes;
    try {
      return await work();
    } finally {
      this.#waiting -= 1;
      this.#bytes -= bytes;
      if (this.#waiting === 0) for (const tell of this.#idle.splice(0)) tell();
    }
  }

  /** Resolves when nothing is under way any more, at the latest after so long. */
  async idle(ms: number): Promise<void> {
    if (this.#waiting === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle.push(resolve);
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
  }
}

/**
 * Waits until there is a connection. ioredis would queue what comes meanwhile, and send it when nobody waits for it any
 * more; so nothing is given to it before.
 *
 * @param patienceMs how long one call waits
 */
export const untilReady = (client: Client, patienceMs: number): (() => Promise<void>) => {
  let outage: Promise<void> | null = null;
  const wait = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error("Redis is away"))), patienceMs);
      const back = () => end(resolve);
      const end = (settle: () => void) => {
        clearTimeout(timer);
        client.off("ready", back);
        outage = null;
        settle();
      };
      client.once("ready", back);
    });
  return () => {
    if (client.status === "ready") return Promise.resolve();
    outage ??= wait();
    return outage;
  };
};
