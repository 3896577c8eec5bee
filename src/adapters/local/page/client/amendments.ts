import { speak } from "./dom.ts";
import { drawReply, type Perform } from "./render.ts";
import type { Shown } from "./replies.ts";
import type { WireAmendment } from "./wire.ts";

/** Amendments that came before the replies they belong to: two connections keep no order. */
const early = new Map<string, WireAmendment>();
const MOST_EARLY = 20;

/** A reply as it is to be shown, in its newest form, marked so that it can be found again. */
export function drawAmendable({ reply, submission }: Shown, perform: Perform): HTMLElement {
  if (submission === undefined) return drawReply(reply, perform);
  const drawn = drawReply(early.get(submission)?.whole ?? reply, perform);
  early.delete(submission);
  drawn.dataset.submission = submission;
  return drawn;
}

/** Puts a reply's newer form in its place, wherever it is shown; false where it is not (yet). */
export function amend(amendment: WireAmendment, perform: Perform): boolean {
  const { submission, whole, news } = amendment;
  // The same answer may stand under the question and in the log.
  const places = document.querySelectorAll<HTMLElement>(`[data-submission="${CSS.escape(submission)}"]`);
  if (places.length === 0) {
    early.set(submission, amendment);
    const [oldest] = early.keys();
    if (early.size > MOST_EARLY && oldest !== undefined) early.delete(oldest);
    return false;
  }
  for (const shown of places) {
    const drawn = drawAmendable({ reply: whole, submission }, perform);
    const hadFocus = shown.contains(document.activeElement);
    shown.replaceWith(drawn);
    if (hadFocus) drawn.querySelector<HTMLElement>("button, a, input, textarea")?.focus();
  }
  const words = news.blocks.flatMap((block) =>
    block.kind === "heading" || block.kind === "note" ? [block.text] : [],
  );
  speak(words.join(". ").slice(0, 300));
  return true;
}
