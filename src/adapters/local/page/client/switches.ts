import { find } from "./dom.ts";
import { say } from "./locale.ts";
import { keep } from "./memory.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");
const buttons = (): NodeListOf<HTMLButtonElement> => document.querySelectorAll("#themes button");

/** The theme that is shown: the one that was chosen, else the system's. */
export function theme(): "light" | "dark" {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen !== "light" && dark.matches) ? "dark" : "light";
}

/** Names the two themes in the reader's language and marks the one that is shown. */
export function showThemes(): void {
  const names: Readonly<Record<string, string>> = { light: say().light, dark: say().dark };
  find("#themes", HTMLElement).ariaLabel = say().theme;
  for (const button of buttons()) {
    button.textContent = names[button.value] ?? "";
    button.ariaPressed = String(button.value === theme());
  }
}

for (const button of buttons()) {
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = button.value;
    keep("theme", button.value);
    showThemes();
  });
}
dark.addEventListener("change", showThemes);
