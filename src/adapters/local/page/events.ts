import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { RoundId } from "#core/ids";
import type { AnnouncementKind } from "#core/schedule/post-record";

interface Listener {
  send(event: string, text: string): void;
  end(): void;
}

/** Every open tab, told when a round opens or closes and which build answers. */
export class Events {
  readonly #listeners = new Set<Listener>();
  readonly #build: string;
  #round: string | null = null;

  constructor(build: string) {
    this.#build = build;
  }

  /** One tab's stream; it ends with the tab or with the server. */
  stream(context: Context): Response {
    return streamSSE(context, async (stream) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const listener: Listener = {
        // A tab that has gone away is noticed by its abort; there is nobody to tell of a failed write.
        send: (event, data) => void stream.writeSSE({ event, data }).catch(resolve),
        end: resolve,
      };
      stream.onAbort(resolve);
      this.#listeners.add(listener);
      await stream.writeSSE({ event: "build", data: this.#build, retry: 1000 });
      await promise;
      this.#listeners.delete(listener);
    });
  }

  /** Tells all tabs what the clock has posted. */
  announce(kind: AnnouncementKind, round: RoundId): void {
    this.#tell(kind, round);
  }

  /** Tells all tabs where the round is another than the last time, or was closed. */
  announceRound(round: string | null): void {
    if (round === this.#round) return;
    this.#round = round;
    this.#tell("question", round ?? "");
  }

  #tell(event: string, text: string): void {
    for (const listener of this.#listeners) listener.send(event, text);
  }

  close(): void {
    for (const listener of this.#listeners) listener.end();
  }
}
