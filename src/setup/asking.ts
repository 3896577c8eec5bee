import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { type Readable, Writable } from "node:stream";

/** Whoever sets the bot up: reads what we say and answers what we ask. */
export interface Asking {
  say(text: string): void;
  /** What was typed, without blanks around it; null where nothing will be typed any more. */
  ask(question: string, how?: { readonly secret: boolean }): Promise<string | null>;
}

/** Passes on what a terminal shows, unless a secret is being typed. */
class Screen extends Writable {
  readonly #output: Writable & { readonly columns?: number };
  hidden = false;

  constructor(output: Writable) {
    super();
    this.#output = output;
  }

  get columns(): number {
    return this.#output.columns ?? 80;
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    if (!this.hidden) this.#output.write(chunk);
    done();
  }
}

/** A terminal, or a pipe with one answer a line. */
export class TerminalAsking implements Asking {
  readonly #output: Writable;
  readonly #screen: Screen;
  readonly #lines: Interface;
  readonly #typed: string[] = [];
  #ended = false;

  constructor(input: Readable, output: Writable, interactive: boolean) {
    this.#output = output;
    this.#screen = new Screen(output);
    this.#lines = createInterface({
      input,
      output: this.#screen,
      terminal: interactive,
      historySize: 0,
      prompt: "",
    });
    this.#lines.on("line", (line) => this.#typed.push(line));
    this.#lines.once("close", () => {
      this.#ended = true;
    });
    // Ctrl+C ends the questions; what to do then is for whoever asked.
    this.#lines.on("SIGINT", () => this.#lines.close());
  }

  say(text: string): void {
    this.#output.write(`${text}\n`);
  }

  async ask(question: string, { secret } = { secret: false }): Promise<string | null> {
    this.#output.write(question);
    this.#screen.hidden = secret;
    if (this.#typed.length === 0 && !this.#ended) {
      const stop = new AbortController();
      const { signal } = stop;
      await Promise.race([once(this.#lines, "line", { signal }), once(this.#lines, "close", { signal })]);
      stop.abort();
    }
    this.#screen.hidden = false;
    // The end of the line was hidden with the rest of it.
    if (secret) this.#output.write("\n");
    return this.#typed.shift()?.trim() ?? null;
  }

  close(): void {
    this.#lines.close();
  }
}
