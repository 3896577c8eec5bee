import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import type { Block } from "#core/reply";
import type { GradeResult } from "#core/scoring/grader";
import { type SourceTitles, titleOf, verdictRows } from "./verdict-rows.ts";

/** Every key point for somebody who has not answered: the statement, what the source got wrong, and where it stands. */
function pointList(question: Question, locale: Locale, sources: SourceTitles): Block {
  const say = messagesFor(locale).quiz;
  const items = question.points.map((point) =>
    [
      `${point.title[locale]} (${say.weight(point.weight)})`,
      point.statement[locale],
      ...(point.erratum === undefined ? [] : [say.erratum(point.erratum[locale])]),
      say.source(titleOf(point, sources), point.source.heading),
    ].join("\n"),
  );
  return { kind: "list", ordered: true, items };
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
