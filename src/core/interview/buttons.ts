import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Block, Button } from "#core/reply";
import type { Stretch } from "./events.ts";
import type { Interview } from "./interview.ts";

/** What can be done with an interview, by the word that does it. */
export const doings = [
  "start",
  "join",
  "next",
  "skip",
  "end",
  "leave",
  "answer",
  "notes",
  "card",
  "tick",
  "hint",
  "ask",
  "show",
  "hide",
  "report",
  "keep",
] as const;
export type Doing = (typeof doings)[number];

type Say = ReturnType<typeof messagesFor>["interview"];

const labels: Readonly<Partial<Record<Doing, (say: Say) => string>>> = {
  join: (say) => say.joinButton,
  leave: (say) => say.leaveButton,
  answer: (say) => say.answerButton,
  notes: (say) => say.notesButton,
  card: (say) => say.cardButton,
  hint: (say) => say.hintButton,
  next: (say) => say.nextButton,
  skip: (say) => say.skipButton,
  show: (say) => say.consentButton,
  hide: (say) => say.takeBackButton,
  report: (say) => say.reportButton,
  keep: (say) => say.keepButton,
};

export interface ButtonWish {
  readonly label?: string;
  readonly style?: Button["style"];
  /** The number, from 0, of the question that the button belongs to. */
  readonly turn?: number;
  /** From where it goes on. */
  readonly from?: Stretch;
}

/** A button that does something with an interview, wherever and whenever it is pressed. */
export function doButton(
  doing: Doing,
  { id }: Pick<Interview, "id">,
  locale: Locale,
  { label, style = "secondary", turn, from }: ButtonWish = {},
): Button {
  const options = {
    do: doing,
    interview: id,
    ...(turn === undefined ? {} : { turn }),
    ...(from === undefined ? {} : { from }),
  };
  return {
    label: label ?? labels[doing]?.(messagesFor(locale).interview) ?? doing,
    action: { command: "interview", options },
    typed: `/interview ${doing}`,
    style,
  };
}

export const buttonRow = (...buttons: readonly Button[]): Block => ({ kind: "buttons", buttons });
