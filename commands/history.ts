import { z } from "zod";
import { appealMenu } from "#core/appeal/views";
import { defineCommand, type RequestWith } from "#core/command";
import { laterOfferButtons } from "#core/feedback/offering";
import { topicScores } from "#core/feedback/topic-scores";
import { verdictRows } from "#core/feedback/verdict-rows";
import { messagesFor } from "#core/messages/index";
import { pictureBeside } from "#core/picture";
import { explainMenu } from "#core/practice/explaining";
import { Refusal } from "#core/refusal";
import { type Action, type Block, privateReply, type Reply } from "#core/reply";
import { bestAttempt } from "#core/round/passing";
import { findQuestion, openingWords, questionOption } from "#core/round/question-choice";
import type { Attempt } from "#core/round/round";
import { currentSitting } from "#core/round/sitting";
import type { Services } from "#core/services";

/** What fits a message on every platform. */
const LINES = 20;
/** Years of daily answers. */
const ANSWERS_READ = 1000;

const options = z.object({
  question: questionOption,
});

type HistoryRequest = RequestWith<z.output<typeof options>>;

async function showBest(request: HistoryRequest, services: Services, typed: string): Promise<Reply> {
  const say = messagesFor(request.locale).quiz;
  const { tenant, member } = request;
  const question = findQuestion(typed, services.library);
  const best = bestAttempt(
    await services.store.attempts({ tenant, member, question: question.id, limit: ANSWERS_READ }),
  );
  if (best?.result == null) throw new Refusal((messages) => messages.quiz.historyNone);
  const sitting = await currentSitting(request, services);
  const stillAsked = sitting.kind === "round" && sitting.question.id === question.id;
  const { round, result } = best;
  const appeal =
    round === null
      ? []
      : await appealMenu({ attempt: { ...best, round, result }, question }, request, services);
  return privateReply(
    { kind: "heading", text: say.score(best.result.score), score: best.result.score },
    { kind: "text", text: question.text[request.locale] },
    {
      kind: "fields",
      fields: [
        {
          label: say.yourWords,
          value: best.text === "" ? messagesFor(request.locale).data.textGone : best.text,
        },
      ],
    },
    {
      kind: "verdicts",
      answer: best.text,
      rows: verdictRows(
        question,
        best.result,
        stillAsked ? "hints" : "everything",
        request.locale,
        services.library,
      ),
    },
    ...(await laterOfferButtons(best, request, services)),
    ...(stillAsked ? [] : [explainMenu(question, request.locale)]),
    ...appeal,
  );
}

/** Where the member is weak; nothing before there are two topics to compare. */
async function scoresByTopic(
  attempts: readonly Attempt[],
  request: HistoryRequest,
  services: Services,
): Promise<Block[]> {
  const say = messagesFor(request.locale).quiz;
  const topics = topicScores(attempts, services.library, request.locale);
  if (topics.length < 2) return [];
  return [
    ...(await pictureBeside(request, services, (charts, look) => charts.topics({ topics }, look))),
    {
      kind: "table",
      columns: [
        { label: say.historyTopic, align: "left" },
        { label: say.historyScore, align: "right" },
        { label: say.historyAnswers, align: "right" },
      ],
      rows: topics.map(({ label, score, answers }) => [label, String(score), String(answers)]),
      repeats: "picture",
    },
  ];
}

async function run(request: HistoryRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).quiz;
  if (request.options.question !== undefined) return showBest(request, services, request.options.question);
  const { tenant, member } = request;
  const attempts = await services.store.attempts({ tenant, member, limit: ANSWERS_READ });
  const newest = attempts[0];
  if (newest === undefined) throw new Refusal((messages) => messages.quiz.historyEmpty);
  const nameOf = (id: string): string => {
    const question = services.library.question(id);
    // A question that was withdrawn since has only its id.
    return question === undefined ? id : openingWords(question, request.locale);
  };
  const shown = attempts.slice(0, LINES);
  const showsBest = ({ question, result }: Attempt): Action | null =>
    result === null || services.library.question(question) === undefined
      ? null
      : { command: "history", options: { question } };
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: services.zone, dateStyle: "short" });
  return privateReply(
    { kind: "heading", text: say.historyTitle },
    {
      kind: "table",
      columns: [
        { label: say.historyDate, align: "left" },
        { label: say.historyScore, align: "right" },
        { label: say.historyQuestion, align: "left" },
      ],
      rows: shown.map((attempt) => [
        day.format(attempt.sentAt),
        attempt.result === null ? say.historyPending : String(attempt.result.score),
        `${nameOf(attempt.question)}${attempt.round === null ? ` (${say.practised})` : ""}`,
      ]),
      links: { column: 2, actions: shown.map(showsBest) },
    },
    ...(await scoresByTopic(attempts, request, services)),
    { kind: "note", text: say.historyMore(newest.question), repeats: "links" },
  );
}

export const history = defineCommand({
  name: "history",
  who: "member",
  where: "everywhere",
  summary: { zh: "我的作答、得分和依据", en: "Your answers, scores and the evidence" },
  examples: ["/history", "/history oom"],
  options,
  shorthands: [],
  run,
});
