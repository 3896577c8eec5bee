import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import type { Block } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";

/** A question as it is put to one member: title, text, topic and difficulty. */
export const askedBlocks = (
  question: Question,
  { locale }: Request,
  { library }: Services,
  title: string,
): Block[] => [
  { kind: "heading", text: title },
  { kind: "text", text: question.text[locale] },
  {
    kind: "note",
    text: messagesFor(locale).quiz.about(
      library.topic(question.topic)?.[locale] ?? question.topic,
      question.difficulty,
      question.points.length,
    ),
  },
];

/** Before the first answer of theirs leaves this machine, members read that it will. */
export async function judgedNotes(request: Request, services: Services): Promise<Block[]> {
  const host = (await services.judging?.hostToTell(request, services)) ?? null;
  return host === null ? [] : [{ kind: "note", text: messagesFor(request.locale).quiz.judged(host) }];
}

/**
 * The buttons of a question for practice: an answer to it, whatever round has opened since, and a hint.
 *
 * @param hinting false where a round is open, whose hint it would be
 */
export const practiceButtons = (question: Question, { locale }: Request, hinting: boolean): Block => {
  const say = messagesFor(locale).quiz;
  return {
    kind: "buttons",
    buttons: [
      {
        label: say.answerButton,
        action: { command: "answer", options: { question: question.id } },
        style: "primary",
      },
      ...(hinting
        ? [{ label: say.hintButton, action: { command: "hint", options: {} }, style: "secondary" as const }]
        : []),
    ],
  };
};
