import { drawAmendable } from "./amendments.ts";
import { find, make, speak } from "./dom.ts";
import { language, say } from "./locale.ts";
import type { Perform } from "./render.ts";
import type { WireReply } from "./wire.ts";

/** Where a reply goes that is not for the log: under the question, or under the thread whose button was pressed. */
export type Slot = "hints" | "result" | "own";

export interface Shown {
  readonly reply: WireReply;
  /** The request that it answers; absent where it will never be amended. */
  readonly submission?: string;
}

/** The first words of a reply, for those who hear the page. */
function announce(drawn: HTMLElement): void {
  speak(
    [...drawn.children]
      .slice(0, 2)
      .map((block) => block.textContent)
      .join(". ")
      .slice(0, 300),
  );
}

/** Puts a reply under the question in place of the one before. */
export function showUnderQuestion(slot: Slot, shown: Shown, perform: Perform): void {
  const section = find(`#${slot}`, HTMLElement);
  const drawn = drawAmendable(shown, perform);
  section.replaceChildren(drawn);
  section.ariaLabel = { hints: say().hint, result: say().result, own: say().forYouAlone }[slot];
  section.hidden = false;
  announce(drawn);
  section.scrollIntoView({ block: "nearest" });
}

export function emptyUnderQuestion(): void {
  for (const slot of ["hints", "result"]) {
    const section = find(`#${slot}`, HTMLElement);
    section.replaceChildren();
    section.hidden = true;
  }
}

function card(typed: string, drawn: HTMLElement): HTMLElement {
  const remove = make("button", { type: "button", class: "dismiss", "aria-label": say().dismiss }, "×");
  const whole = make(
    "article",
    // It stays in the language in which it was asked.
    { class: "card", lang: language() },
    make("p", { class: "typed" }, make("code", {}, typed.slice(0, 200)), remove),
    drawn,
  );
  remove.addEventListener("click", () => {
    whole.remove();
    find("#command", HTMLElement).focus();
  });
  return whole;
}

/**
 * Puts a reply on top of the log, or in place of the one whose button was pressed.
 *
 * @param remarks what the page itself has to say about what was sent
 */
export function showInLog(
  typed: string,
  shown: Shown,
  perform: Perform,
  pressed?: HTMLElement,
  remarks: readonly string[] = [],
): void {
  const drawn = drawAmendable(shown, perform);
  const whole = card(typed, drawn);
  drawn.before(...remarks.map((text) => make("p", { class: "remark" }, text)));
  const replaced = shown.reply.placement === "edit" ? pressed?.closest("article.card") : null;
  if (replaced == null) find("#log", HTMLElement).prepend(whole);
  else replaced.replaceWith(whole);
  announce(drawn);
  whole.scrollIntoView({ block: "nearest" });
}

/** A sentence of the page itself, where a reply would stand. */
export const sentence = (text: string): Shown => ({
  reply: { visibility: "private", placement: "new", blocks: [{ kind: "text", text }] },
});
