import { find, make, speak } from "./dom.ts";
import { say } from "./locale.ts";
import { drawReply, type Perform } from "./render.ts";
import type { WireReply } from "./wire.ts";

/** Where a reply goes: under the question, or into the log under the command box. */
type Slot = "hints" | "result";

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
export function showUnderQuestion(slot: Slot, reply: WireReply, perform: Perform): void {
  const section = find(`#${slot}`, HTMLElement);
  const drawn = drawReply(reply, perform);
  section.replaceChildren(drawn);
  section.ariaLabel = slot === "hints" ? say().hint : say().result;
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
    { class: "card" },
    make("p", { class: "typed" }, make("code", {}, typed.slice(0, 200)), remove),
    drawn,
  );
  remove.addEventListener("click", () => {
    whole.remove();
    find("#command", HTMLElement).focus();
  });
  return whole;
}

/** Puts a reply on top of the log, or in place of the one whose button was pressed. */
export function showInLog(typed: string, reply: WireReply, perform: Perform, pressed?: HTMLElement): void {
  const drawn = drawReply(reply, perform);
  const whole = card(typed, drawn);
  const replaced = reply.placement === "edit" ? pressed?.closest("article.card") : null;
  if (replaced == null) find("#log", HTMLElement).prepend(whole);
  else replaced.replaceWith(whole);
  announce(drawn);
}

/** A sentence of the page itself, where a reply would stand. */
export const sentence = (text: string): WireReply => ({
  visibility: "private",
  placement: "new",
  blocks: [{ kind: "text", text }],
});
