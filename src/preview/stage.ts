import type { Reply } from "#core/reply";
import type { Stages } from "#core/stages";

/** A thread that only whoever looks at the preview sees: what was posted in it, as it stands now. */
export class PreviewStage implements Stages {
  readonly #posts = new Map<string, Reply>();
  #taken = 0;

  obstacle(): null {
    return null;
  }

  async open(
    ...[, , , first, { key }]: Parameters<Stages["open"]>
  ): Promise<{ readonly thread: string; readonly message: string }> {
    this.#posts.set(key, first);
    return { thread: key, message: key };
  }

  async post(...[, reply, { key }]: Parameters<Stages["post"]>): Promise<string> {
    this.#posts.set(key, reply);
    return key;
  }

  async edit(...[, message, read]: Parameters<Stages["edit"]>): Promise<void> {
    const reply = await read();
    if (reply !== null) this.#posts.set(message, reply);
  }

  /** Everything that stands there. */
  all(): readonly Reply[] {
    return [...this.#posts.values()];
  }

  /** What was posted since the last time. */
  take(): readonly Reply[] {
    const news = this.all().slice(this.#taken);
    this.#taken += news.length;
    return news;
  }

  clear(): void {
    this.#posts.clear();
    this.#taken = 0;
  }
}
