import type { streak as english } from "#core/messages/en/streak";
import type { PassingReason } from "#core/round/passing";
import type { DayReason } from "#core/streak/streak";

const why: Readonly<Record<DayReason, string>> = {
  pass: "按时答了，计入连续天数",
  madeup: "漏答后补上了，计入连续天数",
  freeze: "漏答，用掉一张保护卡：不计天数，也不中断",
  excused: "请了假：不计天数，也不中断",
  pending: "回答已保存，还在等评分，这一天先给你留着",
  open: "还没截止，现在答也算",
  closing: "刚刚截止：截止前开始写的回答还算数",
  "no-answer": "到截止都没有作答，连续记录断在这一天",
  "not-passed": "答了，但到截止都没有达标，连续记录断在这一天",
  "short-round": "这一轮开放不到 8 小时，不要求作答",
  "before-start": "在你第一次作答之前，不要求作答",
};

const notPassing: Readonly<Record<PassingReason, string>> = {
  "no-point-hit": "还没有完整答到任何一个要点。",
  "low-score": "得分还没到打卡线。",
  "too-little": "除去题目里的原话，自己写的内容太少。",
  "like-source": "大部分措辞和参考材料一样，用自己的话说一遍才能打卡。",
  "like-member": "大部分措辞和本轮的另一份回答一样，用自己的话说一遍才能打卡。",
};

const short: Readonly<Record<DayReason, string>> = {
  pass: "已答",
  madeup: "已补",
  freeze: "冻结",
  excused: "免答",
  pending: "待评分",
  open: "进行中",
  closing: "刚截止",
  "no-answer": "错过",
  "not-passed": "错过",
  "short-round": "不要求",
  "before-start": "不要求",
};

export const streak = {
  days: (count) => `${count} 天`,
  current: (count) => `连续 ${count} 天`,
  longest: "最长",
  openUntil: "今天的题开放到",
  rule: "一次用自己的话写的回答（至少 15 个字或 8 个词）命中一个要点、得分不低于 30，当天就算数；没有出题的日子不会断。",
  dayIs: (date, reason) => `${date}：${reason}`,
  short: (reason) => short[reason],
  why: (reason) => why[reason],
  notPassing: (reason) => notPassing[reason],
} satisfies typeof english;
