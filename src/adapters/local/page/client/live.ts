import { isThisBuild } from "./api.ts";

export interface Live {
  /** The server has stopped or cannot be reached. */
  lost(): void;
  /** The server answers (again). */
  found(): void;
  /** The server is another build than this tab. */
  outdated(): void;
  /** A round opened or closed, or another tab of this browser sent an answer. */
  changed(): void;
  /** A round has closed, and everything about it may be read. */
  revealed(round: string): void;
}

/** Listens to the server and to the other tabs; the result tells the other tabs. */
export function listen(live: Live): () => void {
  const events = new EventSource("/api/events");
  events.addEventListener("build", ({ data }) => {
    live.found();
    if (!isThisBuild(String(data))) live.outdated();
  });
  events.addEventListener("question", () => live.changed());
  events.addEventListener("reveal", ({ data }) => live.revealed(String(data)));
  events.addEventListener("error", () => live.lost());
  const tabs = new BroadcastChannel("rehearsal");
  tabs.addEventListener("message", () => live.changed());
  return () => tabs.postMessage("changed");
}
