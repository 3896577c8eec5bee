/** A message longer than this is cut: no command takes as much, and the refusal will say so. */
const MOST_CHARACTERS = 1_000_000;

/**
 * Tells how a line begins: a command that takes one line, one that takes many, text, or a slash that begins no known
 * command. In a pasted log that is a path; where a message begins, it is a mistyped command.
 */
export type LineKind = "one-line" | "many-lines" | "text" | "slash";

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
    const continues = last !== undefined && (last.kind === "many-lines" || last.kind === "text");
    const joins = continues && (kind === "text" || kind === "slash");
    if (!joins && line.trim() === "" && last !== undefined) continue;
    const message = joins ? last : { kind, lines: [], length: 0 };
    if (!joins) pending.push(message);
    if (message.length > MOST_CHARACTERS) continue;
    message.lines.push(line);
    message.length += line.length + 1;
  }
  return pending.map((message) => message.lines.join("\n").slice(0, MOST_CHARACTERS).trim());
}
