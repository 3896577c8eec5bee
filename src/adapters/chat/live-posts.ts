import type { Notices } from "#core/ports";
import type { Round } from "#core/round/round";
import type { Services } from "#core/services";
import type { Inflow } from "./inflow.ts";

/** Platforms let a message be edited more often, but nobody reads a number that changes faster. */
const BETWEEN_EDITS_MS = 10_000;
/** After so many failures in a row the next answer, or the close, brings the message up to date. */
const MOST_TRIES = 3;

/** The clock's messages as they stand on a platform. */
interface Posted {
  refreshQuestion(round: Round): Promise<void>;
  refreshReveal(round: Round): Promise<void>;
}

export interface LiveParts {
  readonly posted: Posted;
  /** Whether a round is one of the platform's own. */
  isOwn(round: Round): boolean;
  readonly inflow: Inflow;
  readonly services: Pick<Services, "clock" | "log">;
  after(ms: number, task: () => void): () => void;
}

/** One message that is brought up to date, at most once in ten seconds; the last state always comes. */
interface Refreshing {
  /** Writes at once what is waiting; null where nothing is. */
  finish: (() => void) | null;
  /** While it is being written, whether it changed again meanwhile; null while it is not. */
  writing: { isOld: boolean } | null;
  editedAt: number | null;
  failures: number;
}

/** Brings posts that stand in channels up to date as answers come in. What they say is read when it is written. */
export class LivePosts implements Notices {
  readonly #parts: LiveParts;
  readonly #refreshing = new Map<string, Refreshing>();
  #isEnding = false;

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  answered(round: Round): void {
    this.#soon(`question/${round.id}`, round, (posted) => posted.refreshQuestion(round));
  }

  offersChanged(round: Round): void {
    this.#soon(`reveal/${round.id}`, round, (posted) => posted.refreshReveal(round));
  }

  /** How many messages are to be brought up to date, once they may be edited again. */
  get waiting(): number {
    return [...this.#refreshing.values()].filter(({ finish }) => finish !== null).length;
  }

  /**
   * Waits for nothing any more: what was still to be written is written now, and what the last answers change is written
   * once with them. Nothing is left behind that would keep a process that ends, or find its store closed.
   */
  end(): void {
    this.#isEnding = true;
    for (const { finish } of this.#refreshing.values()) finish?.();
  }

  #soon(key: string, round: Round, refresh: (posted: Posted) => Promise<void>): void {
    if (!this.#parts.isOwn(round)) return;
    const state = this.#refreshing.get(key) ?? { finish: null, writing: null, editedAt: null, failures: 0 };
    this.#refreshing.set(key, state);
    if (state.finish !== null) return;
    if (this.#isEnding) {
      if (state.writing === null) this.#refresh(key, state, round, refresh);
      else state.writing.isOld = true;
      return;
    }
    const { clock } = this.#parts.services;
    const wait = state.editedAt === null ? 0 : Math.max(0, state.editedAt + BETWEEN_EDITS_MS - clock.now());
    const run = (): void => this.#refresh(key, state, round, refresh);
    const cancel = this.#parts.after(wait, run);
    state.finish = () => {
      cancel();
      run();
    };
  }

  #refresh(key: string, state: Refreshing, round: Round, refresh: (posted: Posted) => Promise<void>): void {
    const { inflow, posted, services } = this.#parts;
    state.finish = null;
    state.editedAt = services.clock.now();
    const writing = { isOld: false };
    state.writing = writing;
    inflow.run(async () => {
      try {
        do {
          writing.isOld = false;
          await refresh(posted);
        } while (writing.isOld);
        state.failures = 0;
        this.#forget(key);
      } catch (error) {
        services.log.error("a post could not be brought up to date", error, { channel: round.channel });
        state.failures += 1;
        if (state.failures < MOST_TRIES && !this.#isEnding) this.#soon(key, round, refresh);
      } finally {
        if (state.writing === writing) state.writing = null;
      }
    });
  }

  /** Drops the others whose time between edits is over. */
  #forget(kept: string): void {
    const before = this.#parts.services.clock.now() - BETWEEN_EDITS_MS;
    for (const [key, { finish, editedAt }] of this.#refreshing) {
      if (key !== kept && finish === null && (editedAt ?? 0) < before) this.#refreshing.delete(key);
    }
  }
}
