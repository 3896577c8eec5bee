import type { reminder as english } from "#core/messages/en/reminder";

export const reminder = {
  title: "今天的题还等着你",
  atRisk: (streak) => `保护卡已经用完，今天不答，连续 ${streak} 天的记录就断了。`,
  frozen: (streak) => `今天不答会用掉一张保护卡来保住连续 ${streak} 天；答了，卡就省下来。`,
  offButton: "不再提醒",

  isOn: (time, zone) => `每天 ${time}（${zone}）提醒你，最多一次；题还开着、你又没答过关时才提醒。`,
  isOff: "你没有开提醒。",
  offNow: "不再提醒了。想重新打开就发 /streak remind 20:00。",
  how: "想开提醒，写上时间和城市或时区：/streak remind 20:00 上海",
  next: "下一次（有需要才发）",
  quietFrom: (from, to) =>
    `你那边 ${from} 到 ${to} 免打扰。想改就发：/streak remind 20:00 免打扰 23-6，或者 免打扰 off`,
  noQuiet: "没有设免打扰时段。想设就发：/streak remind 20:00 免打扰 22-7",
  badQuiet: (typed) => `没看懂“${typed}”是哪段时间。请写成 免打扰 22-7，或者 免打扰 off。`,
  inQuiet: (time, from, to) =>
    `${time} 正好在你的免打扰时段（${from} 到 ${to}）。换个时间，或者不设免打扰：/streak remind ${time} 免打扰 off`,
  notTaken: "提醒没能发给你：你没有开放私信。提醒已关；允许私信之后，发 /streak remind 20:00 重新打开。",
} satisfies typeof english;
