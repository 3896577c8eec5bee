import { isoWeekSchema } from "#core/board/period";
import type { CalendarPicture, Look, MemoryPicture, ReportPicture, TopicsPicture } from "#core/charts";
import { studyDateSchema } from "#core/ids";
import type { DayReason } from "#core/streak/day-reasons";

export const looks: readonly Look[] = [
  { locale: "en", theme: "light" },
  { locale: "en", theme: "dark" },
  { locale: "zh", theme: "light" },
  { locale: "zh", theme: "dark" },
];

const reasons: Readonly<Record<string, DayReason>> = {
  "2026-10-05": "before-start",
  "2026-10-09": "no-answer",
  "2026-10-16": "freeze",
  "2026-10-23": "madeup",
  "2026-10-30": "excused",
  "2026-11-03": "not-passed",
  "2026-11-12": "short-round",
  "2026-11-24": "pending",
  "2026-11-25": "open",
};

/** Weekdays from 5 October 2026, a Monday, to 25 November, a Wednesday. */
const weekdays = Array.from({ length: 52 }, (_, day) => new Date(Date.UTC(2026, 9, 5 + day)))
  .filter((date) => date.getUTCDay() % 6 !== 0)
  .map((date) => date.toISOString().slice(0, 10));

export const calendar: CalendarPicture = {
  current: 14,
  longest: 37,
  days: weekdays.map((date) => ({ date: studyDateSchema.parse(date), reason: reasons[date] ?? "pass" })),
};

export const topicsIn = (locale: "zh" | "en"): TopicsPicture => ({
  topics:
    locale === "zh"
      ? [
          { label: "显存与 OOM", score: 86, answers: 12 },
          { label: "灾难性遗忘", score: 71, answers: 9 },
          { label: "LoRA 与 QLoRA 的取舍", score: 54, answers: 7 },
          { label: "指令微调的数据配比", score: 38, answers: 3 },
          { label: "多轮对话任务的训练数据怎样组织", score: 7, answers: 1 },
        ]
      : [
          { label: "GPU memory and OOM", score: 86, answers: 12 },
          { label: "Catastrophic forgetting", score: 71, answers: 9 },
          { label: "LoRA against QLoRA", score: 54, answers: 7 },
          { label: "Instruction data mixes", score: 38, answers: 3 },
          { label: "Training data for multi-turn dialogue", score: 7, answers: 1 },
        ],
});

export const memory: MemoryPicture = {
  title: "Llama-3-8B: LoRA",
  parts: [
    { name: "weights", gib: 15.2 },
    { name: "gradients", gib: 0.1 },
    { name: "optimizer", gib: 0.3 },
    { name: "activations", gib: 2.1 },
    { name: "logits", gib: 3.9 },
    { name: "kvCache", gib: 0 },
    { name: "overhead", gib: 1.4 },
  ],
  total: 23.0,
  decimals: 1,
  cards: [
    { name: "RTX 3060", usable: 11.64, verdict: "no" },
    { name: "RTX 4080", usable: 15.52, verdict: "no" },
    { name: "RTX 4090", usable: 23.28, verdict: "tight" },
    { name: "RTX 5090", usable: 31.04, verdict: "fits" },
    { name: "A100 40GB", usable: 38.8, verdict: "fits" },
  ],
};

export const reportIn = (locale: "zh" | "en"): ReportPicture => ({
  week: isoWeekSchema.parse("2026-W47"),
  from: studyDateSchema.parse("2026-11-16"),
  to: studyDateSchema.parse("2026-11-22"),
  days: (
    [
      [16, 9, 7],
      [17, 11, 10],
      [18, 8, 8],
      [19, 10, 6],
      [20, 7, 5],
    ] as const
  ).map(([day, answered, passed]) => ({
    date: studyDateSchema.parse(`2026-11-${day}`),
    answered,
    passed,
  })),
  members: 12,
  mean: 64,
  teamStreak: 9,
  weakest: [
    {
      label: locale === "zh" ? "优化器状态占 12 字节/参数" : "Optimizer states take 12 bytes a parameter",
      had: 2,
      partly: 3,
      of: 10,
    },
    {
      label: locale === "zh" ? "混入通用数据一起训练" : "Replaying general data while fine-tuning",
      had: 3,
      partly: 4,
      of: 11,
    },
    {
      label: locale === "zh" ? "只看验证集损失不够" : "Validation loss alone is not enough",
      had: 4,
      partly: 0,
      of: 8,
    },
  ],
});
