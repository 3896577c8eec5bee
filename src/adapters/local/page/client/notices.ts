import { find, make } from "./dom.ts";

type Kind = "offline" | "outdated" | "round" | "reveal" | "remark";

export interface NoticeAction {
  readonly label: string;
  run(): void;
}

/** Shows a sentence over the page; one of each kind at a time. */
export function notice(kind: Kind, sentence: string, action?: NoticeAction): void {
  const shown = make("p", { class: `notice ${kind}` }, make("span", {}, sentence));
  if (action !== undefined) {
    const button = make("button", { type: "button", class: "secondary" }, action.label);
    button.addEventListener("click", () => action.run());
    shown.append(button);
  }
  const old = document.querySelector(`.notice.${kind}`);
  if (old?.textContent === shown.textContent) return;
  old?.remove();
  find("#notices", HTMLElement).append(shown);
}

export const withdraw = (kind: Kind): void => document.querySelector(`.notice.${kind}`)?.remove();
