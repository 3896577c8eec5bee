import { NotDone, readCommands, readDesk, send } from "./api.ts";
import { clearCommand, commandBox } from "./command-box.ts";
import { commandIn } from "./command-text.ts";
import { find, speak, write } from "./dom.ts";
import { listen } from "./live.ts";
import { choose, locale, say } from "./locale.ts";
import { takeLogFiles } from "./log-file.ts";
import { notice, withdraw } from "./notices.ts";
import { refuseHugePastes } from "./paste.ts";
import { answerQuestion } from "./question.ts";
import type { Action } from "./render.ts";
import { emptyUnderQuestion, sentence, showInLog, showUnderQuestion } from "./replies.ts";
import { refreshSides } from "./side.ts";
import { showThemes } from "./switches.ts";
import type { DeskAnswer, RequestAnswer, RequestBody, WireCommand } from "./wire.ts";

let commands: readonly WireCommand[] = [];
let state: DeskAnswer | null = null;
/** Settles with the last request of this tab: what it changes is no news from elsewhere. */
let working: Promise<unknown> = Promise.resolve();

const loadAgain = (): void => location.reload();

function explain(error: unknown): string {
  if (!(error instanceof NotDone)) throw error;
  if (error.outdated) notice("outdated", error.message, { label: say().reload, run: loadAgain });
  if (error.offline) notice("offline", error.message);
  return error.message;
}

/** Shows a failure where a reply would have come. */
function showFailure(slot: "result" | "log", typed: string, error: unknown): void {
  const text = explain(error);
  if (slot === "log") showInLog(typed, sentence(text), perform);
  else showUnderQuestion("result", sentence(text), perform);
}

const question = answerQuestion({
  answered(answer) {
    showUnderQuestion("result", answer.reply, perform);
    settle(answer);
    tellOthers();
  },
  failed: (error) => showFailure("result", "", error),
  remark(text) {
    notice("remark", text);
    speak(text);
  },
});

function showState(next: DeskAnswer): void {
  state = next;
  question.show(next);
  const isOther = new URLSearchParams(location.search).has("as");
  write("#member", isOther ? say().member(next.member) : "");
  document.body.dataset.ready = "yes";
}

/** After a command everything that it may have changed is shown anew. */
function settle({ state: next }: RequestAnswer): void {
  withdraw("offline");
  withdraw("remark");
  if (next === null) return;
  const moved =
    state !== null &&
    (state.desk.kind !== next.desk.kind || state.desk.question?.id !== next.desk.question?.id);
  showState(next);
  if (moved) {
    withdraw("round");
    tellOthers();
  }
  void refreshSides(next.desk, commands, perform).catch(explain);
}

/** Runs what a button or a form asks for; the reply goes where the member looks. */
function perform(action: Action, pressed?: HTMLElement): void {
  if (action.command === "answer" && action.options.text === undefined) {
    question.focus();
    return;
  }
  const inLog = pressed?.closest("#log") != null && action.command !== "quiz";
  const typed = `/${action.command}`;
  working = send(action.command, { kind: "typed", options: action.options }).then(
    (answer) => {
      const isQuestion =
        action.command === "quiz" && answer.reply.blocks.some(({ kind }) => kind === "heading");
      if (isQuestion) {
        emptyUnderQuestion();
        settle(answer);
        find("#asked", HTMLElement).focus();
        return;
      }
      const slot = action.command === "hint" ? "hints" : "result";
      if (inLog) showInLog(typed, answer.reply, perform, pressed);
      else showUnderQuestion(slot, answer.reply, perform);
      settle(answer);
    },
    (error: unknown) => showFailure(inLog ? "log" : "result", typed, error),
  );
}

/** What was typed into the command box; text without a command answers the open question. */
function inputOf(text: string): { command: string; input: RequestBody["input"] } {
  const command = commandIn(text);
  if (command !== null) return { command: command.name, input: { kind: "text", text: command.rest } };
  const options = question.target();
  if (options === null) return { command: "answer", input: { kind: "text", text } };
  return { command: "answer", input: { kind: "typed", options: { ...options, text } } };
}

async function runCommand(text: string, shown = text): Promise<void> {
  const { command, input } = inputOf(text);
  try {
    const answer = await send(command, input);
    showInLog(shown, answer.reply, perform);
    clearCommand(text);
    settle(answer);
  } catch (error) {
    showFailure("log", shown, error);
  }
}

function relabel(): void {
  const t = say();
  document.documentElement.lang = locale() === "zh" ? "zh-CN" : "en";
  write("#skip", t.skip);
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
  question.relabel();
}

/** Asks the server what lies before the member, and shows the best answer so far where there is one. */
async function refresh(): Promise<void> {
  const next = await readDesk();
  showState(next);
  await refreshSides(next.desk, commands, perform);
  const { question: asked, answers } = next.desk;
  if (asked === null || answers.sent === 0 || !commands.some(({ name }) => name === "history")) return;
  const { reply } = await send("history", { kind: "typed", options: { question: asked.id } });
  showUnderQuestion("result", reply, perform);
}

/** Another tab or the clock has changed something: what is being typed stays until the member moves on. */
async function catchUp(): Promise<void> {
  await working;
  const before = state?.desk;
  const next = await readDesk();
  if (before?.kind === "round" && (next.desk.kind !== "round" || next.desk.round?.id !== before.round?.id)) {
    const sentenceFor = next.desk.kind === "round" ? say().roundOpened : say().roundClosed;
    notice("round", sentenceFor, {
      label: next.desk.kind === "round" ? say().showNew : say().seeReveal,
      run() {
        withdraw("round");
        emptyUnderQuestion();
        showState(next);
        if (next.desk.kind === "closed")
          perform({ command: "close", options: { round: next.desk.round?.id } });
      },
    });
    return;
  }
  showState(next);
  await refreshSides(next.desk, commands, perform);
}

const tellOthers = listen({
  lost: () => notice("offline", say().offline),
  found: () => withdraw("offline"),
  outdated: () => notice("outdated", say().outdated, { label: say().reload, run: loadAgain }),
  changed: () => void catchUp().catch(explain),
  revealed(round) {
    void catchUp().catch(explain);
    notice("reveal", say().revealReady, { label: say().seeReveal, run: () => showReveal(round) });
  },
});

find("#hint", HTMLElement).addEventListener("click", () => perform({ command: "hint", options: {} }));
const closing = find("#closing", HTMLDialogElement);
find("#reveal", HTMLElement).addEventListener("click", () => {
  closing.returnValue = "";
  closing.showModal();
});
function showReveal(round: string | undefined): void {
  withdraw("reveal");
  perform({ command: "close", options: { round } });
}
const seeReveal = (): void => showReveal(state?.desk.round?.id);
closing.addEventListener("close", () => {
  if (closing.returnValue === "yes") seeReveal();
});
find("#see-reveal", HTMLElement).addEventListener("click", seeReveal);
find("#another", HTMLElement).addEventListener("click", () => perform({ command: "quiz", options: {} }));
for (const button of document.querySelectorAll<HTMLButtonElement>("#languages button")) {
  button.addEventListener("click", () => {
    choose(button.value);
    relabel();
    void refresh().catch(explain);
  });
}
commandBox(
  () => commands,
  (text) => {
    working = runCommand(text);
  },
);
takeLogFiles(
  ({ name, text, cut }) => {
    if (cut) notice("remark", say().fileCut(name, 256));
    working = runCommand(`/oom ${text}`, `/oom ${name}`);
  },
  (refused) => notice("remark", refused),
);

refuseHugePastes(() => notice("remark", say().pasteTooBig));

relabel();
try {
  commands = await readCommands();
  await refresh();
} catch (error) {
  explain(error);
}
document.body.dataset.settled = "yes";
