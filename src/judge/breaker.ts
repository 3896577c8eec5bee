import type { Clock } from "#core/ports";

const MOST_FAILURES = 5;
const REST_MS = 60_000;

/** Leaves an endpoint alone for a minute after five failures in a row; then one call finds out whether it is back. */
export class Breaker {
  readonly #clock: Clock;
  #failures = 0;
  #restsUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether no call may go out now. */
  rests(): boolean {
    return this.#failures >= MOST_FAILURES && this.#clock.now() < this.#restsUntil;
  }

  /** A call goes out: after a rest, the others wait for what becomes of it. */
  called(): void {
    if (this.#failures >= MOST_FAILURES) this.#restsUntil = this.#clock.now() + REST_MS;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#failures >= MOST_FAILURES) this.#restsUntil = this.#clock.now() + REST_MS;
  }
}
