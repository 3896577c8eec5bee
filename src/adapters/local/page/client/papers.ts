import { type Drafts, drafts } from "./drafts.ts";
import { keepHere, recallHere } from "./memory.ts";
import type { Desk, DeskAnswer } from "./wire.ts";

/** What the text in the answer box belongs to. */
export interface Paper {
  readonly question: string;
  /** Null in practice. */
  readonly round: { readonly id: string; readonly closesAt: number; readonly takesUntil: number } | null;
  /** When the member first had it before them, by the server's clock. */
  readonly opened: number;
  /** The member has moved on from it. */
  readonly left?: boolean;
}

export interface LaidOut {
  /** What the box belongs to now; null where nothing can be answered. */
  readonly paper: Paper | null;
  /** The box belongs to a round that is over: what was begun for it may be sent until its `takesUntil`. */
  readonly isLate: boolean;
  /** What was written for an earlier question and can be sent no more. */
  readonly unsent: { readonly paper: Paper; readonly text: string } | null;
}

const askedBy = ({ round, question }: Paper): string => round?.id ?? question;

/** Where the texts of a paper are kept. In practice the same answer may be given again on another day. */
export const draftsOf = (member: string, paper: Paper, now: number): Drafts =>
  drafts(member, askedBy(paper), paper.round === null ? new Date(now).toISOString().slice(0, 10) : "");

function paperOn({ desk, now }: DeskAnswer): Paper | null {
  const { kind, question, round } = desk;
  if (question === null || (kind !== "round" && kind !== "practice")) return null;
  return { question: question.id, round: kind === "round" ? round : null, opened: now };
}

/** What another build of the page may have kept in another form is nothing to this one. */
const isPaper = (value: unknown): value is Paper =>
  typeof value === "object" && value !== null && "question" in value && "round" in value && "opened" in value;

function recallPaper(name: string): Paper | null {
  const value: unknown = JSON.parse(recallHere(name) || "null");
  return isPaper(value) ? value : null;
}

const keepPaper = (name: string, paper: Paper | null): void =>
  void keepHere(name, paper === null ? "" : JSON.stringify(paper));

const atHand = (member: string): string => `paper:${member}`;
const leftOver = (member: string): string => `unsent:${member}`;

/** The instants of a round that is over are known only once it has closed. */
const asClosed = (paper: Paper, { round }: Desk): Paper =>
  round !== null && round.id === paper.round?.id ? { ...paper, round } : paper;

/**
 * Decides what the box belongs to. What somebody began in time stays before them, whatever has opened since, until they
 * move on; over a reload too while it may be sent, and afterwards it can still be read.
 *
 * @param standing what the box belonged to so far
 */
export function layOut(state: DeskAnswer, standing: Paper | null): LaidOut {
  const { desk, member, now } = state;
  const isUnsent = (paper: Paper): boolean => {
    const kept = draftsOf(member, paper, now);
    const text = kept.text().trim();
    return text !== "" && !kept.isSent(text);
  };

  const fresh = paperOn(state);
  const before = recallPaper(atHand(member));
  const isSame = before !== null && fresh !== null && askedBy(before) === askedBy(fresh);
  const current = isSame ? { ...fresh, opened: before.opened } : fresh;
  keepPaper(atHand(member), current);

  // Who goes from one practice question to another does so themselves.
  const isInterrupted = before !== null && !isSame && (before.round !== null || current?.round != null);
  const kept = isInterrupted && isUnsent(before) ? before : recallPaper(leftOver(member));
  const left = kept === null ? null : asClosed(kept, desk);
  const isOver = left !== null && (current === null || askedBy(left) !== askedBy(current)) && isUnsent(left);
  keepPaper(leftOver(member), isOver ? left : null);

  if (!isOver) return { paper: current, isLate: false, unsent: null };
  const stays =
    now <= (left.round?.takesUntil ?? 0) || (standing !== null && askedBy(standing) === askedBy(left));
  if (left.round !== null && left.left !== true && stays) return { paper: left, isLate: true, unsent: null };
  return { paper: current, isLate: false, unsent: { paper: left, text: draftsOf(member, left, now).text() } };
}

/** The member moves on: what they began for a round that is over stands in the box no longer. */
export function leave(member: string): void {
  for (const name of [atHand(member), leftOver(member)]) {
    const paper = recallPaper(name);
    if (paper !== null) keepPaper(name, { ...paper, left: true });
  }
}

/** The member needs the text no more. */
export function discard(member: string, paper: Paper, now: number): void {
  draftsOf(member, paper, now).keep("");
  keepPaper(leftOver(member), null);
}
