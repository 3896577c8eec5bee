import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { nextPractice } from "#core/practice/next";
import { Refusal } from "#core/refusal";
import { privateReply, type Reply } from "#core/reply";
import { askedBlocks, judgedNotes, practiceButtons } from "#core/round/asking";
import { isAfterClose, takesAnswersUntil } from "#core/round/opening";
import { findQuestion, questionOption, topicNamed } from "#core/round/question-choice";
import type { Round } from "#core/round/round";
import { currentSitting } from "#core/round/sitting";
import type { Services } from "#core/services";
import { readTopics } from "#core/settings/values";

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

/** What was asked for: a question by its name, or one of a topic; null for whatever is best to practise. */
function wishOf({ question, topic }: QuizRequest["options"], library: Services["library"]): Wish {
  if (topic !== undefined) return { kind: "topics", topics: readTopics([topic], library) };
  if (question === undefined) return { kind: "topics", topics: null };
  const named = topicNamed(question, library);
  return named === null
    ? { kind: "question", question: findQuestion(question, library) }
    : { kind: "topics", topics: [named] };
}

type Wish =
  | { readonly kind: "question"; readonly question: Question }
  /** Null for any. */
  | { readonly kind: "topics"; readonly topics: readonly string[] | null };

/** Whether today's question is what was asked for. */
const isMeant = (wish: Wish, { id, topic }: Question): boolean =>
  wish.kind === "question" ? wish.question.id === id : wish.topics === null || wish.topics.includes(topic);

async function run(request: QuizRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).quiz;
  const sitting = await currentSitting(request, services);
  const { tenant, member } = request;
  const wish = wishOf(request.options, services.library);
  if (sitting.kind === "round") {
    if (!isMeant(wish, sitting.question)) throw new Refusal((messages) => messages.quiz.stillOpen);
    return showRound(request, services, sitting.round, sitting.question);
  }
  const but = await services.store.practice(tenant, member);
  const question =
    wish.kind === "question"
      ? wish.question
      : (await nextPractice({ topics: wish.topics, but }, request, services)).question;
  await services.store.setPractice(tenant, member, question.id);
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
