import { amend } from "./amendments.ts";
import { NotDone, readCommands, readDesk, send } from "./api.ts";
import { clearCommand, commandBox } from "./command-box.ts";
import { commandIn } from "./command-text.ts";
import { describeFault } from "./desk-words.ts";
import { importDropped } from "./document-file.ts";
import { find, write } from "./dom.ts";
import { relabelPage } from "./labels.ts";
import { listen } from "./live.ts";
import { choose, joined, say } from "./locale.ts";
import { takeLogFiles } from "./log-file.ts";
import { notice, withdraw } from "./notices.ts";
import { refuseHugePastes } from "./paste.ts";
import { answerQuestion } from "./question.ts";
import type { Action } from "./render.ts";
import { emptyUnderQuestion, type Slot, sentence, showInLog, showUnderQuestion } from "./replies.ts";
import { refreshSides } from "./side.ts";
import { refreshThreads } from "./threads.ts";
import { countDoubleClicksOnce, inTurn } from "./turns.ts";
import type { Desk, DeskAnswer, RequestAnswer, RequestBody, WireCommand } from "./wire.ts";

let commands: readonly WireCommand[] = [];
let state: DeskAnswer | null = null;

const loadAgain = (): void => location.reload();

function showOutdated(): string {
  const text = joined(say().outdated, question.onReload());
  notice("outdated", text, { label: say().reload, run: loadAgain });
  return text;
}

/** The sentence for what was not done; what concerns the whole page is shown over it as well. */
function explain(error: unknown): string {
  if (!(error instanceof NotDone)) throw error;
  if (error.outdated) return showOutdated();
  if (error.offline) notice("offline", error.message);
  return error.message;
}

const remark = (text: string): void => notice("remark", text);

/** Shows a failure where a reply would have come. */
function showFailure(slot: Slot | "log", typed: string, error: unknown): void {
  const text = explain(error);
  if (slot === "log") showInLog(typed, sentence(text), perform);
  else showUnderQuestion(slot === "own" ? "own" : "result", sentence(text), perform);
}

const question = answerQuestion({
  answered(answer) {
    showUnderQuestion("result", answer, perform);
    settle(answer);
    tabs.tell();
  },
  failed: (error) => showFailure("result", "", error),
  remark,
});

function showState(next: DeskAnswer): void {
  state = next;
  question.show(next);
  find("#fault", HTMLElement).hidden = true;
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
  if (!question.isLate()) withdraw("round");
  if (moved) tabs.tell();
  void refreshSides(next.desk, commands, perform).catch(explain);
}

async function carryOut(action: Action, slot: Slot | "log", pressed?: HTMLElement): Promise<void> {
  const { command, options } = action;
  const named = typeof options.question === "string" ? ` ${options.question}` : "";
  const typed = `/${command}${named}`;
  try {
    const answer = await send(command, { kind: "typed", options });
    if (command === "quiz" || command === "close") question.leave();
    if (command === "quiz" && answer.reply.blocks.some(({ kind }) => kind === "heading")) {
      emptyUnderQuestion();
      settle(answer);
      find("#asked", HTMLElement).focus();
      return;
    }
    if (slot === "log") showInLog(typed, answer, perform, pressed);
    else showUnderQuestion(slot, answer, perform);
    settle(answer);
  } catch (error) {
    showFailure(slot, typed, error);
  }
}

/** Where the member looks who has pressed something. */
function slotFor({ command }: Action, pressed?: HTMLElement): Slot | "log" {
  if (pressed?.closest("#stage") != null) return "own";
  if (pressed?.closest("#log, #history, #beside") != null && command !== "quiz") return "log";
  return command === "hint" ? "hints" : "result";
}

/** Runs what a button or a form asks for; the reply goes where the member looks. */
function perform(action: Action, pressed?: HTMLElement): void {
  const { text, offer } = action.options;
  if (action.command === "answer" && text === undefined && offer === undefined) {
    question.focus();
    return;
  }
  void inTurn(JSON.stringify(action), () => carryOut(action, slotFor(action, pressed), pressed));
}

/** What was typed into the command box; text without a command answers the open question, as `/answer` does. */
function wishIn(text: string): {
  readonly command: string;
  readonly input: RequestBody["input"];
  readonly sending: ReturnType<typeof question.outgoing>;
} {
  const command = commandIn(text);
  const answer = command === null ? text : command.name === "answer" ? command.rest.trim() : "";
  const sending = answer === "" ? null : question.outgoing(answer);
  if (sending !== null)
    return { command: "answer", input: { kind: "typed", options: sending.options }, sending };
  return {
    command: command?.name ?? "answer",
    input: { kind: "text", text: command?.rest ?? text },
    sending,
  };
}

async function runCommand(text: string, shown: string, remarks: readonly string[]): Promise<void> {
  const { command, input, sending } = wishIn(text);
  try {
    const answer = await send(command, input, sending === null ? {} : { submission: sending.submission });
    sending?.arrived(answer);
    showInLog(shown, answer, perform, undefined, remarks);
    clearCommand(text);
    settle(answer);
    if (sending !== null) tabs.tell();
  } catch (error) {
    showFailure("log", shown, error);
  }
}

/** A text in the command box stays there until it is answered. */
const run = (text: string, shown = text, remarks: readonly string[] = []): void =>
  void inTurn(text, () => runCommand(text, shown, remarks));

/** Asks the server what lies before the member, and shows the best answer so far where there is one. */
async function refresh(): Promise<void> {
  const next = await readDesk();
  showState(next);
  await refreshThreads(perform);
  await refreshSides(next.desk, commands, perform);
  const { question: asked, answers } = next.desk;
  if (asked === null || answers.sent === 0 || !commands.some(({ name }) => name === "history")) return;
  const { reply } = await send("history", { kind: "typed", options: { question: asked.id } });
  showUnderQuestion("result", { reply }, perform);
}

/** Shows all there is, or why there is nothing. */
async function load(): Promise<void> {
  try {
    if (commands.length === 0) commands = await readCommands();
    await refresh();
    tabs.join();
  } catch (error) {
    const text = explain(error);
    const isNameless = error instanceof NotDone && error.refused;
    if (state === null) describeFault(text, isNameless ? "withoutName" : "reload");
    else remark(text);
    // Where the address names nobody there is nothing to wait for.
    if (!isNameless) tabs.join();
  } finally {
    document.body.dataset.settled = "yes";
  }
}

/** Something has moved on without this tab: what is being typed stays, and the member is told. */
function tellMove(before: Desk, { desk: next }: DeskAnswer): void {
  const isOver = before.kind === "round" && next.round?.id !== before.round?.id;
  const isClosed = before.kind === "round" && next.kind !== "round";
  const isNew = next.kind === "round" && (isOver || before.kind !== "round");
  if (!isClosed && !isNew) return;
  const t = say();
  const isLate = question.isLate();
  const moveOn = (): void => {
    withdraw("round");
    emptyUnderQuestion();
    question.leave();
    if (isClosed) showReveal(before.round?.id);
  };
  const text = isNew ? (isLate ? t.roundOpened : t.newQuestion) : isLate ? t.roundClosed : t.roundOver;
  if (isNew && !isLate) {
    emptyUnderQuestion();
    notice("round", text);
  } else {
    notice("round", text, { label: isNew ? t.showNew : t.seeReveal, run: moveOn });
  }
}

let isBehind = false;

/**
 * Another tab or the clock has changed something, or may have while nothing was heard.
 *
 * @param surely whether something has, so that what stands beside the question is read anew as well
 */
function catchUp(surely: boolean): void {
  if (isBehind) return;
  isBehind = true;
  const task = async (): Promise<void> => {
    isBehind = false;
    if (state === null) return load();
    const before = state.desk;
    const next = await readDesk();
    showState(next);
    tellMove(before, next);
    if (!surely && JSON.stringify(before) === JSON.stringify(next.desk)) return;
    await refreshSides(next.desk, commands, perform);
  };
  // After the requests of this tab: what they change is no news.
  void inTurn(null, task).catch(explain);
}

const tabs = listen({
  lost: () => notice("offline", say().offline),
  spoken: () => void refreshThreads(perform).catch(explain),
  found() {
    withdraw("offline");
    if (state !== null) void refreshThreads(perform).catch(explain);
    catchUp(false);
  },
  outdated: () => void showOutdated(),
  changed: () => catchUp(true),
  amended(amendment) {
    amend(amendment, perform);
    catchUp(true);
  },
  revealed(round) {
    catchUp(true);
    notice("reveal", say().revealReady, { label: say().seeReveal, run: () => showReveal(round) });
  },
});

function showReveal(round: string | undefined): void {
  withdraw("reveal");
  perform({ command: "close", options: { round } });
}
const seeReveal = (): void => showReveal(question.over());
const closing = find("#closing", HTMLDialogElement);
closing.addEventListener("close", () => {
  if (closing.returnValue === "yes") seeReveal();
});
find("#reveal", HTMLElement).addEventListener("click", () => {
  closing.returnValue = "";
  closing.showModal();
});
find("#see-reveal", HTMLElement).addEventListener("click", seeReveal);
find("#hint", HTMLElement).addEventListener("click", () => perform({ command: "hint", options: {} }));
find("#another", HTMLElement).addEventListener("click", () => {
  const wasLate = question.isLate();
  question.leave();
  // What has opened meanwhile is another question already.
  if (wasLate && state?.desk.kind !== "closed") emptyUnderQuestion();
  else perform({ command: "quiz", options: {} });
});
const mend = find("#fault button", HTMLButtonElement);
mend.addEventListener("click", () => (mend.value === "reload" ? loadAgain() : location.assign("/")));
for (const button of document.querySelectorAll<HTMLButtonElement>("#languages button")) {
  button.addEventListener("click", () => {
    choose(button.value);
    relabel();
    void inTurn(null, load);
  });
}
commandBox(() => commands, run);
takeLogFiles(
  ({ name, text, cut }) => run(`/oom ${text}`, `/oom ${name}`, cut ? [say().fileCut(name, 256)] : []),
  remark,
  (file) => importDropped(file, perform, showFailure),
);
refuseHugePastes(() => remark(say().pasteTooBig));
countDoubleClicksOnce();

function relabel(): void {
  relabelPage();
  question.relabel();
}

relabel();
await inTurn(null, load);
