import type { charts as english } from "#core/messages/en/charts";

export const charts = {
  weekdays: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  comma: "、",

  calendarAlt: (current, longest, from, to) => `打卡日历，${from} 到 ${to}。${current}，最长 ${longest}。`,
  calendarEmptyAlt: (current, longest) => `打卡日历，还没有记录。${current}，最长 ${longest}。`,
  longest: (days) => `最长 ${days}`,
  noDays: "还没有记录",
  daysOf: (kind, count, dates) => `${kind} ${count} 天：${dates}。`,

  topicsTitle: "各主题得分",
  outOf: "满分 100",
  noTopics: "还没有作答",
  answers: (count) => `${count} 次作答`,
  topicsAlt: (rows) => `各主题得分（满分 100）：${rows}。`,
  topicsEmptyAlt: "各主题得分：还没有作答。",
  topicAlt: (label, score, answers) => `${label} ${score}（${answers}）`,
  more: (count) => `另有 ${count} 项没有画出。`,

  weekTitle: (week) => `第 ${week} 周小结`,
  weekSpan: (from, to) => `${from} 到 ${to}`,
  tookPart: "参与人数",
  meanScore: "平均分",
  teamStreak: "团队连续（题）",
  ofAnswered: (passed, answered) => `${passed}/${answered}`,
  passedDay: "打卡成功",
  answeredOnly: "作答",
  hadIt: "答到",
  hadPart: "答到一部分",
  hadPoint: (had, partly, of) => `${of} 人中 ${had} 人${partly === 0 ? "" : `，部分 ${partly} 人`}`,
  sentence: (text) => `${text}。`,
  space: "",
  listed: (title, items) => `${title}：${items.join("；")}。`,

  memoryTitle: (total) => `每张卡 ${total} GiB`,
  memoryRun: "本次任务",
  memoryAlt: (title, total, parts) => `${title} 的显存：每张卡 ${total} GiB，其中${parts}。`,
  memoryCardsAlt: (cards) => `各卡可用：${cards}。`,
  partAlt: (label, gib) => `${label} ${gib}`,
  cardAlt: (name, usable, verdict) => `${name} ${usable}（${verdict}）`,
} satisfies typeof english;
