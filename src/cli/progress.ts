const WIDTH = 30;
const MOST_OFTEN_MS = 100;

/** Where a bar is drawn: standard error, and only if a person sees it. */
interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar that says how far something has come; nothing where nobody looks. */
export class ProgressBar {
  readonly #screen: Screen;
  readonly #now: () => number;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #isDrawn = false;

  constructor(screen: Screen, now: () => number) {
    this.#screen = screen;
    this.#now = now;
  }

  /** @param share from 0 to 1 */
  draw(label: string, share: number): void {
    if (this.#screen.isTTY !== true || this.#now() - this.#drawnAt < MOST_OFTEN_MS) return;
    this.#drawnAt = this.#now();
    this.#isDrawn = true;
    const done = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    this.#screen.write(`\r${"█".repeat(done)}${"░".repeat(WIDTH - done)} ${percent} % ${label}\u001B[K`);
  }

  /** Takes the bar away, so that what follows stands on a line of its own. */
  clear(): void {
    if (this.#isDrawn) this.#screen.write("\r\u001B[K");
    this.#isDrawn = false;
  }
}
