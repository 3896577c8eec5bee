import type { Library } from "./pack/library.ts";
import type { Clock, Log, Store } from "./ports.ts";
import type { Grader } from "./scoring/grader.ts";

/** What commands work with; `main.ts` puts it together. */
export interface Services {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly library: Library;
  readonly grader: Grader;
}
