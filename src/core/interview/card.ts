import type { MemberId } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import type { Block, Button, VerdictRow } from "#core/reply";
import { buttonRow, doButton } from "./buttons.ts";
import { followUpsFor } from "./follow-ups.ts";
import type { Interview, Turn } from "./interview.ts";

/** What a member is at a question. */
export type InterviewRole = "candidate" | "interviewer" | "observer";

export const roleAt = ({ candidate, interviewer }: Turn, member: MemberId): InterviewRole =>
  member === candidate ? "candidate" : member === interviewer ? "interviewer" : "observer";

/** As many as fit a row of buttons. */
const FOLLOW_UPS_SHOWN = 4;

interface Held {
  readonly interview: Interview;
  readonly number: number;
  readonly turn: Turn;
  readonly question: Question;
  readonly locale: Locale;
}

/** The menu by which key points are ticked; their titles name them without saying what is true. */
function tickMenu({ interview, number, turn, question, locale }: Held, member: MemberId): Block {
  const ticked = turn.ticks[member] ?? [];
  return {
    kind: "choices",
    label: messagesFor(locale).interview.tickLabel,
    option: "points",
    action: { command: "interview", options: { do: "tick", interview: interview.id, turn: number } },
    multiple: true,
    choices: question.points.map(({ id, title }) => ({
      value: id,
      label: title[locale],
      selected: ticked.includes(id),
    })),
  };
}

/** Every key point in full, and whether the bot has heard it, once something was written. */
function heardRows({ turn, question, locale }: Held): VerdictRow[] {
  const say = messagesFor(locale).quiz;
  return question.points.map(({ id, title, statement, weight }): VerdictRow => {
    const verdict = turn.verdicts[id];
    return {
      verdict: verdict ?? "miss",
      label: verdict === undefined ? say.weight(weight) : say.verdict(verdict),
      title: title[locale],
      quotes: [],
      note: statement[locale],
    };
  });
}

function followUpBlocks(held: Held): Block[] {
  const { interview, number, turn, question, locale } = held;
  const say = messagesFor(locale).interview;
  const offered = followUpsFor(question, turn).slice(0, FOLLOW_UPS_SHOWN);
  if (offered.length === 0 || turn.phase !== "answering") return [];
  const buttons = offered.map(({ id }, at): Button => {
    const button = doButton("ask", interview, locale, { turn: number, label: say.askButton(at + 1) });
    return {
      ...button,
      typed: `/interview ask ${id}`,
      action: { ...button.action, options: { ...button.action.options, id } },
    };
  });
  return [
    { kind: "heading", text: say.followUpsTitle },
    { kind: "list", ordered: true, items: offered.map(({ text }) => text[locale]) },
    buttonRow(...buttons),
  ];
}

/** What the interviewer alone sees: key points in full, hints, follow-ups; and what an observer sees: titles to tick. */
export function cardBlocks(
  interview: Interview,
  question: Question,
  member: MemberId,
  locale: Locale,
): Block[] {
  const number = interview.turns.length - 1;
  const turn = interview.turns[number];
  if (turn === undefined) return [];
  const held: Held = { interview, number, turn, question, locale };
  const say = messagesFor(locale).interview;
  const role = roleAt(turn, member);
  const notes = buttonRow(doButton("notes", interview, locale, { turn: number }));
  switch (role) {
    case "candidate":
      return [];
    case "observer":
      return [
        { kind: "heading", text: say.cardTitle },
        { kind: "text", text: question.text[locale] },
        { kind: "note", text: say.observerNote },
        tickMenu(held, member),
        notes,
      ];
    case "interviewer": {
      const heard = Object.values(turn.verdicts).filter((verdict) => verdict === "hit").length;
      return [
        { kind: "heading", text: say.cardTitle },
        { kind: "text", text: question.text[locale] },
        ...(turn.written.length === 0
          ? []
          : [{ kind: "note" as const, text: say.heard(heard, question.points.length) }]),
        { kind: "verdicts", rows: heardRows(held) },
        { kind: "heading", text: say.hintsTitle },
        { kind: "list", ordered: true, items: question.hints.map((hint) => hint[locale]) },
        ...followUpBlocks(held),
        tickMenu(held, member),
        notes,
      ];
    }
  }
}
