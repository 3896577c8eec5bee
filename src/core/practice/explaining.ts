import { wholePoint } from "#core/feedback/verdict-rows";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { KeyPoint, Question } from "#core/pack/question";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Attempt } from "#core/round/round";
import { currentSitting } from "#core/round/sitting";
import type { Services } from "#core/services";
import { recallAt } from "./memory.ts";
import { memoryNow } from "./next.ts";

/** As many as a menu holds. */
const MOST_CHOICES = 25;

/** The menu below a judged answer by which one of its points is explained; for answers that hide nothing any more. */
export function explainMenu(question: Question, locale: Locale): Block {
  return {
    kind: "choices",
    label: messagesFor(locale).practice.explainWhich,
    option: "explain",
    action: { command: "practice", options: { question: question.id } },
    choices: question.points.slice(0, MOST_CHOICES).map(({ id, title }) => ({
      value: id,
      label: title[locale],
      selected: false,
    })),
    multiple: false,
  };
}

/** How the point stood in the member's last answer. */
function lastTime(point: KeyPoint, { result }: Attempt, locale: Locale): Block[] {
  const say = messagesFor(locale);
  const judged = result?.points.find(({ id }) => id === point.id);
  if (judged === undefined) return [];
  const { verdict, evidence } = judged;
  const quotes = evidence.map(({ quote }) => quote);
  return [
    { kind: "text", text: say.practice.lastTime },
    {
      kind: "verdicts",
      rows: [{ verdict, label: say.quiz.verdict(verdict), title: point.title[locale], quotes }],
    },
  ];
}

/** Where the point stands in the world: the document's title, its heading, where it can be read, and when it was. */
function sourceFields({ source }: KeyPoint, { library }: Services, locale: Locale): Block {
  const say = messagesFor(locale).practice;
  const document = library.document(source.document);
  const field = (label: string, value: string | undefined) => (value === undefined ? [] : [{ label, value }]);
  return {
    kind: "fields",
    fields: [
      ...field(say.sourceTitle, document?.title ?? source.document),
      ...field(say.sourceHeading, source.heading),
      ...field(say.sourceUrl, document?.url),
      ...field(say.sourceRead, document?.read),
      ...field(say.sourceNote, document?.note?.[locale]),
    ],
  };
}

/**
 * Explains one key point of a question that the member has answered: what is true, what is often believed instead, what
 * the source has wrong and where it stands, and how well the member knows it.
 *
 * @throws Refusal where there is no such point, the member has no judged answer to it, or it is being asked now
 */
export async function explainPoint(
  id: string,
  questionId: string | undefined,
  request: Request,
  services: Services,
): Promise<Reply> {
  const { tenant, member, locale } = request;
  const { store, library, clock } = services;
  const say = messagesFor(locale);
  const question = library.questions.find(
    (one) => (questionId ?? one.id) === one.id && one.points.some((point) => point.id === id),
  );
  const point = question?.points.find((one) => one.id === id);
  if (question === undefined || point === undefined)
    throw new Refusal((messages) => messages.practice.noSuchPoint);
  const sitting = await currentSitting(request, services);
  if (sitting.kind === "round" && sitting.question.id === question.id)
    throw new Refusal((messages) => messages.practice.askedNow);
  const attempts = await store.attempts({ tenant, member, question: question.id, limit: 20 });
  const last = attempts.find(({ result }) => result !== null);
  if (last === undefined) throw new Refusal((messages) => messages.practice.answerFirst);

  const { memory } = await memoryNow(request, services);
  const now = clock.now();
  const due = memory.get(point.id)?.due.getTime() ?? null;
  const { erratum } = wholePoint(point, locale, library);
  const beliefs = (point.misconceptions ?? []).map(
    ({ belief, truth }): Block => ({
      kind: "text",
      text: say.quiz.misconception(belief[locale], truth[locale]),
    }),
  );
  const percent = Math.round(100 * recallAt(memory, point.id, now));
  return privateReply(
    { kind: "heading", text: point.title[locale] },
    { kind: "text", text: point.statement[locale] },
    ...beliefs,
    ...(erratum === undefined ? [] : [{ kind: "note" as const, text: erratum }]),
    sourceFields(point, services, locale),
    ...lastTime(point, last, locale),
    { kind: "note", text: say.practice.recall(percent) },
    ...(due === null || due <= now
      ? []
      : [{ kind: "deadline" as const, label: say.practice.pointDue, at: due }]),
    {
      kind: "buttons",
      buttons: [
        {
          label: say.practice.again,
          action: { command: "answer", options: { question: question.id } },
          style: "primary",
        },
      ],
    },
  );
}
