import type { Announcement, Announcements, Poster } from "#core/ports";

type Listener = (announcement: Announcement) => void;

/**
 * The clock's messages on this machine: open tabs and the terminal are told, and read the round itself in the store.
 * Telling them twice shows nothing twice, so nothing needs to be found again.
 */
export class LocalPoster implements Poster, Announcements {
  readonly #listeners = new Set<Listener>();

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async post(announcement: Announcement): Promise<string> {
    for (const listener of this.#listeners) listener(announcement);
    return announcement.key;
  }

  async find(): Promise<null> {
    return null;
  }
}
