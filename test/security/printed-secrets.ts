/**
 * What every token of our doubles of the platforms holds, and every one that a test invents: all that any of them prints
 * may be looked through for it. Whatever else a secret could look like is for `redactionOf`.
 */
const CANARIES =
  /\bxox[a-z]-|\bxapp-|\bMT[\w-]{18,30}\.[\w-]{3,20}\.|c4n4ry|canarycanary|not-a-(?:secret|token)-of-anybody/i;

/** No line that is to be read is longer; of one that is, a piece of this length is a line. */
const LONGEST = 100_000;

/** Looks through an output, piece by piece, for secrets that should have stayed where they were. */
export class PrintedSecrets {
  #line = "";
  readonly #found: string[] = [];

  /** The lines in which one stood, the unfinished last one among them. */
  get found(): readonly string[] {
    return CANARIES.test(this.#line) ? [...this.#found, this.#line] : this.#found;
  }

  /** Takes the next piece of what is printed. */
  read(piece: string): void {
    const lines = (this.#line + piece).split("\n");
    this.#line = (lines.pop() ?? "").slice(-LONGEST);
    for (const line of lines) if (CANARIES.test(line)) this.#found.push(line);
  }
}
