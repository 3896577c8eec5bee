import type { JudgeFacts } from "#core/operation";
import type { Clock } from "#core/ports";

const DAY_MS = 86_400_000;
const MILLION = 1_000_000;

/** What a million tokens cost, read and written, in whatever currency they are billed. */
export interface Prices {
  readonly input: number;
  readonly output: number;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

const nothing = { calls: 0, failures: 0, input: 0, output: 0 };

/** What the judge of this process does and costs, by the UTC day, as its allowance counts. */
export class Tally {
  readonly #clock: Clock;
  readonly #prices: Prices | null;
  #day = 0;
  #counted = { ...nothing };

  constructor(clock: Clock, prices: Prices | null = null) {
    this.#clock = clock;
    this.#prices = prices;
  }

  #today(): typeof nothing {
    const day = Math.floor(this.#clock.now() / DAY_MS);
    if (day !== this.#day) this.#counted = { ...nothing };
    this.#day = day;
    return this.#counted;
  }

  called(isFailed: boolean): void {
    const today = this.#today();
    today.calls += 1;
    if (isFailed) today.failures += 1;
  }

  used({ input, output }: Tokens): void {
    const today = this.#today();
    today.input += input;
    today.output += output;
  }

  facts(model: string): JudgeFacts {
    const { calls, failures, input, output } = this.#today();
    const prices = this.#prices;
    const cost = prices === null ? null : (input * prices.input + output * prices.output) / MILLION;
    return { model, calls, failures, tokens: { input, output }, cost };
  }
}
