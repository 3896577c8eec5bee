import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Form } from "#core/reply";
import type { Doing } from "./buttons.ts";
import type { Stretch } from "./events.ts";
import { LONGEST_TURN } from "./limits.ts";

/** What a request asks of an interview. */
export interface Asked {
  readonly do?: Doing | undefined;
  readonly topic?: string | undefined;
  readonly questions?: number | undefined;
  readonly minutes?: number | undefined;
  readonly text?: string | undefined;
  readonly points?: readonly string[] | undefined;
  readonly id?: string | undefined;
  readonly interview?: string | undefined;
  readonly turn?: number | undefined;
  readonly from?: Stretch | undefined;
}

/** The form for an answer or for notes of one; null where nothing is to be written. */
export function interviewForm({ do: doing, text, interview, turn }: Asked, locale: Locale): Form | null {
  if ((doing !== "answer" && doing !== "notes") || text !== undefined) return null;
  const say = messagesFor(locale).interview;
  const isAnswer = doing === "answer";
  return {
    title: isAnswer ? say.formTitle : say.notesTitle,
    submit: isAnswer ? say.answerButton : say.notesButton,
    fields: [
      {
        option: "text",
        label: isAnswer ? say.formLabel : say.notesLabel,
        placeholder: isAnswer ? say.formPlaceholder : say.notesPlaceholder,
        multiline: true,
        maxLength: LONGEST_TURN,
      },
    ],
    action: {
      command: "interview",
      options: {
        do: doing,
        ...(interview === undefined ? {} : { interview }),
        ...(turn === undefined ? {} : { turn }),
      },
    },
  };
}
