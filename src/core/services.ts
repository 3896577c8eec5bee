import type { Charts } from "./charts.ts";
import type { Command } from "./command.ts";
import type { Remedies } from "./oom/remedies.ts";
import type { Library } from "./pack/library.ts";
import type { Clock, Log, Store } from "./ports.ts";
import type { Zone } from "./round/calendar.ts";
import type { Judging } from "./round/judging.ts";
import type { Grader } from "./scoring/grader.ts";
import type { ModelCatalogue } from "./vram/catalogue.ts";

/** What commands work with; `main.ts` puts it together. */
export interface Services {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly library: Library;
  readonly grader: Grader;
  /** A second reader of answers; absent where the operator set none. */
  readonly judging?: Judging;
  /** Every command of this installation, for help. */
  readonly commands: readonly Command[];
  /** The zone in which dates are shown where a channel has none of its own. */
  readonly zone: Zone;
  /** What `/oom` knows: fixes, cases, the playbook. */
  readonly remedies: Remedies;
  /** What `/vram` knows: architectures, cards, published runs. */
  readonly models: ModelCatalogue;
  readonly charts: Charts;
}
