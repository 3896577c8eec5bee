import type { report as english } from "#core/messages/en/report";

const weekdays = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"] as const;

export const report = {
  title: (week, from, to) => `第 ${week} 周小结：${from} 到 ${to}`,
  took: (count, rounds, mean) =>
    `${rounds} 道题，${count} 人参与${mean === null ? "。" : `，平均 ${mean} 分（满分 100）。`}`,
  day: (weekday, date) => `${weekdays[weekday] ?? ""} ${date}`,
  dayIs: (day, answered, passed) => `${day}：${answered} 人作答，${passed} 人打卡成功。`,
  dayColumn: "日期",
  answered: "作答",
  passed: "打卡成功",
  teamStreak: (rounds) => (rounds === 0 ? "团队连续从下一题重新算起。" : `团队连续 ${rounds} 题。`),
  weakest: "值得大家再看一眼",
  pointIs: (title, had, partly, of) =>
    `${title}：${of} 人中 ${had} 人答到${partly === 0 ? "" : `，另有 ${partly} 人答到一部分`}`,
  improved: "比前几周进步最大（均经本人同意）",
  gain: (gain) => `+${gain} 分`,
  howNamed: "只有本人同意，名字才会出现在这里。用下面的按钮可以加入，也可以随时退出。",
  practise: "去练习",
  board: "排行榜",
  nameMe: "我进步时可以署名",
  namedNow: "好了：进步最大的那一周，小结里会写上你的名字和提高的分数。想退出，再按一次按钮就行。",
  unnamedNow: "好了：小结里不会写你的名字。",
  unnameMe: "不要署名",
} satisfies typeof english;
