import { eventsAddress, isThisBuild, member } from "./api.ts";
import type { WireAmendment } from "./wire.ts";

export interface Live {
  /** The server has stopped or cannot be reached. */
  lost(): void;
  /** The server answers (again): whatever it said meanwhile was not heard. */
  found(): void;
  /** The server is another build than this tab. */
  outdated(): void;
  /** A round opened or closed, or another tab of this browser sent an answer. */
  changed(): void;
  /** A round has closed, and everything about it may be read. */
  revealed(round: string): void;
  /** Something was said unasked, to everybody or to this member. */
  spoken(): void;
  /** A reply to this member has become another. */
  amended(amendment: WireAmendment): void;
}

export interface Tabs {
  /** From now on the server is listened to for this tab's member. */
  join(): void;
  /** Tells the other tabs that something has changed. */
  tell(): void;
}

const names = ["build", "question", "reveal", "amend", "thread"] as const;
type Event = { readonly name: (typeof names)[number] | "lost"; readonly data: string };

/** What tabs say to each other: what the server said, for whom they listen, and that a tab has changed something. */
type Word =
  | { readonly kind: "heard"; readonly event: Event }
  | { readonly kind: "here"; readonly member: string | null }
  | { readonly kind: "who" }
  | { readonly kind: "changed" };

const AGAIN_MS = 2000;

function pass({ name, data }: Event, live: Live): void {
  switch (name) {
    case "build":
      live.found();
      if (!isThisBuild(data)) live.outdated();
      return;
    case "question":
      live.changed();
      return;
    case "reveal":
      live.revealed(data);
      return;
    case "thread":
      live.spoken();
      return;
    case "amend":
      live.amended(JSON.parse(data));
      return;
    case "lost":
      live.lost();
  }
}

/**
 * Listens to the server and to the other tabs. One tab of a browser holds the stream for all and hands on what it
 * hears: a browser opens six connections to a host, so a stream in each of seven tabs would leave none for requests.
 */
export function listen(live: Live): Tabs {
  const tabs = new BroadcastChannel("rehearsal");
  const say = (word: Word): void => tabs.postMessage(word);
  const members = new Set<string | null>();
  let stream: EventSource | null = null;
  let joined = false;

  const tell = (event: Event): void => {
    say({ kind: "heard", event });
    pass(event, live);
  };
  function open(): void {
    const before = stream;
    const opened = new EventSource(eventsAddress([...members]));
    stream = opened;
    // Until the new stream speaks the old one is heard, so that nothing falls between them.
    opened.addEventListener("open", () => before?.close());
    for (const name of names) {
      opened.addEventListener(name, ({ data }) => tell({ name, data: String(data) }));
    }
    opened.addEventListener("error", () => {
      if (stream === opened) tell({ name: "lost", data: "" });
      // A browser tries again by itself only where the connection failed, not after an answer that was no stream.
      if (opened.readyState === EventSource.CLOSED) setTimeout(() => stream === opened && open(), AGAIN_MS);
    });
  }
  const listenFor = (one: string | null): void => {
    const isNew = !members.has(one);
    members.add(one);
    if (stream !== null && isNew) open();
  };
  tabs.addEventListener("message", ({ data }: MessageEvent<Word>) => {
    if (data.kind === "heard") pass(data.event, live);
    else if (data.kind === "here") listenFor(data.member);
    else if (data.kind === "changed") live.changed();
    else if (joined) say({ kind: "here", member });
  });

  const lead = (): void => {
    open();
    say({ kind: "who" });
  };
  return {
    join() {
      if (joined) return;
      joined = true;
      listenFor(member);
      say({ kind: "here", member });
      // Whoever holds the lock leads; when that tab goes, the next one does. Without locks every tab helps itself.
      navigator.locks
        .request("rehearsal", () => {
          lead();
          return new Promise(() => {});
        })
        .catch(lead);
    },
    tell: () => say({ kind: "changed" }),
  };
}
