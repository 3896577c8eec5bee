import type { streak as english } from "#core/messages/en/streak";
import type { PassingReason } from "#core/round/passing";
import type { DayReason } from "#core/streak/day-reasons";

const why: Readonly<Record<DayReason, string>> = {
  pass: "按时答了，计入连续天数",
  upheld: "申诉成功，算你答对了，计入连续天数",
  madeup: "漏答后补上了，计入连续天数",
  freeze: "漏答，用掉一张保护卡：不计天数，也不中断",
  paused: "你请了假：不计天数，也不中断",
  excused: "管理员给所有人免了这天：不计天数，也不中断",
  pending: "回答已保存，还在等评分，这一天先给你留着",
  open: "还没截止，现在答也算",
  closing: "刚刚截止：截止前开始写的回答还算数",
  "no-answer": "到截止都没有作答，连续记录断在这一天",
  "not-passed": "答了，但到截止都没有达标，连续记录断在这一天",
  "short-round": "这一轮开放不到 8 小时，或者提前收了卷，不要求作答",
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
  upheld: "已答",
  madeup: "已补",
  freeze: "保护卡",
  paused: "请假",
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
  rule: (score) =>
    `一次用自己的话写的回答（至少 15 个字或 8 个词）命中一个要点、得分不低于 ${score}，当天就算数；没有出题的日子不会断。`,
  dayIs: (date, reason) => `${date}：${reason}`,
  short: (reason) => short[reason],
  why: (reason) => why[reason],
  notPassing: (reason) => notPassing[reason],

  freezes: "保护卡",
  freezesHeld: (held, toNext) =>
    toNext === null ? `${held} 张，已到上限` : `${held} 张；再打卡 ${toNext} 天得下一张`,
  freezeRule: "漏答一天会自动用掉一张保护卡，连续记录不断。一开始就有一张，每打卡 7 天再得一张。",

  makeUpButton: "补答一天",
  makeUpTitle: (date) => `补答 ${date}`,
  makeUpHow: "只有你看得到，不计积分。用自己的话答出来，这一天就补回来了。",
  makeUpUntil: "补答截止",
  makeUpLabel: "漏掉的那道题，你会怎么答？",
  makeUpTyped: "也可以直接写：/streak makeup 加上你的回答",
  madeUp: (date) => `${date} 补上了。`,
  makeUpWaits: (date) => `答得可以。再把今天的题答过关，${date} 就算补上了：`,
  makeUpWaitsLonger: (date) => `答得可以。把下一道题也答过关，${date} 就算补上了。`,
  notMadeUp: (date) => `${date} 还没补上，可以再答一次：`,
  makeUpUnscored: "刚才没能评分，请过一会儿再发一次。",
  nothingToMakeUp: "没有可以补答的日子。漏答之后，第二道题截止之前都可以补。",
  madeUpLately: (again) => `30 天里只能补答一次，你最近刚补过。${again} 起可以再补。`,

  paused: (from, to, left) => `${from} 到 ${to} 请假，连续记录会等你回来。那个季度还可以请 ${left} 天。`,
  pauseEnded: "从明天起不再请假。",
  noPause: "你没有请假。想请假就写上第一天和最后一天：/streak pause 12-24..12-31",
  pauses: "你的请假",
  pauseSpan: (from, to) => (from === to ? from : `${from} 到 ${to}`),
  pauseHow: "想提前结束：/streak pause off",
  badPause: (typed) => `没看懂“${typed}”是哪几天。请写第一天和最后一天，比如 12-24..12-31；结束请假写 off。`,
  pauseBackwards: (from, to) => `最后一天（${to}）不能早于第一天（${from}）。`,
  pauseBegun: (today) => `请假要提前：今天是 ${today}，最早从明天开始。`,
  pauseFar: "请假只能从一年之内的某天开始。",
  pauseLong: (left, most) => `一个季度最多请 ${most} 天，那个季度还剩 ${left} 天。`,

  homeNow: "从现在起，你的连续天数按这个频道的题来算。",
  homeAlready: "你的连续天数本来就按这个频道的题来算。",
  homeNone: "这个频道不出题，没法在这里算连续天数。",
  homeSoon: (again) => `30 天里只能换一次频道，${again} 起可以再换。`,
} satisfies typeof english;
