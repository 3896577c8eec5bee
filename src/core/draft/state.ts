import type { Messages } from "#core/messages/index";
import { type DraftQuestion, isAhead, isApproved, isScorable } from "./question.ts";

/** How far a question has come; each has its word in the messages. */
export type DraftState = keyof Messages["content"]["states"];

export function stateOf(question: DraftQuestion): DraftState {
  const { published, gone } = question;
  if (published?.asked === true) return isAhead(question) ? "ahead" : "live";
  if (gone) return "gone";
  if (!isScorable(question)) return "unscorable";
  if (!isApproved(question)) return "open";
  return published === null ? "approved" : "withdrawn";
}
