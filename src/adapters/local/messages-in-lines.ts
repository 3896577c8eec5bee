/** A message longer than this is cut: no command takes as much, and the refusal will say so. */
const MOST_CHARACTERS = 1_000_000;

/** Tells how a line begins: a word of the prompt or a command that takes one line, one that takes many, or text. */
export type LineKind = "one-line" | "many-lines" | "text";

interface Pending {
  readonly kind: LineKind;
  readonly lines: string[];
  length: number;
}

/**
 * Joins lines into messages. A command begins a message; what follows belongs to it where it takes a long text (an
 * answer, a log), and so do blank lines. Everything else of a run of text is one message.
 *
 * @param lines as they came, without line ends
 * @param kindOf how a line begins
 */
export function messagesInLines(lines: readonly string[], kindOf: (line: string) => LineKind): string[] {
  const pending: Pending[] = [];
  for (const line of lines) {
    const kind = kindOf(line);
    const last = pending.at(-1);
    const joins = kind === "text" && last !== undefined && last.kind !== "one-line";
    if (!joins && line.trim() === "" && last !== undefined) continue;
    const message = joins ? last : { kind, lines: [], length: 0 };
    if (!joins) pending.push(message);
    if (message.length > MOST_CHARACTERS) continue;
    message.lines.push(line);
    message.length += line.length + 1;
  }
  return pending.map((message) => message.lines.join("\n").slice(0, MOST_CHARACTERS).trim());
}
