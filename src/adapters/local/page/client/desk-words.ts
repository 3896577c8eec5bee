import { find, write } from "./dom.ts";
import { clockTime, say, setHomeZone, timeOf } from "./locale.ts";
import type { Paper } from "./papers.ts";
import type { Desk, DeskAnswer, DeskQuestion } from "./wire.ts";

const about = (question: DeskQuestion | null | undefined): string =>
  question == null ? "" : say().about(question.topic, question.difficulty, question.points);

/** Says what lies before the member: which question, until when, how often it may still be answered. */
export function describeDesk({ kind, question, round, answers, told = "", zone }: Desk): void {
  const t = say();
  setHomeZone(zone);
  const kinds = { round: t.today, practice: t.practice, closed: t.lastQuestion, nothing: t.today };
  write("#kind", kinds[kind]);
  write("#about", about(question));
  write("#asked", question?.text ?? t.nothingOpen);
  const closes = round === null ? "" : timeOf(round.closesAt);
  write(
    "#deadline",
    round === null || kind === "practice" ? "" : kind === "round" ? t.openUntil(closes) : t.closedAt(closes),
  );
  const left = answers.most === null ? null : Math.max(0, answers.most - answers.sent);
  const attempts = left === null ? t.anyAttempts : t.attemptsLeft(left);
  write("#told", told);
  find("#told", HTMLElement).hidden = told === "";
  write("#attempts", kind === "round" || kind === "practice" ? attempts : "");
}

/** Says that the round is over, and until when what was begun for it may still be sent. */
export function describePaper({ question: id, round }: Paper, { desk, now }: DeskAnswer): void {
  const t = say();
  const { bank, zone, told = "" } = desk;
  setHomeZone(zone);
  const question = bank.find((known) => known.id === id);
  write("#kind", t.lastQuestion);
  write("#about", about(question));
  write("#asked", question?.text ?? id);
  write("#deadline", round === null ? "" : t.closedAt(timeOf(round.closesAt)));
  const until = round?.takesUntil ?? 0;
  write("#attempts", now <= until ? t.takesUntil(clockTime(until)) : t.takesNoMore);
  write("#told", told);
  find("#told", HTMLElement).hidden = told === "";
}

/** Says in place of the question why it cannot be shown, and what to do: load again, or leave out the member's name. */
export function describeFault(sentence: string, remedy: "reload" | "withoutName"): void {
  const t = say();
  write("#asked", t.notShown);
  write("#fault p", sentence);
  const button = find("#fault button", HTMLButtonElement);
  button.value = remedy;
  write("#fault button", t[remedy]);
  document.body.dataset.ready = "yes";
  find("#fault", HTMLElement).hidden = false;
}
