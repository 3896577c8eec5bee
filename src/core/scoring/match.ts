import type { EntryType } from "./glossary.ts";
import { isWide } from "./letters.ts";
import type { Clause, Reading, Token } from "./reading.ts";
import type { Rule, Term } from "./rule.ts";

/** A rule fulfilled somewhere in an answer. */
export interface Match {
  readonly rule: Rule;
  readonly tokens: readonly Token[];
  /** Index of the clause that holds the anchor. */
  readonly clause: number;
  /** How many negations bear on it. */
  readonly denied: number;
  /** Told not to do it, or said to be of no use: stronger than a plain "not". */
  readonly forbidden: boolean;
  readonly asked: boolean;
  /** Said under "without", or as somebody's belief: nothing is claimed. */
  readonly unclaimed: boolean;
  /** Every slot stands in a clause with its subject. */
  readonly firm: boolean;
}

/** Slots may lie this far from the anchor: some forty Chinese letters. */
const REACH = 135;
const NOT_BEFORE = 30;
const FORBID_BEFORE = 36;
const FORBID_AFTER = 6;
const NEEDLESS_AFTER = 6;
const USELESS_AFTER = 54;
const USELESS_BEFORE = 20;
const NEIGHBOURS = 2;

/** Every place where the rule is fulfilled, at most one for each clause. */
export function matchRule(rule: Rule, reading: Reading, where: Whereabouts): Match[] {
  const matches: Match[] = [];
  const [anchor, ...others] = rule.slots;
  if (anchor === undefined) return matches;
  if (others.some((slot) => slot.every((term) => !where.has(term.meaning)))) return matches;
  const found = new Set<number>();
  for (const term of anchor) {
    for (const index of where.get(term.meaning) ?? []) {
      const clause = reading.clauses[index];
      if (clause === undefined || found.has(index)) continue;
      const match = matchAt(rule, term, clause, index, reading);
      if (match === undefined) continue;
      found.add(index);
      matches.push(match);
    }
  }
  return matches.sort((one, other) => one.clause - other.clause);
}

/** Words that were found otherwise, as if a rule had asked for them; its clause is `home`. */
export function matchOf(
  rule: Rule,
  tokens: readonly Token[],
  home: number,
  reading: Reading,
): Match | undefined {
  const clause = reading.clauses[home];
  return clause === undefined ? undefined : bearing(rule, tokens, clause, home, reading);
}

/** Indexes of the clauses in which each meaning stands. */
export type Whereabouts = ReadonlyMap<number, readonly number[]>;

export function whereabouts(reading: Reading): Whereabouts {
  const where = new Map<number, number[]>();
  for (const [index, clause] of reading.clauses.entries()) {
    for (const meaning of clause.of.keys()) {
      const known = where.get(meaning);
      if (known === undefined) where.set(meaning, [index]);
      else known.push(index);
    }
  }
  return where;
}

function matchAt(rule: Rule, term: Term, clause: Clause, index: number, reading: Reading): Match | undefined {
  for (const token of clause.of.get(term.meaning) ?? []) {
    if (!fits(token, term, rule.subject)) continue;
    const tokens = [token];
    for (let slot = 1; slot < rule.slots.length; slot += 1) {
      const filled = fill(rule, slot, tokens, index, reading);
      if (filled === undefined) break;
      tokens.push(filled);
    }
    if (tokens.length < rule.slots.length) continue;
    if (
      rule.unless.some((unless) =>
        (clause.of.get(unless.meaning) ?? []).some((other) => fits(other, unless, -1)),
      )
    ) {
      continue;
    }
    return bearing(rule, tokens, clause, index, reading);
  }
  return undefined;
}

function fits(token: Token, term: Term, subject: number): boolean {
  if (token.masked) return false;
  if (term.direction !== undefined && token.direction !== term.direction) return false;
  return subject === -1 || token.subject === subject;
}

function fill(
  rule: Rule,
  slot: number,
  taken: readonly Token[],
  index: number,
  reading: Reading,
): Token | undefined {
  const anchor = taken[0];
  const last = taken[taken.length - 1];
  const home = reading.clauses[index];
  if (anchor === undefined || last === undefined || home === undefined) return undefined;
  const reach = rule.scope === "clause" ? 0 : rule.scope === "wide" ? NEIGHBOURS + 2 : NEIGHBOURS;
  let best: Token | undefined;
  let bestGap = REACH;
  for (
    let at = Math.max(0, index - reach);
    at <= Math.min(reading.clauses.length - 1, index + reach);
    at += 1
  ) {
    const clause = reading.clauses[at];
    if (clause === undefined || (rule.scope !== "wide" && clause.sentence !== home.sentence)) continue;
    if (Math.abs(clause.sentence - home.sentence) > 1) continue;
    for (const term of rule.slots[slot] ?? []) {
      for (const token of clause.of.get(term.meaning) ?? []) {
        if (!fits(token, term, rule.subject) || taken.includes(token)) continue;
        // One word cannot fill two slots, unless a pattern lies over it.
        if (taken.some((other) => overlaps(token, other) && token.overlay === other.overlay)) continue;
        if (rule.ordered && token.start < last.end) continue;
        const gap = gapBetween(anchor, token, reading);
        if (gap < bestGap) {
          best = token;
          bestGap = gap;
        }
      }
    }
  }
  return best;
}

function overlaps(one: Token, other: Token): boolean {
  return one.start < other.end && other.start < one.end;
}

function gapBetween(one: Token, other: Token, reading: Reading): number {
  const [first, second] = one.start <= other.start ? [one, other] : [other, one];
  return Math.max(0, (reading.widths[second.start] ?? 0) - (reading.widths[first.end] ?? 0));
}

/** What the small words around the filled slots do to them. */
function bearing(rule: Rule, tokens: readonly Token[], home: Clause, index: number, reading: Reading): Match {
  const starts = tokens.map((token) => token.start);
  const ends = tokens.map((token) => token.end);
  const first = Math.min(...starts);
  const last = Math.max(...ends);
  let denied = 0;
  let forbidden = false;
  let asked = home.asked;
  let unclaimed = home.believed;
  let clauses = 0;
  for (const clause of reading.clauses) {
    if (clause.end < first - 80 || clause.start > last + 80) continue;
    const held = tokens.filter((token) => token.start >= clause.start && token.end <= clause.end);
    if (held.length === 0) continue;
    clauses += 1;
    asked ||= clause.asked;
    const from = Math.min(...held.map((token) => token.start));
    const to = Math.max(...held.map((token) => token.end));
    const heads = held.some((token) => token.start <= clause.start + 2 && token.overlay);
    if (clause.rejected && !heads) denied += 1;
    for (const mark of clause.tokens) {
      if (!bears(mark.type) || tokens.some((token) => holds(token, mark))) continue;
      const before = (reading.widths[from] ?? 0) - (reading.widths[mark.end] ?? 0);
      const after = (reading.widths[mark.start] ?? 0) - (reading.widths[to] ?? 0);
      // "turn … off" reaches around what it denies.
      const inside = (mark.start >= from && mark.end <= to) || (mark.start <= from && mark.end >= to);
      if (mark.type === "needless" && (inside || (before >= 0 && before <= NOT_BEFORE))) denied += 1;
      else if (
        mark.type === "needless" &&
        after >= 0 &&
        after <= NEEDLESS_AFTER &&
        !isRelief(mark, reading)
      ) {
        denied += 1;
        forbidden = true;
      } else if (mark.type === "not" && (inside || (before >= 0 && before <= NOT_BEFORE))) denied += 1;
      else if (mark.type === "forbid" && (inside || (before >= 0 && before <= FORBID_BEFORE))) {
        denied += 1;
        forbidden = true;
      } else if (mark.type === "forbid" && after >= 0 && after <= FORBID_AFTER) {
        denied += 1;
        forbidden = true;
      } else if (mark.type === "useless" && (inside || uselessFor(before, after, mark, reading))) {
        denied += 1;
        forbidden = true;
      } else if (mark.type === "without" && (inside || (before >= 0 && before <= NOT_BEFORE)))
        unclaimed = true;
    }
  }
  // A "not" in one of two clauses may belong to either half: it neither claims nor denies the whole.
  if (clauses > 1 && denied % 2 === 1) unclaimed = true;
  return {
    rule,
    tokens,
    clause: index,
    denied,
    forbidden,
    asked,
    unclaimed,
    firm: tokens.every((token) => token.firm),
  };
}

/** Whether a small word is part of what was asked for, rather than something that a gap passed over. */
function holds(token: Token, mark: Token): boolean {
  if (mark.start < token.start || mark.end > token.end) return false;
  return !(token.gaps ?? []).some((gap) => mark.start >= gap.start && mark.end <= gap.end);
}

/** 用了 LoRA 就不用这么多: what follows is spared, not what stands before; 就不用了 turns it down. */
const isRelief = (mark: Token, { text: { text } }: Reading): boolean =>
  text.charAt(mark.start - 1) === "就" && text.charAt(mark.end) !== "了";

/** What is useless stands before the word in Chinese; English may put it first ("it is useless to …"). */
function uselessFor(before: number, after: number, mark: Token, reading: Reading): boolean {
  if (after >= 0 && after <= USELESS_AFTER) return true;
  return before >= 0 && before <= USELESS_BEFORE && !isWide(reading.text.text.charCodeAt(mark.start));
}

function bears(type: EntryType): boolean {
  return (
    type === "not" || type === "forbid" || type === "useless" || type === "needless" || type === "without"
  );
}
