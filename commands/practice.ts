import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { explainPoint } from "#core/practice/explaining";
import { setInterviewDate } from "#core/practice/interview-date";
import { nextPractice } from "#core/practice/next";
import { type Block, privateReply, type Reply } from "#core/reply";
import { askedBlocks, judgedNotes, practiceButtons } from "#core/round/asking";
import { currentSitting } from "#core/round/sitting";
import type { Services } from "#core/services";
import { readTopics } from "#core/settings/values";

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
  /** Set by menus: the key point to explain, and its question. */
  explain: z.string().max(100).optional(),
  question: z.string().max(100).optional(),
});

type PracticeRequest = RequestWith<z.output<typeof options>>;

async function practise(request: PracticeRequest, services: Services): Promise<Block[]> {
  const { tenant, member, options: given, locale } = request;
  const say = messagesFor(locale).practice;
  const sitting = await currentSitting(request, services);
  const topics = given.topic === undefined ? null : readTopics([given.topic], services.library);
  const { question, points, due, date, nextDueAt } = await nextPractice({ topics }, request, services);
  const isOpen = sitting.kind === "round";
  if (!isOpen) await services.store.setPractice(tenant, member, question.id);
  const why = date === null ? say.because(points) : say.cramming(points, date);
  return [
    ...askedBlocks(question, request, services, say.title),
    { kind: "note", text: [why, say.left(due)].join(locale === "zh" ? "" : " ") },
    ...(due === 0 && nextDueAt !== null
      ? [{ kind: "deadline" as const, label: say.nextDue, at: nextDueAt }]
      : []),
    { kind: "note", text: isOpen ? say.useButton : messagesFor(locale).quiz.howToPractise },
    ...(await judgedNotes(request, services)),
    practiceButtons(question, request, !isOpen),
  ];
}

async function run(request: PracticeRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).practice;
  const { until, explain, question } = request.options;
  if (explain !== undefined) return explainPoint(explain, question, request, services);
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
