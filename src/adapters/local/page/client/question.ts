import { type NotDone, send } from "./api.ts";
import { find, write } from "./dom.ts";
import { drafts } from "./drafts.ts";
import { number, say, timeOf } from "./locale.ts";
import type { Desk, DeskAnswer, RequestAnswer } from "./wire.ts";

/** What is read of an answer; the server says so too. */
const LONGEST_ANSWER = 4000;

export interface Answering {
  /** Shows what the server says lies before the member; what is being typed stays. */
  show(state: DeskAnswer): void;
  /** Puts the cursor into the answer box. */
  focus(): void;
  /** The action of an answer as it would be sent now; undefined where no question is open. */
  target(): Readonly<Record<string, unknown>> | null;
  relabel(): void;
}

export interface AnsweringParts {
  answered(answer: RequestAnswer): void;
  failed(error: NotDone): void;
  remark(sentence: string): void;
}

const box = (): HTMLTextAreaElement => find("#answer", HTMLTextAreaElement);
const button = (selector: string): HTMLButtonElement => find(selector, HTMLButtonElement);

function describeDesk({ kind, question, round, answers }: Desk): void {
  const t = say();
  const kinds = { round: t.today, practice: t.practice, closed: t.lastQuestion, nothing: t.today };
  write("#kind", kinds[kind]);
  write("#about", question === null ? "" : t.about(question.topic, question.difficulty, question.points));
  write("#asked", question?.text ?? t.nothingOpen);
  const closes = round === null ? "" : timeOf(round.closesAt);
  write(
    "#deadline",
    round === null || kind === "practice" ? "" : kind === "round" ? t.openUntil(closes) : t.closedAt(closes),
  );
  const left = answers.most === null ? null : Math.max(0, answers.most - answers.sent);
  const attempts = left === null ? t.anyAttempts : t.attemptsLeft(left);
  write("#attempts", kind === "round" || kind === "practice" ? attempts : "");
}

/** The question with its answer box: draft, count, sending. */
export function answerQuestion(parts: AnsweringParts): Answering {
  let state: DeskAnswer | null = null;
  /** When the member first had this question before them, by the server's clock. */
  let opened = 0;
  let lastSent: string | null = null;
  let busy = false;

  const isOpen = (): boolean => state?.desk.kind === "round" || state?.desk.kind === "practice";
  const keptUnder = (): ReturnType<typeof drafts> => {
    const desk = state?.desk;
    const asked = desk?.kind === "round" ? desk.round?.id : desk?.question?.id;
    return drafts(state?.member ?? "", asked ?? "");
  };
  const target = (): Record<string, unknown> | null => {
    const desk = state?.desk;
    if (desk === undefined || !isOpen()) return null;
    return desk.kind === "round" && desk.round !== null ? { round: desk.round.id, opened } : {};
  };
  const count = (): void => {
    const { length } = box().value;
    write("#count", say().count(number(length), number(LONGEST_ANSWER)));
    find("#count", HTMLElement).classList.toggle("over", length > LONGEST_ANSWER);
  };
  const keepDraft = (): void => {
    const kept = keptUnder().keep(box().value);
    write("#draft", box().value === "" ? "" : kept ? say().draftKept : say().draftNotKept);
  };
  const showBusy = (now: boolean): void => {
    busy = now;
    find("#answering", HTMLElement).ariaBusy = String(now);
    write("#send", now ? say().sending : say().send);
  };

  async function sendAnswer(): Promise<void> {
    const options = target();
    const text = box().value;
    if (options === null || busy) return;
    if (text.trim() === "") return parts.remark(say().emptyAnswer);
    if (text === lastSent) return parts.remark(say().unchanged);
    showBusy(true);
    const kept = keptUnder();
    try {
      // After a lost connection the same text goes under the same id: if it had arrived, it counts once.
      const answer = await send(
        "answer",
        { kind: "typed", options: { ...options, text } },
        {
          submission: kept.submission(text),
        },
      );
      kept.arrived();
      // A refusal shows no verdicts and uses no attempt, so the same text may be sent again.
      if (answer.reply.blocks.some((block) => block.kind === "verdicts")) lastSent = text;
      parts.answered(answer);
    } catch (error) {
      parts.failed(error as NotDone);
    } finally {
      showBusy(false);
    }
  }

  box().addEventListener("input", () => {
    count();
    keepDraft();
  });
  box().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void sendAnswer();
  });
  find("#answering", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    void sendAnswer();
  });

  const relabel = (): void => {
    const t = say();
    write("#answer-label", t.answerLabel);
    box().placeholder = t.answerPlaceholder;
    write("#keys", t.sendKeys);
    write("#send", busy ? t.sending : t.send);
    write("#hint", t.hint);
    write("#reveal", t.reveal);
    write("#see-reveal", t.seeReveal);
    write("#another", t.another);
    count();
    if (state !== null) describeDesk(state.desk);
  };

  return {
    show(next) {
      const before = state?.desk;
      state = next;
      const { desk } = next;
      describeDesk(desk);
      const same = before?.question?.id === desk.question?.id && before?.kind === desk.kind;
      find("#answering", HTMLElement).hidden = !isOpen();
      find("#after", HTMLElement).hidden = desk.kind === "round" || desk.question === null;
      button("#reveal").hidden = desk.kind !== "round";
      button("#another").className = desk.kind === "closed" ? "primary" : "secondary";
      button("#see-reveal").hidden = desk.kind !== "closed";
      if (same) return;
      opened = next.now;
      lastSent = null;
      box().value = isOpen() ? (keptUnder().text() ?? "") : "";
      write("#draft", box().value === "" ? "" : say().draftKept);
      count();
    },
    focus: () => box().focus(),
    target,
    relabel,
  };
}
