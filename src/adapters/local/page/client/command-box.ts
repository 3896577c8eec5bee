import { readCompletions } from "./api.ts";
import { type Asked, askedAtEnd, type Completion, completionsFor } from "./completion.ts";
import { find, make } from "./dom.ts";
import { locale } from "./locale.ts";
import type { WireCommand } from "./wire.ts";

const box = (): HTMLTextAreaElement => find("#command", HTMLTextAreaElement);
const list = (): HTMLElement => find("#completions", HTMLElement);

/** Few enough to be read at a glance. */
const MOST_SHOWN = 12;

/** More lines than these are scrolled; the box never pushes the page about. */
const MOST_LINES = 6;

/** The command box: completion by keyboard or pointer, Enter sends. */
export function commandBox(commands: () => readonly WireCommand[], run: (text: string) => void): void {
  let offered: readonly Completion[] = [];
  let chosen = -1;

  const hide = (): void => {
    offered = [];
    chosen = -1;
    list().hidden = true;
    box().setAttribute("aria-expanded", "false");
    box().removeAttribute("aria-activedescendant");
  };
  const take = (completion: Completion): void => {
    box().value = completion.text;
    offer();
  };
  const mark = (): void => {
    for (const [at, item] of [...list().children].entries()) {
      item.setAttribute("aria-selected", String(at === chosen));
      if (at === chosen) item.scrollIntoView({ block: "nearest" });
    }
    if (chosen < 0) box().removeAttribute("aria-activedescendant");
    else box().setAttribute("aria-activedescendant", `completion-${chosen}`);
  };
  function offer(): void {
    box().rows = Math.min(MOST_LINES, box().value.split("\n").length);
    const text = box().value.length > 500 ? "" : box().value;
    show(completionsFor(text, commands(), locale()));
    const asked = askedAtEnd(text, commands());
    if (asked !== null) void offerMore(text, asked);
  }
  /** What the server knows goes before what the page knows, unless something else has been typed meanwhile. */
  async function offerMore(text: string, asked: Asked): Promise<void> {
    const found = await readCompletions(asked.command, asked.option, asked.typed).catch(() => []);
    if (box().value !== text || document.activeElement !== box() || found.length === 0) return;
    const more = found.map(({ value, label }) => ({
      text: `${asked.before}${value} `,
      shown: value,
      meaning: label === value ? "" : label,
    }));
    const known = new Set(more.map((completion) => completion.text));
    show([...more, ...offered.filter((completion) => !known.has(completion.text))].slice(0, MOST_SHOWN));
  }
  function show(completions: readonly Completion[]): void {
    offered = completions;
    if (offered.length === 0) {
      hide();
      return;
    }
    chosen = -1;
    list().replaceChildren(
      ...offered.map((completion, at) => {
        const item = make(
          "div",
          { role: "option", id: `completion-${at}`, "aria-selected": "false" },
          make("code", {}, completion.shown),
          make("span", {}, completion.meaning),
        );
        // Before the box loses the focus and hides the list.
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(completion);
        });
        return item;
      }),
    );
    list().hidden = false;
    box().setAttribute("aria-expanded", "true");
  }
  const send = (): void => {
    const text = box().value.trim();
    hide();
    if (text === "") return;
    run(text);
  };

  box().addEventListener("input", offer);
  box().addEventListener("blur", hide);
  box().addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const completion = offered[chosen];
    const first = offered[0];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (offered.length === 0) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      chosen =
        chosen < 0 && step < 0 ? offered.length - 1 : (chosen + step + offered.length) % offered.length;
      mark();
    } else if (event.key === "Tab" && !event.shiftKey && first !== undefined) {
      take(completion ?? first);
    } else if (event.key === "Escape" && offered.length > 0) {
      hide();
    } else if (event.key === "Enter" && !event.shiftKey) {
      if (completion === undefined) send();
      else take(completion);
    } else {
      return;
    }
    event.preventDefault();
  });
  find("#commanding", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
}

/** Empties the box after its text has arrived, unless it has changed since. */
export function clearCommand(sent: string): void {
  if (box().value.trim() !== sent) return;
  box().value = "";
  box().rows = 1;
}
