import type { quiz as english } from "#core/messages/en/quiz";
import type { Flag, Reason, Verdict } from "#core/scoring/grader";

const verdicts: Readonly<Record<Verdict, string>> = {
  hit: "答到了",
  partial: "说了一半",
  contradict: "可能说反了",
  miss: "还没提到",
};

const lacking: Partial<Readonly<Record<Reason, string>>> = {
  "one-side": "只说了一面，另一面同样重要。",
  "core-only": "点到了名字，再说说它起什么作用、为什么。",
  "cause-only": "说了问题是怎么来的，还差该怎么办。",
  question: "这里是在反问，请直接给出判断。",
  "wrong-direction": "这里听着像说反了，请说得明确些。",
  mixed: "正着反着都说了一遍，请定下来。",
};

const notJudged = "这次没能复核，分数只按规则评定。";

const flags: Partial<Readonly<Record<Flag, string>>> = {
  "too-long": "只读了前 4000 个字符。",
  "copied-question": "大部分是在重复题目，照抄题目不得分。",
  "copied-source": "有一大段和原文一字不差。面试要的是你自己的话，换个说法吧。",
  stuffing: "看起来是一串术语。说说每个起什么作用，或者你会怎么用。",
  "off-topic": "这段话好像不是在回答今天的题目。",
  "injection-suspected": "写给判分程序的话已略去。",
  "invisible-text": "肉眼看不见的字符已略去。",
  repeated: "同一句话说几遍，只算一遍。",
  "judge-failed": notJudged,
  hinted: "这次看过提示，这些要点会早点再考你。",
};

export const quiz = {
  verdict: (verdict) => verdicts[verdict],
  lacking: (reason) => lacking[reason] ?? "方向对了，还可以说得更准。",
  flag: (flag) => flags[flag],
  keyPoint: (number) => `要点 ${number}`,
  hint: (hint) => `提示：${hint}`,
  contradiction: "再读一遍：方向是不是反了？",
  statement: (statement) => statement,
  erratum: (erratum) => `原文这里有误：${erratum}`,
  misconception: (belief, truth) => `常见误解：${belief}其实：${truth}`,
  source: (document, heading) => `出自《${document}》${heading}`,

  todaysQuestion: "今日一题",
  practiceQuestion: "练习",
  about: (topic, difficulty, points) => `${topic} · 难度 ${difficulty}/3 · ${points} 个要点`,
  howToAnswer: (left) =>
    left === 3 ? "有三次作答机会，取最高分；只有你自己看得到。" : `还剩 ${left} 次作答机会，取最高分。`,
  howToPractise: "练习不限次数，也不影响连续天数。",
  closes: "截止",
  streakOnlyUntil: "这一轮已经截止。两小时内作答仍算连续天数，但不计积分。",
  streakOnly: "这一轮已经截止：这次回答算连续天数，但不计积分。",
  answerButton: "作答",
  hintButton: "要个提示",
  nextButton: "换一题",
  formTitle: "你的回答",
  formLabel: "面试时你会怎么说？",
  formPlaceholder: "直接输入回答再发送：中文、英文、混着写都行，成段或要点都可以。",

  score: (score) => `得分 ${score} / 100`,
  best: (best, count, most) => `最高 ${best} 分 · 第 ${count} 次，共 ${most} 次`,
  attemptsLabel: "作答",
  streakLabel: "连续",
  judged: (host) => `答案先在本机评分，再发给 ${host} 上的语言模型复核，也就是说内容会离开这台机器。`,
  revised: (changes, before) => `复核后有 ${changes} 处改判，原来是 ${before} 分。`,
  notJudged,
  pending: "回答已经存好，只是暂时没法评分。今天不会断，之后会补上分数。",
  practised: "练习",
  practisedNote: "不影响连续天数",

  noRound: "这个频道现在没有开放的题目。发 /quiz 可以领一题练习。",
  empty: "没有内容可评：回答是空的。不占作答次数。",
  tooShort: "太短了，没法评分：至少用几个词说出一个要点。不占作答次数。",
  tooLong: (length, most) =>
    `这份回答有 ${length} 个字符，最多 ${most} 个。请精简后再发：这次没有记录，也不占次数。`,
  late: "发送时这一轮已经截止，不计分。发 /quiz 可以领别的题练习。",
  noAttempts: (most) => `这道题的 ${most} 次机会已经用完，取最高分。`,
  stillOpen: "今天的题还开着，先答完它；截止后再拿别的题练习。",
  noSuchQuestion: (typed, topics) =>
    `没有“${typed}”这道题。可以填题号或主题：${topics.map(({ zh }) => zh).join("、")}。`,
  noQuestions: "题库里没有别的题了。",

  hintOf: (number, total) => `提示 ${number}/${total}`,
  noMoreHints: (total) => `提示就这 ${total} 条。每个要点也有提示：比如 /hint 3 是要点 3 的。`,
  noSuchPoint: (typed, total) => `没有“${typed}”这个要点，本题共 ${total} 个。比如：/hint 1。`,
  hintOfPoint: (number, total) => `要点 ${number}/${total} 的提示`,
  hintLate: "这一轮已经截止，可以直接看全部要点了。发 /quiz 可以领别的题练习。",
  hintCost: (points) => `看提示不影响得分，但之后提交的回答在排行榜上少记 ${points} 分；同一条再看不再扣。`,
  hintFree: "练习时看提示不扣分，只是看过提示再答的要点会早点再考你。",

  closed: "本轮已截止",
  alreadyClosed: "这一轮已经结束，全部要点如下",
  nothingToClose: "这里没有开着的题。",
  allPoints: "全部要点",
  modelAnswer: "参考回答",
  followUps: "面试官可能接着问",
  goOn: "发 /quiz 换一题练习。",
  weight: (weight) => `权重 ${weight}`,

  historyTitle: "我的作答",
  historyEmpty: "还没有作答记录。发 /quiz 看今天的题。",
  historyDate: "日期",
  historyQuestion: "题目",
  historyScore: "得分",
  historyTopic: "主题",
  historyAnswers: "次数",
  historyPending: "待评",
  historyMore: (question) => `/history ${question} 可以看这道题最高分那次的依据。`,
  historyNone: "这道题你还没答过。",
  yourWords: "你写的是",
} satisfies typeof english;
