/**
 * What every token of our doubles of the platforms holds, and every one that a test invents: all that any of them prints
 * may be looked through for it. Whatever else a secret could look like is for `redactionOf`.
 */
const CANARIES =
  /\bxox[a-z]-|\bxapp-|\bMT[\w-]{18,30}\.[\w-]{3,20}\.|c4n4ry|canarycanary|not-a-(?:secret|token)-of-anybody/i;

/** Long enough for a token that two pieces of the output share. */
const OVERLAP = 200;

/** Looks through an output, piece by piece, for secrets that should have stayed where they were. */
export class PrintedSecrets {
  #end = "";
  #found: string[] = [];

  /** The lines in which one stood. */
  get found(): readonly string[] {
    return this.#found;
  }

  /** Takes the next piece of what is printed. */
  read(piece: string): void {
    const text = this.#end + piece;
    for (const line of text.split("\n")) {
      if (!CANARIES.test(line) || this.#found.includes(line)) continue;
      this.#found.push(line);
    }
    this.#end = text.slice(Math.max(text.lastIndexOf("\n") + 1, text.length - OVERLAP));
  }
}
