import { type NotDone, send } from "./api.ts";
import { describeDesk, describePaper } from "./desk-words.ts";
import { find, write } from "./dom.ts";
import { number, say } from "./locale.ts";
import type { Keeping } from "./memory.ts";
import { discard, draftsOf, type LaidOut, layOut, leave } from "./papers.ts";
import { inTurn } from "./turns.ts";
import type { DeskAnswer, RequestAnswer } from "./wire.ts";

/** What is read of an answer; the server says so too. */
const LONGEST_ANSWER = 4000;

/** An answer on its way: its action's options, and the name under which it counts once. */
interface Outgoing {
  readonly options: Readonly<Record<string, unknown>>;
  readonly submission: string;
  arrived(answer: RequestAnswer): void;
}

export interface Answering {
  /** Shows what the server says lies before the member; what is being typed stays. */
  show(state: DeskAnswer): void;
  /** Puts the cursor into the answer box. */
  focus(): void;
  /** A text from any box as an answer to what lies before the member; null where no question is open. */
  outgoing(text: string): Outgoing | null;
  /** Whether the box still holds what was begun for a round that is over. */
  isLate(): boolean;
  /** The member moves on from it. */
  leave(): void;
  /** The round that is over, of which everything may be read; undefined where none is. */
  over(): string | undefined;
  /** What becomes of the text in the box when the page is loaded again; empty where there is none. */
  onReload(): string;
  relabel(): void;
}

export interface AnsweringParts {
  answered(answer: RequestAnswer): void;
  failed(error: NotDone): void;
  remark(sentence: string): void;
}

const box = (): HTMLTextAreaElement => find("#answer", HTMLTextAreaElement);
const button = (selector: string): HTMLButtonElement => find(selector, HTMLButtonElement);
const nothing: LaidOut = { paper: null, isLate: false, unsent: null };

/** The question with its answer box: draft, count, sending. */
export function answerQuestion(parts: AnsweringParts): Answering {
  let state: DeskAnswer | null = null;
  let laid = nothing;
  let keeping: Keeping = "kept";
  let busy = false;
  let graceEnds: ReturnType<typeof setTimeout> | undefined;

  const kept = (): ReturnType<typeof draftsOf> | null =>
    state === null || laid.paper === null ? null : draftsOf(state.member, laid.paper, state.now);
  const count = (): void => {
    const { length } = box().value;
    write("#count", say().count(number(length), number(LONGEST_ANSWER)));
    find("#count", HTMLElement).classList.toggle("over", length > LONGEST_ANSWER);
  };
  const showKeeping = (): void => {
    const t = say();
    const words = { kept: t.draftKept, "no-room": t.draftNotKept, "switched-off": t.draftsOff };
    write("#draft", box().value === "" ? "" : words[keeping]);
  };
  const showBusy = (now: boolean): void => {
    busy = now;
    find("#answering", HTMLElement).ariaBusy = String(now);
    write("#send", now ? say().sending : say().send);
  };

  function outgoing(text: string): Outgoing | null {
    const { paper } = laid;
    const drafts = kept();
    if (paper === null || drafts === null) return null;
    const { round, opened } = paper;
    return {
      options: { ...(round === null ? { question: paper.question } : { round: round.id, opened }), text },
      submission: drafts.submission(text),
      arrived(answer) {
        // A refusal shows no verdicts and uses no attempt, so the same text may be sent again.
        if (answer.reply.blocks.some((block) => block.kind === "verdicts")) drafts.arrived(text);
      },
    };
  }

  async function sendAnswer(): Promise<void> {
    const text = box().value.trim();
    const sending = outgoing(text);
    if (sending === null || busy || box().readOnly) return;
    if (text === "") return parts.remark(say().emptyAnswer);
    if (kept()?.isSent(text)) return parts.remark(say().unchanged);
    showBusy(true);
    const { options, submission } = sending;
    try {
      const answer = await send("answer", { kind: "typed", options }, { submission });
      sending.arrived(answer);
      parts.answered(answer);
    } catch (error) {
      parts.failed(error as NotDone);
    } finally {
      showBusy(false);
    }
  }
  const submit = (event: Event): void => {
    event.preventDefault();
    void inTurn("answer", sendAnswer);
  };

  box().addEventListener("input", () => {
    count();
    keeping = kept()?.keep(box().value) ?? "kept";
    showKeeping();
  });
  box().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    submit(event);
  });
  find("#answering", HTMLFormElement).addEventListener("submit", submit);
  button("#discard").addEventListener("click", () => {
    if (state === null || laid.unsent === null) return;
    discard(state.member, laid.unsent.paper, state.now);
    show(state);
  });

  function describe(): void {
    if (state === null) return;
    const { desk } = state;
    if (laid.isLate && laid.paper !== null) describePaper(laid.paper, state);
    else describeDesk(desk);
    find("#unsent", HTMLElement).hidden = laid.unsent === null;
    if (laid.unsent === null) return;
    const { paper, text } = laid.unsent;
    const about = desk.bank.find(({ id }) => id === paper.question)?.text ?? paper.question;
    write("#unsent summary", say().unsent(about));
    write("#unsent .text", text);
  }

  function show(next: DeskAnswer): void {
    const before = laid.paper;
    state = next;
    laid = layOut(next, before);
    const { desk } = next;
    const { paper, isLate } = laid;
    const left = isLate ? Math.max(0, (paper?.round?.takesUntil ?? 0) + 1 - next.now) : null;
    clearTimeout(graceEnds);
    if (left !== null && left > 0)
      graceEnds = setTimeout(() => show({ ...next, now: next.now + left }), left);
    box().readOnly = left === 0;
    button("#send").hidden = left === 0;
    describe();
    const asked = !isLate && desk.kind === "round";
    document.body.dataset.desk = desk.kind;
    find("#answering", HTMLElement).hidden = paper === null;
    find("#after", HTMLElement).hidden = asked || (desk.question === null && !isLate);
    button("#hint").hidden = isLate;
    button("#reveal").hidden = !asked;
    button("#another").className = desk.kind === "closed" && !isLate ? "primary" : "secondary";
    write("#another", isLate && desk.kind === "round" ? say().showNew : say().another);
    button("#see-reveal").hidden = desk.kind !== "closed" && !isLate;
    if (before?.question === paper?.question && before?.round?.id === paper?.round?.id) return;
    box().value = kept()?.text() ?? "";
    keeping = "kept";
    showKeeping();
    count();
  }

  return {
    show,
    focus: () => box().focus(),
    outgoing,
    isLate: () => laid.isLate,
    leave() {
      if (state === null) return;
      leave(state.member);
      if (laid.isLate) show(state);
    },
    over: () => (laid.isLate ? laid.paper?.round?.id : state?.desk.round?.id),
    onReload() {
      if (box().value === "") return "";
      return keeping === "kept" ? say().draftWaits : say().draftGoes;
    },
    relabel() {
      const t = say();
      write("#answer-label", t.answerLabel);
      box().placeholder = t.answerPlaceholder;
      write("#keys", t.sendKeys);
      write("#send", busy ? t.sending : t.send);
      write("#hint", t.hint);
      write("#reveal", t.reveal);
      write("#see-reveal", t.seeReveal);
      write("#another", t.another);
      write("#discard", t.discard);
      showKeeping();
      count();
      describe();
    },
  };
}
