import { keep, recall } from "./memory.ts";

export interface Drafts {
  text(): string | null;
  /** False where the browser has no room for it. */
  keep(text: string): boolean;
  /** The id under which this text is sent: the same until the server has answered. */
  submission(text: string): string;
  arrived(): void;
}

/** A short name for a text, so that a long one is not kept twice. */
function nameOf(text: string): string {
  let sum = 7;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return `${text.length}:${sum}`;
}

/** What a member has written for one round or question, kept in this browser until it is cleared. */
export function drafts(member: string, asked: string): Drafts {
  const draft = `draft:${member}:${asked}`;
  const sending = `sending:${member}:${asked}`;
  return {
    text: () => recall(draft),
    keep: (text) => keep(draft, text),
    submission(text) {
      const [id, name] = (recall(sending) ?? "").split(" ");
      if (id !== undefined && id !== "" && name === nameOf(text)) return id;
      const fresh = crypto.randomUUID();
      keep(sending, `${fresh} ${nameOf(text)}`);
      return fresh;
    },
    arrived: () => void keep(sending, ""),
  };
}
