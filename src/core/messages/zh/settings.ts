import type { settings as english } from "#core/messages/en/settings";

const days = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"] as const;
const dayName = (day: number): string => days[day - 1] ?? String(day);

function weekdays(chosen: readonly number[]): string {
  if (chosen.length === 7) return "每天";
  const runs: number[][] = [];
  for (const day of chosen.toSorted()) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) =>
      run.length < 3 ? run.map(dayName).join("、") : `${dayName(run[0] ?? 0)}至${dayName(run.at(-1) ?? 0)}`,
    )
    .join("、");
}

export const settings = {
  title: "每日一题的设置",
  dayName,
  weekdays,

  state: "每日一题",
  on: "已开启",
  off: "未开启",
  time: "时间",
  zone: "时区",
  weekday: "星期",
  holidays: "节假日",
  topics: "主题",
  language: "语言",
  close: "截止",
  reveal: "揭晓",
  report: "周报",
  score: "打卡线",
  catchup: "补发",
  excuse: "免答日",
  editors: "编辑",
  channel: "频道",

  noHolidays: "节假日照常出题",
  keepsHolidays: (place) => `${place}的节假日不出题`,
  allTopics: "全部",
  languages: { zh: "中文", en: "English" },
  closesNext: "下一题发出时，最迟 24 小时后",
  closesAfter: (hours) => `出题 ${hours} 小时后`,
  revealed: "截止后发布要点和参考回答",
  notRevealed: "截止后什么也不发",
  reported: "每周一这个时间总结团队的上一周",
  notReported: "不发",
  scores: (score) => `满分 100，得 ${score} 分算打卡`,
  caughtUp: (hours) => `晚了也会补发，最多晚 ${hours} 小时`,
  noEditors: "只有管理员",
  editorRoles: (count) => `已选 ${count} 个`,

  next: "下一题发出时间",
  nextNone: "按现在的设置，永远不会出题。",
  nextOff: "开启之前，这里不会出题。",
  fixed: (variables) =>
    `这个频道的时间、时区、星期和节假日由 ${variables.join("、")} 决定；去掉 REHEARSAL_TIME 就能在这里改。`,
  example: "也可以写成一行：/settings time=9:00 zone=上海 weekdays=1-5 holidays=CN on",
  saved: "已保存，从下一题起生效。",

  what: "要改哪一项？",
  overview: "先不改了",
  which: (what) => `${what}选哪个？`,
  other: (what) => `${what}：填别的`,
  save: "保存",
  timeHint: "比如 9:00、21:30、晚上9点",
  zoneHint: "填城市或时区：上海、柏林、America/New_York",
  holidaysHint: "填国家或地区：中国、CN、DE-BY；填“无”则照常出题",
  excuseHint: "哪天大家都不用答，比如 12-25",
  excusedBy: (date) => `${date} 免答，决定人`,
  excused: (date) => `${date} 这个频道谁都不用答：不计天数，也不中断。这是你定的，记录在案，不能撤回。`,
  badDate: (typed) => `“${typed}”不是日期。请写成 12-25 或 2026-12-25。`,
  farDate: (daysBack) => `免答日可以提前一年定，最晚在过后 ${daysBack} 天内补定。`,
  runsOut: (left, on) =>
    left === 0
      ? "题库里的题在这里都出过了，接下来从最久没出的开始重复。"
      : `这里还剩 ${left} 道没出过的题，${on} 起开始重复。多选几个主题或加新的题库就有新题。`,
  everyTopic: "全部主题",
  doReveal: "要揭晓",
  dontReveal: "不用揭晓",
  doReport: "要周报",
  dontReport: "不要周报",
  noRoles: "只有管理员",
  none: "无",

  preview: "预览",
  test: "试发一条",
  switchOn: "开启",
  switchOff: "关闭",
  previewTitle: "每天的题会长这样；只有你看得到",
  testTitle: "这是试发，不用作答，也不计分",
  tested: "试发的题已经发到频道里了。",

  noSuchZone: (typed, near) =>
    near.length === 0
      ? `没找到“${typed}”这个城市或时区。可以填附近的大城市，或 Europe/Berlin 这样的时区名。`
      : `“${typed}”是指哪个时区？可能是 ${near.map(({ zone }) => zone).join("、")}。`,
  badTime: (typed) => `“${typed}”不是时间。请写成 9:00、21:30 或 晚上9点。`,
  badWeekdays: (typed) => `没看懂“${typed}”是星期几。可以写 1-5（1 是周一）、周一至周五、工作日或每天。`,
  badClose: (typed) => `截止可以填 8 到 24 小时，或填 next，等下一题发出时截止；不能填“${typed}”。`,
  badCatchup: (typed) => `补发最多可以晚 1 到 24 小时，比如 4；不能填“${typed}”。`,
  noSuchTopic: (typed, topics) =>
    `没有“${typed}”这个主题。现有：${topics.map(({ zh }) => zh).join("、")}；全部就写 all。`,
  tooManyTopics: (most) => `主题超过 ${most} 个就不算挑选了，请写 topics=all。`,
  onlyHere: "这里只有一个频道，不用选。",
  noRolesHere: "这里没有身份组：坐在这台机器前的人什么都能做。",
  busy: "刚好有别人也在改这些设置。请看一下现在的样子，再改一次。",
} satisfies typeof english;
