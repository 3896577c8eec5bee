import type { Clock } from "#core/ports";
import { SlackRefusal } from "./refusal.ts";
import { limit } from "./rules.ts";

/** What a member did that a view may be opened for. */
export interface Trigger {
  readonly id: string;
  readonly at: number;
  readonly workspaceId: string;
  readonly memberId: string;
  /** The modal that it came from. */
  readonly viewId: string | null;
  used: boolean;
}

/** Trigger ids: good for 3 s, and once. */
export class Triggers {
  readonly #all = new Map<string, Trigger>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mint(trigger: Omit<Trigger, "used">): Trigger {
    const made = { ...trigger, used: false };
    this.#all.set(made.id, made);
    return made;
  }

  /** Exchanges it; throws as the service does. */
  exchange(id: string): Trigger {
    const trigger = this.#all.get(id);
    if (trigger === undefined) throw new SlackRefusal("invalid_trigger_id");
    if (trigger.used) throw new SlackRefusal("exchanged_trigger_id");
    if (this.#clock.now() - trigger.at > limit("triggerMs")) throw new SlackRefusal("expired_trigger_id");
    trigger.used = true;
    return trigger;
  }
}
