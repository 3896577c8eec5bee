import { find, make, speak, write } from "./dom.ts";
import { choose, language, locale } from "./locale.ts";
import { type Around, formElement, messageElement } from "./preview-discord.ts";
import { pageElement, messageElement as slackMessage } from "./preview-slack.ts";
import { type Ask, formElement as slackForm } from "./preview-slack-controls.ts";
import type { Asked, DrawnMessage, PreviewDay, Shown } from "./preview-wire.ts";
import { words } from "./preview-words.ts";
import { showThemes, theme } from "./switches.ts";

/** How a platform's client draws its own payloads. */
interface Drawer {
  readonly name: string;
  message(message: DrawnMessage, around: Around): HTMLElement;
  form(form: unknown, act: (asked: Asked) => void, close: (() => void) | null, ask: Ask): HTMLElement;
  /** The page that a member has to themselves, where there is one. */
  page?(page: DrawnMessage, around: Around): HTMLElement;
}

const drawers: Readonly<Record<string, Drawer>> = {
  discord: { name: "Discord", message: messageElement, form: formElement },
  slack: { name: "Slack", message: slackMessage, form: slackForm, page: pageElement },
};

const platform = location.pathname.split("/").at(-1) ?? "";
const drawer = drawers[platform];

let day: PreviewDay | null = null;

const look = () => ({ locale: locale(), theme: theme() });

async function read<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path, { ...init, cache: "no-store" });
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Error(answer.refusal?.[locale()] ?? words().failed);
}

const sceneElement = (title: string): HTMLElement => {
  const scene = make("section", { class: "scene" }, make("h3", { class: "scene-title" }, title));
  find("#scenes", HTMLElement).append(scene);
  return scene;
};

function around(typed?: string): Around {
  const { names, now } = day ?? { names: {}, now: Date.now() };
  return { names, now, act, ...(typed === undefined ? {} : { typed }) };
}

function showMessages(scene: HTMLElement, messages: readonly DrawnMessage[], typed?: string): void {
  if (drawer === undefined) return;
  for (const [at, message] of messages.entries()) {
    scene.append(drawer.message(message, around(at === 0 ? typed : undefined)));
  }
}

/** What a day or an answer holds beside messages, where it stands in the channel. */
function showOther(scene: HTMLElement, shown: Shown): void {
  if (drawer === undefined) return;
  if (shown.kind === "form") scene.append(drawer.form(shown.form, act, null, ask));
  if (shown.kind === "page" && drawer.page !== undefined) scene.append(drawer.page(shown.page, around()));
}

/** What came of something that was tried: at the end of the channel, or as an open form. */
function showAnswer(shown: Shown, typed?: string): void {
  if (drawer === undefined) return;
  if (shown.kind === "messages") {
    const scene = sceneElement(words().trying);
    showMessages(scene, shown.messages, typed);
    scene.scrollIntoView({ block: "end" });
    speak(scene.textContent ?? "");
    return;
  }
  if (shown.kind !== "form") return;
  const dialog = find("#form", HTMLDialogElement);
  dialog.replaceChildren(drawer.form(shown.form, act, () => dialog.close(), ask));
  dialog.showModal();
}

function fail(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  sceneElement(words().trying).append(make("p", { class: "failure", role: "alert" }, text));
}

const ask: Ask = (asked) =>
  read<Shown>(`/api/preview/${platform}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...look(), asked }),
  });

function act(asked: Asked): void {
  const typed = asked.kind === "command" ? asked.text : undefined;
  ask(asked).then((shown) => showAnswer(shown, typed), fail);
}

function label(): void {
  const name = drawer?.name ?? platform;
  document.documentElement.lang = language();
  document.title = words().title(name);
  write("#title", words().title(name));
  write("#about", words().about(name));
  write("#back", words().back);
  write("#channel", words().channel);
  write("#waiting", words().waiting);
  write("#command-label", words().placeholder);
  write("#send", words().send);
  find("#command", HTMLInputElement).placeholder = words().placeholder;
  for (const button of document.querySelectorAll<HTMLButtonElement>("#languages button")) {
    button.ariaPressed = String(button.value === locale());
  }
  showThemes();
}

async function drawDay(): Promise<void> {
  label();
  delete document.body.dataset.settled;
  // The first day takes seconds: its pictures are drawn by a program that has to start.
  find("#waiting", HTMLElement).hidden = false;
  try {
    day = await read<PreviewDay>(`/api/preview/${platform}?${new URLSearchParams(look())}`);
    find("#scenes", HTMLElement).replaceChildren();
    for (const { title, typed, shown } of day.scenes) {
      const scene = sceneElement(title);
      if (shown.kind === "messages") showMessages(scene, shown.messages, typed);
      else showOther(scene, shown);
    }
  } catch (error) {
    find("#scenes", HTMLElement).replaceChildren();
    fail(error);
  }
  find("#waiting", HTMLElement).hidden = true;
  document.body.dataset.settled = "";
}

document.documentElement.dataset.platform = platform;
for (const button of document.querySelectorAll<HTMLButtonElement>("#languages button")) {
  button.addEventListener("click", () => {
    choose(button.value);
    void drawDay();
  });
}
for (const button of document.querySelectorAll<HTMLButtonElement>("#themes button")) {
  // After the switch itself: pictures are drawn for one theme.
  button.addEventListener("click", () => void drawDay());
}
find("#typing", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  const input = find("#command", HTMLInputElement);
  if (input.value.trim() === "") return;
  act({ kind: "command", text: input.value });
  input.value = "";
});
void drawDay();
