import type { Glossary } from "./glossary.ts";
import { isDigit, isHan } from "./letters.ts";
import type { Clause, Reading, Token } from "./reading.ts";

/** How far a direction word reaches, in widths: about fourteen Chinese letters. */
const REACH = 42;

/** Letters of a clause that may be a mere verb. */
const LONGEST_ECHO = 30;

const MOVES = /(?:->|=>|→|[降升调加减改涨][到至成为]|变成|改为)/;

/** "the batch size and the sequence length" */
const JOINS = /^(?:和|与|或|或者|及|以及|跟|and(?: the)?|or(?: the)?|&|\/|\+)$/;

interface Push {
  readonly start: number;
  readonly end: number;
  readonly direction: number;
}

/** Gives every quantity of a reading the direction that its clause gives it. */
export function resolveDirections(reading: Reading, glossary: Glossary): void {
  for (const [at, clause] of reading.clauses.entries()) {
    resolveClause(clause, reading, glossary);
    const before = reading.clauses[at - 1];
    const corrected = before?.corrects === true ? reading.clauses[at - 2] : undefined;
    if (corrected !== undefined) carryTopic(corrected, clause, glossary);
    else if (before?.sentence === clause.sentence) carryTopic(before, clause, glossary);
  }
}

/** "The bigger the batch the more memory, so lower it": a clause of a mere verb speaks of the topic before it. */
function carryTopic(before: Clause, clause: Clause, glossary: Glossary): void {
  const isQuantity = (token: Token) => glossary.entries[token.meaning]?.quantity === true;
  if (clause.tokens.some((token) => token.type === "concept")) return;
  const push = clause.tokens.find(
    (token) => !token.overlay && (token.type === "up" || token.type === "down"),
  );
  const topic = before.tokens.find(isQuantity);
  if (push === undefined || topic === undefined || clause.end - clause.start > LONGEST_ECHO) return;
  const carried: Token = {
    ...topic,
    start: push.start,
    end: push.end,
    overlay: true,
    direction: push.type === "up" ? 1 : -1,
  };
  clause.tokens.push(carried);
  clause.of.set(carried.meaning, [carried]);
}

function resolveClause(clause: Clause, reading: Reading, glossary: Glossary): void {
  const text = reading.text.text;
  const quantities = clause.tokens.filter((token) => glossary.entries[token.meaning]?.quantity === true);
  if (quantities.length === 0) return;
  const moves = numberMoves(text, clause);
  const pushes: Push[] = [...moves];
  for (const token of clause.tokens) {
    if (token.type !== "up" && token.type !== "down") continue;
    // "from 32 down to 8": the figures decide, whatever the verb.
    if (moves.some((move) => token.start >= move.start - 6 && token.end <= move.end)) continue;
    pushes.push({ start: token.start, end: token.end, direction: token.type === "up" ? 1 : -1 });
  }
  const pairs: { push: Push; token: Token; cost: number }[] = [];
  for (const push of pushes) {
    for (const token of quantities) {
      const cost = costOf(push, token, reading);
      if (cost <= REACH) pairs.push({ push, token, cost });
    }
  }
  pairs.sort((one, other) => one.cost - other.cost || one.push.start - other.push.start);
  const used = new Set<Push>();
  const done = new Set<Token>();
  for (const { push, token } of pairs) {
    if (used.has(push) || done.has(token)) continue;
    used.add(push);
    done.add(token);
    token.direction = push.direction;
  }
  // "lower the batch size and the sequence length": one verb, two things.
  const directed: Token[] = [];
  for (const token of quantities) {
    if (token.direction === 0) {
      const before = directed.findLast((other) => other.end <= token.start);
      const between = before === undefined ? "" : text.slice(before.end, token.start).trim();
      if (before !== undefined && JOINS.test(between)) token.direction = before.direction;
    }
    if (token.direction !== 0) directed.push(token);
  }
  readAssignments(text, quantities);
}

function costOf(push: Push, token: Token, reading: Reading): number {
  if (push.start < token.end && push.end > token.start) return token.overlay ? REACH + 1 : 0;
  const after = token.start >= push.end;
  const gap = after
    ? (reading.widths[token.start] ?? 0) - (reading.widths[push.end] ?? 0)
    : (reading.widths[push.start] ?? 0) - (reading.widths[token.end] ?? 0);
  const text = reading.text.text;
  if (isHan(text.charCodeAt(push.start))) {
    // 越大 and the like belong to what stands before them.
    if (after) return gap + (text.charAt(push.start) === "越" || text.charAt(push.start) === "更" ? 24 : 1);
    return gap;
  }
  return after ? gap : gap + 6;
}

/** "32 → 8", "from 8 to 32", "从32降到8": pairs of figures that move. */
function numberMoves(text: string, clause: Clause): Push[] {
  const moves: Push[] = [];
  let last: { value: number; end: number; start: number } | undefined;
  for (let at = clause.start; at < clause.end; at += 1) {
    if (!isDigit(text.charCodeAt(at)) || (at > 0 && isDigit(text.charCodeAt(at - 1)))) continue;
    let end = at;
    while (end < clause.end && isDigit(text.charCodeAt(end)) && end - at < 9) end += 1;
    const value = Number(text.slice(at, end));
    if (last !== undefined && at - last.end <= 10) {
      const between = text.slice(last.end, at);
      const lead = text.slice(Math.max(clause.start, last.start - 12), last.start);
      // "16 to 20 GB" is a range; only an arrow, a verb or a "from" makes it a move.
      const moved =
        MOVES.test(between) || (/(?:到|至|\bto\b)/.test(between) && /(?:从|由|\bfrom\b)/.test(lead));
      if (moved && value !== last.value) {
        moves.push({ start: last.start, end, direction: value > last.value ? 1 : -1 });
      }
    }
    last = { value, end, start: at };
    at = end - 1;
  }
  return moves;
}

/** `batch_size: 1` and "batch size of 1" in a setting propose a small one. */
function readAssignments(text: string, quantities: readonly Token[]): void {
  for (const token of quantities) {
    if (token.direction !== 0) continue;
    const match = /^\s?(?:=|:|：|of |to |设为|设成|改成|改为|调到|开|就|为)?\s?([0-9]{1,4})(?![0-9])/.exec(
      text.slice(token.end, token.end + 10),
    );
    const figure = match?.[1];
    if (figure !== undefined && Number(figure) <= 4 && Number(figure) > 0) token.direction = -1;
  }
}
