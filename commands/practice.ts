import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { chooseForPractice, nextDue } from "#core/practice/choice";
import { interviewDate, interviewInstant, setInterviewDate } from "#core/practice/interview-date";
import { memoryOf, reviewsIn } from "#core/practice/memory";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import { askedBlocks, judgedNotes, practiceButtons } from "#core/round/asking";
import { findQuestion } from "#core/round/question-choice";
import { currentSitting, newestRound } from "#core/round/sitting";
import type { Services } from "#core/services";

const options = z.object({
  topic: z
    .string()
    .max(100)
    .optional()
    .meta({
      positional: true,
      aliases: ["主题"],
      label: { zh: "主题", en: "topic" },
      description: "a topic to practise",
      suggest: "topic",
    }),
  until: z
    .string()
    .max(40)
    .optional()
    .meta({
      aliases: ["interview", "面试", "到"],
      label: { zh: "面试日期", en: "until" },
      description: "the date of an interview to work towards, or off",
    }),
});

type PracticeRequest = RequestWith<z.output<typeof options>>;

/** Answers that far back still say what a member remembers. */
const ATTEMPTS_READ = 5000;

async function practise(request: PracticeRequest, services: Services): Promise<Block[]> {
  const { tenant, member, options: given, locale } = request;
  const say = messagesFor(locale).practice;
  const { store, library, clock } = services;
  const sitting = await currentSitting(request, services);
  const today = (await newestRound(request, services))?.question;
  const topic = given.topic === undefined ? null : findQuestion(given.topic, library).topic;
  const questions = library.questions.filter(
    (question) => question.id !== today && (topic === null || question.topic === topic),
  );
  const attempts = await store.attempts({ tenant, member, limit: ATTEMPTS_READ });
  const memory = memoryOf(reviewsIn(attempts));
  const lastAsked = new Map(attempts.toReversed().map(({ question, sentAt }) => [question, sentAt]));
  const date = await interviewDate(request, services);
  const now = clock.now();
  const choice = chooseForPractice({ questions, memory, lastAsked, now, until: interviewInstant(date) });
  if (choice === null) throw new Refusal((messages) => messages.quiz.noQuestions);
  const isOpen = sitting.kind === "round";
  if (!isOpen) await store.setPractice(tenant, member, choice.question.id);
  const due = nextDue(questions, memory);
  const why = date === null ? say.because(choice.points) : say.cramming(choice.points, date);
  return [
    ...askedBlocks(choice.question, request, services, say.title),
    { kind: "note", text: `${why} ${say.left(choice.due)}` },
    ...(choice.due === 0 && due !== null ? [{ kind: "deadline" as const, label: say.nextDue, at: due }] : []),
    { kind: "note", text: isOpen ? say.useButton : messagesFor(locale).quiz.howToPractise },
    ...(await judgedNotes(request, services)),
    practiceButtons(choice.question, request, !isOpen),
  ];
}

async function run(request: PracticeRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).practice;
  const { until } = request.options;
  if (until === undefined) return privateReply(...(await practise(request, services)));
  const date = await setInterviewDate(until, services.zone, request, services);
  return privateReply(
    { kind: "text", text: date === null ? say.interviewOff : say.interviewSet(date) },
    ...(await practise(request, services)),
  );
}

export const practice = defineCommand({
  name: "practice",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "私下练习：专挑你快忘的要点",
    en: "Practice in private: the key points that you are about to forget",
  },
  examples: ["/practice", "/practice fine-tuning", "/practice until 12-24"],
  options,
  shorthands: [],
  run,
});
