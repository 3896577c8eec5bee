import type { Instant } from "./ids.ts";
import type { Store } from "./ports.ts";
import type { Sentence } from "./refusal.ts";

/** What an operator is told of where everything is kept. */
export interface StoreFacts {
  readonly kind: "file" | "redis";
  /** What a member who is told "recorded" can count on; a file's every commit waits for its disk. */
  readonly durability: "none" | "local" | "fsync" | "replicated";
  /** What would lose data, or may. */
  readonly warnings: readonly Sentence[];
  /** The layout of what is kept, which rises where a release changes it. */
  readonly layout: number;
  /** How many processes are connected, this one included; null where that cannot be known. */
  readonly processes: number | null;
}

/** A store that says what it is. */
export interface DescribedStore extends Store {
  facts(): Promise<StoreFacts>;
  /** Calls under way; absent where each is done before the next begins. */
  readonly queue?: Queue;
}

/** What the judge of this process did since the UTC day began. */
export interface JudgeFacts {
  readonly model: string;
  readonly calls: number;
  readonly failures: number;
  readonly tokens: { readonly input: number; readonly output: number };
  /** What the tokens cost, in the currency of the prices; null where no prices are set. */
  readonly cost: number | null;
}

/** Something that waits its turn in this process. */
export interface Queue {
  readonly name: string;
  waiting(): number;
  /** How much it takes before it refuses more; null where it cannot grow without somebody's doing. */
  readonly limit: number | null;
}

/** What a running process knows of itself, for `/status` and for those who watch it from outside. */
export interface Operation {
  readonly startedAt: Instant;
  /** The release, and the version of the time zone database that calendar rules go by. */
  readonly release: string;
  readonly zones: string;
  store(): Promise<StoreFacts>;
  /** Null where there is no judge. */
  judge(): JudgeFacts | null;
  queues(): readonly Queue[];
  /** Has a queue listed; one of the same name takes its place. */
  addQueue(queue: Queue): void;
}
