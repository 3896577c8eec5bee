import type { announcing as english } from "#core/messages/en/announcing";

export const announcing = {
  late: "今天发晚了一点，截止时间以下面为准。",
  answered: (count) => (count === 0 ? "还没有人作答。" : `已有 ${count} 人作答，内容只有本人看得到。`),
  closedTitle: (date) => `${date} 的题已截止`,
  answeredInAll: (count) => (count === 0 ? "这次没有人作答。" : `共 ${count} 人作答。`),
  resultButton: "我的结果",
  practiseButton: "去练习",

  bestAnswers: "作者愿意公开的回答",
  bestAnswersNote: "以上都经作者本人同意。发 /history 可以看自己的回答，也可以随时收回。",
  offeredScore: (score) => `${score} / 100 分`,

  teamTitle: "团队",
  teamStreak: (rounds) =>
    rounds === 0
      ? "团队连续从下一题重新算起：至少两人、且近期活跃成员过半完成当天，就加一。"
      : `团队连续 ${rounds} 题。`,
  moreNeeded: (count) => `今天还差 ${count} 人。`,
  kept: (count) => `有 ${count} 人完成了当天，连续天数保住了。`,
  keptNames: "其中有",
  namedNote: "发 /streak share，完成当天时会在这里写上你的名字；/streak share=no 则不写。",
  namedNow: "以后你完成当天时，名字会出现在“保住连续”的名单里。",
  unnamedNow: "以后不再写出你的名字，连续天数照常计算。",

  offerNamed: "公开这份回答，署我的名",
  offerNameless: "公开，但不署名",
  withdrawButton: "不公开",
  offered: (named) =>
    `揭晓时，如果这份回答排在前面，就会在频道里${named ? "署名" : "匿名"}展示。随时可以收回。`,
  withdrawn: "已收回，这份回答不会公开；已经展示的也会撤下。",
  nothingToOffer: "这里没有你可以公开的回答。",
  tooLowToOffer: (least) => `只展示 ${least} 分及以上的回答，先写一份更好的吧。`,
  offerTooLate: "这一轮已经揭晓。只有开放期间才能公开回答。",
} satisfies typeof english;
