import type { Reply } from "#core/reply";
import type { Services } from "#core/services";

/** Platforms take more edits of a message than that, and nobody reads faster. */
const BETWEEN_EDITS_MS = 1500;
/** A message that says something else at every look is never done: it waits for the next refresh. */
const MOST_ROUNDS = 10;
const MOST_IDLE = 1000;

/** One message of everybody's that changes. */
export interface Kept {
  /** What it is to say as things stand now; null leaves it as it is. */
  read(): Promise<Reply | null>;
  write(reply: Reply): Promise<void>;
}

interface Message {
  running: Promise<void> | null;
  /** Asked for since the last look. */
  isAsked: boolean;
  kept: Kept;
  editedAt: number;
}

type Parts = Pick<Services, "clock"> & { pause(ms: number, signal: AbortSignal): Promise<void> };

/**
 * Keeps messages up to date that many change at once. What a message says is read when it is written and once more
 * afterwards: whoever wrote something old over something new, in this process or another, sees that and mends it.
 */
export class Upkeep {
  readonly #parts: Parts;
  readonly #messages = new Map<string, Message>();
  readonly #ending = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Resolves when the message says what it should. */
  refresh(name: string, kept: Kept): Promise<void> {
    const message = this.#messages.get(name) ?? { running: null, isAsked: false, kept, editedAt: 0 };
    this.#messages.set(name, message);
    message.isAsked = true;
    message.kept = kept;
    message.running ??= this.#run(message);
    return message.running;
  }

  /** Waits for nothing any more: what is still to be written is written now. Never rejects. */
  async end(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled([...this.#messages.values()].map(({ running }) => running));
  }

  async #run(message: Message): Promise<void> {
    try {
      await this.#bring(message);
    } finally {
      // At once: whoever asks from here on begins anew.
      message.running = null;
      this.#forgetIdle();
    }
  }

  async #bring(message: Message): Promise<void> {
    let written: string | null = null;
    for (let round = 0; round < MOST_ROUNDS || message.isAsked; round += 1) {
      message.isAsked = false;
      const reply = await message.kept.read();
      const says = reply === null ? null : JSON.stringify(reply);
      if (reply === null || says === written) {
        if (message.isAsked) continue;
        return;
      }
      // What was read before a wait is old.
      if (await this.#waited(message.editedAt)) continue;
      await message.kept.write(reply);
      message.editedAt = this.#parts.clock.now();
      written = says;
    }
  }

  /** Whether it had to wait for its turn. */
  async #waited(editedAt: number): Promise<boolean> {
    const { clock, pause } = this.#parts;
    const waitMs = editedAt + BETWEEN_EDITS_MS - clock.now();
    if (waitMs <= 0 || this.#ending.signal.aborted) return false;
    await pause(Math.min(waitMs, BETWEEN_EDITS_MS), this.#ending.signal);
    return true;
  }

  #forgetIdle(): void {
    if (this.#messages.size <= MOST_IDLE) return;
    for (const [name, { running }] of this.#messages) if (running === null) this.#messages.delete(name);
  }
}
