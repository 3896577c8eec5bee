import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { Refusal } from "#core/refusal";
import { privateReply, type Reply } from "#core/reply";
import { askedBlocks, judgedNotes, practiceButtons } from "#core/round/asking";
import { isAfterClose, takesAnswersUntil } from "#core/round/opening";
import { findQuestion, questionOption } from "#core/round/question-choice";
import type { Round } from "#core/round/round";
import { currentSitting, newestRound } from "#core/round/sitting";
import type { Services } from "#core/services";

const options = z.object({
  question: questionOption,
  topic: z
    .string()
    .max(100)
    .optional()
    .meta({
      aliases: ["主题"],
      label: { zh: "主题", en: "topic" },
      description: "a topic to practise",
      suggest: "topic",
    }),
});

type QuizRequest = RequestWith<z.output<typeof options>>;

async function showRound(
  request: QuizRequest,
  services: Services,
  round: Round,
  question: Question,
): Promise<Reply> {
  const say = messagesFor(request.locale).quiz;
  const { tenant, member } = request;
  const isOver = isAfterClose(round, request.sentAt);
  const used = await services.store.attempts({ tenant, member, round: round.id, limit: ATTEMPTS_PER_ROUND });
  return privateReply(
    ...askedBlocks(question, request, services, say.todaysQuestion),
    { kind: "text", text: say.howToAnswer(ATTEMPTS_PER_ROUND - used.length) },
    ...(await judgedNotes(request, services)),
    ...(isOver ? [{ kind: "note" as const, text: say.streakOnlyUntil }] : []),
    { kind: "deadline", label: say.closes, at: isOver ? takesAnswersUntil(round) : round.closesAt },
    {
      kind: "buttons",
      buttons: [
        {
          label: say.answerButton,
          action: { command: "answer", options: { round: round.id } },
          style: "primary",
        },
        { label: say.hintButton, action: { command: "hint", options: {} }, style: "secondary" },
      ],
    },
  );
}

/** The question that the member has practised longest ago or never, leaving out today's. */
async function nextForPractice(
  request: QuizRequest,
  services: Services,
  today: string | undefined,
): Promise<Question> {
  const { tenant, member } = request;
  const seen = await services.store.attempts({ tenant, member, limit: 1000 });
  const lastSeen = new Map(seen.toReversed().map((attempt) => [attempt.question, attempt.sentAt]));
  const current = await services.store.practice(tenant, member);
  const [next] = services.library.questions
    .filter(({ id }) => id !== today && id !== current)
    .toSorted((one, other) => (lastSeen.get(one.id) ?? 0) - (lastSeen.get(other.id) ?? 0));
  if (next === undefined) throw new Refusal((say) => say.quiz.noQuestions);
  return next;
}

async function run(request: QuizRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).quiz;
  const sitting = await currentSitting(request, services);
  const typed = request.options.question ?? request.options.topic;
  if (sitting.kind === "round") {
    if (typed !== undefined && findQuestion(typed, services.library).id !== sitting.question.id) {
      throw new Refusal((messages) => messages.quiz.stillOpen);
    }
    return showRound(request, services, sitting.round, sitting.question);
  }
  const today = (await newestRound(request, services))?.question;
  const question =
    typed === undefined
      ? await nextForPractice(request, services, today)
      : findQuestion(typed, services.library);
  await services.store.setPractice(request.tenant, request.member, question.id);
  return privateReply(
    ...askedBlocks(question, request, services, say.practiceQuestion),
    { kind: "note", text: say.howToPractise },
    ...(await judgedNotes(request, services)),
    practiceButtons(question, request, true),
  );
}

export const quiz = defineCommand({
  name: "quiz",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "今天的题；截止后换一题练习",
    en: "Today's question; after the close, another one as practice",
  },
  examples: ["/quiz", "/quiz 2", "/quiz oom"],
  options,
  shorthands: [],
  run,
});
