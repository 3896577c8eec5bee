import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import type { Block, VerdictRow } from "#core/reply";
import type { GradeResult } from "#core/scoring/grader";
import { type SourceTitles, verdictRows, wholePoint } from "./verdict-rows.ts";

/** Every key point for somebody who has not answered: its weight stands where a verdict would. */
export function pointList(question: Question, locale: Locale, sources: SourceTitles): Block {
  const say = messagesFor(locale).quiz;
  const rows = question.points.map(
    (point): VerdictRow => ({
      verdict: "miss",
      label: say.weight(point.weight),
      quotes: [],
      ...wholePoint(point, locale, sources),
    }),
  );
  return { kind: "verdicts", rows };
}

/**
 * Everything about a question, once its round has closed: the key points in full (beside the verdicts where the
 * member answered), a model answer, and the follow-up questions.
 *
 * @param judged the member's answer that counts, with its result; null where there is none
 */
export function revealBlocks(
  question: Question,
  judged: { readonly text: string; readonly result: GradeResult } | null,
  locale: Locale,
  sources: SourceTitles,
): Block[] {
  const say = messagesFor(locale).quiz;
  const points: Block =
    judged === null
      ? pointList(question, locale, sources)
      : {
          kind: "verdicts",
          answer: judged.text,
          rows: verdictRows(question, judged.result, "everything", locale, sources),
        };
  return [
    { kind: "heading", text: say.allPoints },
    points,
    { kind: "heading", text: say.modelAnswer },
    { kind: "text", text: question.modelAnswer[locale] },
    { kind: "heading", text: say.followUps },
    { kind: "list", ordered: false, items: question.followUps.map((followUp) => followUp[locale]) },
  ];
}
