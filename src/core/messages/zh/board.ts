import type { BoardSpan } from "#core/board/spans";
import type { board as english } from "#core/messages/en/board";

const spans: Readonly<Record<BoardSpan, string>> = {
  week: "本周",
  month: "本月",
  all: "总榜",
  "last-week": "上周",
  "last-month": "上月",
};

export const board = {
  span: (span) => spans[span],
  title: (span) => `排行榜 · ${spans[span]}`,
  from: (from, to) => `${from} 到 ${to}`,
  place: (place, count) => `第 ${place} 名 · ${count} 分`,
  more: (count) => `另外还有 ${count} 人有积分。`,
  nobody: "这里还没有人得分，不妨从今天的题开始。",

  you: (place, of, count) => `你在第 ${place} 名（共 ${of} 人），${count} 分。`,
  first: "没有人比你更高。",
  toNext: (count) => `离前一名还差 ${count} 分。`,
  noneOfYours: "你在这里还没有积分。",
  youHidden: (place, count) => `你已隐藏，下面这句只有你看得到：你有 ${count} 分，相当于第 ${place} 名。`,
  hidden: "你已隐藏，别人在这里看不到你。",

  rule: (hintCost) =>
    `每天取最好的一次回答：当天打卡成功就按得分记分，作答前每看一条提示少 ${hintCost} 分。答得快慢不影响；同分同名次。`,
  share: "发到频道",
  hide: "隐藏我",
  show: "显示我",
  hiddenNow: "好了：任何榜单和名单里都不再出现你的名字，别人的名次也不受你影响。你自己仍然能在这里看到积分。",
  shownNow: "好了：别人又能在榜上看到你，积分一分不少。",
} satisfies typeof english;
