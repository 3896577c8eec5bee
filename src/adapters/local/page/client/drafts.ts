import { type Keeping, keep, keepHere, recall, recallHere } from "./memory.ts";

export interface Drafts {
  /** What stands in this tab's box, or what another tab wrote last. */
  text(): string;
  keep(text: string): Keeping;
  /** The id under which this text is sent, the same from every box and tab: however often it arrives, it counts once. */
  submission(text: string): string;
  /** Whether this text has its verdicts already. */
  isSent(text: string): boolean;
  arrived(text: string): void;
}

/** Two sums of 32 bits each, so that no two of a member's answers to one question share a name. */
function nameOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0x2f0b4c47];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x5bd1e995);
    other ^= other >>> 15;
  }
  return [one, other].map((sum) => (sum >>> 0).toString(36)).join("-");
}

/**
 * What a member has written for one round or practice question.
 *
 * @param today a date where the same text may be sent again on another day, as in practice
 */
export function drafts(member: string, asked: string, today = ""): Drafts {
  const draft = `draft:${member}:${asked}`;
  const sent = `sent:${member}:${asked}:${today}`;
  const submission = (text: string): string => `page-${nameOf([member, asked, today, text].join("\0"))}`;
  const namesSent = (): string[] => (recall(sent) ?? "").split(" ");
  return {
    text: () => recallHere(draft),
    keep: (text) => keepHere(draft, text),
    submission,
    isSent: (text) => namesSent().includes(submission(text)),
    arrived: (text) => void keep(sent, [...new Set([...namesSent(), submission(text)])].join(" ").trim()),
  };
}
