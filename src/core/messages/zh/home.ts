import type { home as english } from "#core/messages/en/home";

export const home = {
  noDays: "还没有打卡记录。第一次达标的回答，就是连续打卡的第一天。",
  nothingOpen: "现在没有开放的题。练习不影响连续打卡，也不上榜。",
  bestSoFar: (score) => `目前最好成绩：${score} / 100`,
  weak: "接下来练什么",
  mean: (score) => `${score} / 100`,
  lacking: "得分最高的回答里还缺这些要点：",
  why: "连续打卡说明",
  history: "我的作答",
  help: "命令",
  settings: "设置",
} satisfies typeof english;
