import type { Channels } from "./channels.ts";
import type { Charts } from "./charts.ts";
import type { Command } from "./command.ts";
import type { DirectMessages } from "./direct-messages.ts";
import type { Drafting } from "./draft/drafting.ts";
import type { Proposer } from "./draft/proposer.ts";
import type { Elsewhere } from "./erasure/elsewhere.ts";
import type { Retention } from "./erasure/retention.ts";
import type { ChannelId, TenantId } from "./ids.ts";
import type { Limits } from "./limits/limits.ts";
import type { Meter } from "./metrics/meter.ts";
import type { Remedies } from "./oom/remedies.ts";
import type { Operation } from "./operation.ts";
import type { Library } from "./pack/library.ts";
import type { Places } from "./places.ts";
import type { Clock, Holidays, Log, Notices, Store } from "./ports.ts";
import type { Zone } from "./round/calendar.ts";
import type { Judging } from "./round/judging.ts";
import type { Grader } from "./scoring/grader.ts";
import type { Stages } from "./stages.ts";
import type { ModelCatalogue } from "./vram/catalogue.ts";

/** What commands work with; `main.ts` puts it together. */
export interface Services {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly library: Library;
  readonly grader: Grader;
  /** Reads documents for editors; absent where none are imported. */
  readonly drafting?: Drafting;
  /** Proposes key points to editors; absent where the operator set no language model. */
  readonly proposer?: Proposer;
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
  /** Public holidays, for settings. */
  readonly holidays: Holidays;
  /** Cities by name, and whose holidays there are. */
  readonly places: Places;
  /** Absent where no message in a channel shows how a round goes. */
  readonly notices?: Notices;
  /** Absent where there is one channel only. */
  readonly channels?: Channels;
  /** Speaks to one member without having been asked; absent where nobody does. */
  readonly directMessages?: DirectMessages;
  /** Posts into any tenant's channels without having been asked. */
  readonly reports?: Pick<Channels, "post">;
  /** Threads of channels; absent where there are none. */
  readonly stages?: Stages;
  /** What adapters keep of members outside of their tenant; absent where they keep nothing. */
  readonly elsewhere?: Elsewhere;
  /** How much is taken of whom; the usual where it is absent. */
  readonly limits?: Limits;
  /** How long things are kept; as long as usual where it is absent. */
  readonly retention?: Retention;
  /** Absent where nobody watches the process from outside. */
  readonly meter?: Meter | undefined;
  /** What the process knows of itself. */
  readonly operation?: Operation;
  /** The channel of this machine; absent where there is none. */
  readonly local?: LocalChannel;
}

/** The one channel of this machine's page and terminal: there are no others to choose, and no roles. */
export interface LocalChannel {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  /** The variables that fix when its question comes, like REHEARSAL_TIME; empty where /settings decides. */
  readonly fixedBy: readonly string[];
}
