import type { Clause, Reading, Token } from "./reading.ts";

/**
 * Gives every token the subject that it is said of: the nearest one before it in its clause, else the only one in its
 * clause, else the one that the sentence before was about. "The former" and "the latter" look back at the last two
 * subjects named, or at the order of the question.
 *
 * @param asked the subjects in the order in which the question names them
 */
export function resolveSubjects(reading: Reading, asked: readonly number[]): void {
  let carried = -1;
  const named: number[] = [];
  const ones = countOnes(reading);
  let sentence = -1;
  let seen = 0;
  for (const clause of reading.clauses) {
    if (clause.sentence !== sentence) seen = 0;
    sentence = clause.sentence;
    const marks = marksOf(clause, named, asked);
    // "One learns this, the other that", in the order in which the two were named.
    if (asked.length === 2 && marks.length === 0 && (ones.get(sentence) ?? 0) >= 2) {
      const pair = pairOf(named) ?? asked;
      for (const token of clause.tokens) {
        if (token.type !== "one") continue;
        marks.push({ start: token.start, subject: pair[Math.min(seen, 1)] ?? -1 });
        seen += 1;
      }
    }
    const only = marks.every((mark) => mark.subject === marks[0]?.subject) ? marks[0]?.subject : undefined;
    for (const token of clause.tokens) {
      const before = marks.findLast((mark) => mark.start <= token.start);
      token.firm = before !== undefined || only !== undefined;
      token.subject = before?.subject ?? only ?? (marks.length > 0 ? (marks[0]?.subject ?? -1) : carried);
    }
    const last = marks[marks.length - 1];
    if (last !== undefined) carried = last.subject;
  }
}

function countOnes(reading: Reading): Map<number, number> {
  const ones = new Map<number, number>();
  for (const { sentence, tokens } of reading.clauses) {
    const here = tokens.filter((token) => token.type === "one").length;
    if (here > 0) ones.set(sentence, (ones.get(sentence) ?? 0) + here);
  }
  return ones;
}

function marksOf(
  clause: Clause,
  named: number[],
  asked: readonly number[],
): { readonly start: number; readonly subject: number }[] {
  const marks: { start: number; subject: number }[] = [];
  // The pair that "the former" means was named before this clause.
  const pair = pairOf(named) ?? asked;
  for (const token of clause.tokens) {
    const subject = subjectOf(token, pair);
    if (subject === -1) continue;
    marks.push({ start: token.start, subject });
    if (token.type === "subject") {
      const at = named.indexOf(subject);
      if (at !== -1) named.splice(at, 1);
      named.push(subject);
    }
  }
  return marks;
}

function subjectOf(token: Token, pair: readonly number[]): number {
  if (token.type === "subject") return token.meaning;
  if (token.type === "former") return pair[0] ?? -1;
  if (token.type === "latter") return pair[1] ?? -1;
  return -1;
}

function pairOf(named: readonly number[]): readonly number[] | undefined {
  return named.length >= 2 ? named.slice(-2) : undefined;
}
