import { z } from "zod";
import { defineCommand } from "#core/command";
import { instantSchema } from "#core/ids";
import { doings } from "#core/interview/buttons";
import { stretches } from "#core/interview/events";
import { interviewForm } from "#core/interview/forms";
import { MOST_MINUTES, MOST_QUESTIONS } from "#core/interview/limits";
import { readInterviewText } from "#core/interview/reading";
import { runInterview } from "#core/interview/running";

const options = z.object({
  do: z
    .enum(doings)
    .optional()
    .meta({
      bare: true,
      label: { zh: "做什么", en: "do" },
      description: "start, join, next, skip, end, leave",
      words: {
        start: ["开始", "新开"],
        join: ["加入"],
        next: ["下一题", "继续"],
        skip: ["换题", "跳过"],
        end: ["结束"],
        leave: ["离开", "退出"],
        answer: ["回答"],
        notes: ["笔记"],
        card: ["卡片"],
        tick: ["勾"],
        hint: ["提示"],
        ask: ["追问"],
        show: ["公开"],
        hide: ["不公开"],
        report: ["报告"],
        keep: ["收下"],
      },
    }),
  topic: z
    .string()
    .max(100)
    .optional()
    .meta({
      aliases: ["主题"],
      label: { zh: "主题", en: "topic" },
      description: "the topic of all questions",
      suggest: "topic",
    }),
  questions: z
    .int()
    .min(1)
    .max(MOST_QUESTIONS)
    .optional()
    .meta({
      aliases: ["题数"],
      label: { zh: "题数", en: "questions" },
      description: "how many; one for each member without it",
    }),
  minutes: z
    .int()
    .min(1)
    .max(MOST_MINUTES)
    .optional()
    .meta({
      aliases: ["分钟"],
      label: { zh: "每题分钟", en: "minutes" },
      description: "for each question; 5 without it",
    }),
  /** Set by forms and by what is typed: an answer, or notes of one. */
  text: z.string().optional(),
  /** Set by menus and by what is typed: ids or numbers of key points, or `none`. */
  points: z.array(z.string().max(60)).max(25).optional(),
  /** Set by buttons: the follow-up that is asked. */
  id: z.string().max(60).optional(),
  /** Set by buttons, which belong to one interview, and mostly to one question of it. */
  interview: z.string().max(200).optional(),
  turn: z.int().nonnegative().max(1000).optional(),
  from: z.enum(stretches).optional(),
  /** When the member had the form before them; an answer that is a little late is taken either way. */
  opened: instantSchema.optional(),
});

export const interview = defineCommand({
  name: "interview",
  who: "member",
  where: "everywhere",
  isForPlace: true,
  summary: {
    zh: "多人模拟面试：轮流答题、提问、旁听",
    en: "Group mock interview: answer, ask and listen in turn",
  },
  examples: [
    "/interview start",
    "/interview start topic=fine-tuning questions=4 minutes=3",
    "/interview join",
    "/interview next",
  ],
  options,
  shorthands: [],
  readText: (text) => readInterviewText(options, text),
  form: (given, locale) => interviewForm(given, locale),
  run: (request, services) => runInterview(request.options, request, services),
});
