import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { MemberId, RoundId } from "#core/ids";
import type { AnnouncementKind } from "#core/schedule/post-record";

interface Listener {
  readonly members: ReadonlySet<MemberId>;
  send(event: string, text: string): void;
  end(): void;
}

/** Every open browser, told when a round opens or closes, which build answers, and what only its member may know. */
export class Events {
  readonly #listeners = new Set<Listener>();
  readonly #build: string;
  #round: string | null = null;

  constructor(build: string) {
    this.#build = build;
  }

  /** One browser's stream, for the members in its tabs; it ends with the browser or with the server. */
  stream(context: Context, members: ReadonlySet<MemberId>): Response {
    return streamSSE(context, async (stream) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const listener: Listener = {
        members,
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

  /** Tells the tabs of one member what their reply turned into. */
  amend(member: MemberId, amendment: string): void {
    for (const listener of this.#listeners) {
      if (listener.members.has(member)) listener.send("amend", amendment);
    }
  }

  /** Tells of a message in a thread: all tabs, or those of the one member that it is for. */
  announceThread(member: MemberId | null): void {
    for (const listener of this.#listeners)
      if (member === null || listener.members.has(member)) listener.send("thread", "");
  }

  #tell(event: string, text: string): void {
    for (const listener of this.#listeners) listener.send(event, text);
  }

  close(): void {
    for (const listener of this.#listeners) listener.end();
  }
}
