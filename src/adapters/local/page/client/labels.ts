import { find, write } from "./dom.ts";
import { language, locale, say } from "./locale.ts";
import { showThemes } from "./switches.ts";

/** Names everything around the question in the reader's language. */
export function relabelPage(): void {
  const t = say();
  document.documentElement.lang = language();
  write("#skip", t.skip);
  if (document.querySelector("#content-link") !== null) write("#content-link", t.ownContent);
  write("#command-title", t.commandTitle);
  write("#command-label", t.commandLabel);
  find("#command", HTMLTextAreaElement).placeholder = t.commandPlaceholder;
  write("#command-help", t.commandHelp);
  write("#run", t.run);
  write("#file-label", t.chooseFile);
  find("#completions", HTMLElement).ariaLabel = t.completions;
  for (const name of ["streak", "history", "bank"] as const) write(`#${name} > h2`, t[name]);
  write("#closing p", t.revealAsk);
  write("#closing [value=yes]", t.revealYes);
  write("#closing [value=no]", t.revealNo);
  find("#languages", HTMLElement).ariaLabel = t.language;
  for (const button of document.querySelectorAll<HTMLButtonElement>("#languages button")) {
    button.ariaPressed = String(button.value === locale());
  }
  showThemes();
}
