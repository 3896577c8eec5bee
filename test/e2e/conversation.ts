import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";

export const root = resolve(import.meta.dirname, "../..");

/** The program as `npm start` runs it, with this test's Node. */
export const startLine = (...flags: string[]): string[] => [
  process.execPath,
  "--import",
  "./src/require-node-24.js",
  "src/main.ts",
  ...flags,
];

/** A person at a real terminal: types, and waits for what should appear. */
export class Conversation {
  readonly #child: ChildProcess;
  #raw = "";
  /** What a person reads: without the codes that move the cursor. */
  #seen = "";
  /** Where the next wait begins to look. */
  #from = 0;
  readonly exited: Promise<number | null>;

  constructor(command: readonly string[], env: Readonly<Record<string, string>>) {
    // `script` gives the program a terminal of its own; -e hands on its exit status.
    const line = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
    this.#child = spawn("script", ["-qefc", `stty cols 100; exec ${line}`, "/dev/null"], {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      this.#raw += chunk;
      this.#seen = stripVTControlCharacters(this.#raw).replaceAll("\r\n", "\n");
    });
    this.exited = new Promise((done) => this.#child.once("close", (status) => done(status)));
  }

  type(text: string): void {
    this.#child.stdin?.write(`${text}\r`);
  }

  /** Sends keys as they are, without Enter. */
  press(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Sends text as a terminal sends a paste: between brackets, without Enter. */
  paste(text: string): void {
    this.#child.stdin?.write(`\u001b[200~${text}\u001b[201~`);
  }

  /** Resolves with everything printed since the last wait, once it matches; rejects when the program ends first. */
  async sees(expected: RegExp): Promise<string> {
    const ended = this.exited.then(() => "ended" as const);
    for (;;) {
      const fresh = this.#seen.slice(this.#from);
      const match = expected.exec(fresh);
      if (match !== null) {
        this.#from += match.index + match[0].length;
        return fresh;
      }
      const news = new Promise<"news">((done) => this.#child.stdout?.once("data", () => done("news")));
      if (
        (await Promise.race([news, ended])) === "ended" &&
        expected.exec(this.#seen.slice(this.#from)) === null
      ) {
        throw new Error(`the program ended without showing ${expected}; it showed:\n${this.#seen}`);
      }
    }
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}
