import type { status as english } from "#core/messages/en/status";

/** `3 天 4 小时`、`2 小时 5 分钟`、`12 分钟`。 */
function span(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  if (days > 0) return `${days} 天 ${hours} 小时`;
  return hours > 0 ? `${hours} 小时 ${rest} 分钟` : `${rest} 分钟`;
}

const durabilities = {
  none: "已记录的内容可能丢失：没有做任何检查（REHEARSAL_REDIS_DURABILITY=none）",
  local: "Redis 进程退出也不会丢已记录的内容",
  fsync: "断电也不会丢已记录的内容",
  replicated: "整台机器坏了也不会丢已记录的内容",
} as const;

const queues: Readonly<Record<string, string>> = {
  store: "存储读写",
  channels: "等着出题或揭晓的频道",
  discord_deliveries: "处理中的 Discord 请求",
  slack_deliveries: "处理中的 Slack 请求",
  discord_edits: "待更新的 Discord 消息",
  slack_edits: "待更新的 Slack 消息",
};

export const status = {
  title: "运行状态",
  lastDays: "最近 14 天",
  channel: "频道",
  posted: "已出题",
  late: "其中晚发",
  skipped: "没出题",
  noClock: "这里没有定时出题：有人来看时才开新题。用 /settings 可以定一个时间。",
  cameLate: (date, minutes) => `${date} 的题晚了 ${span(minutes)}。`,
  inChannel: (name, line) => `${name}：${line}`,
  moreLapses: (left) => `还有 ${left} 条。`,
  moreChannels: (left) => `还有 ${left} 个频道没有列出。`,
  switchedOff: (channels) =>
    channels === null
      ? "每日一题已关闭，用 /settings 可以重新开启。"
      : `${channels.join("、")} 已关闭每日一题，在那里用 /settings 可以重新开启。`,
  next: "下一题出题时间",

  bot: "机器人",
  store: "存储",
  judge: "复评模型",
  queue: "排队",
  processes: "进程",
  release: "版本",
  running: "已运行",
  file: "机器人所在机器上的文件，断电也不会丢已记录的内容",
  redis: (durability) => `Redis，${durabilities[durability]}`,
  noJudge: "没有，只按要点评分",
  judged: (model, { calls, failures, tokens, cost }) =>
    calls === 0
      ? `${model}，今天（UTC）还没有调用`
      : `${model}，今天（UTC）调用 ${calls} 次，其中 ${failures} 次没有结果；用了 ${tokens.toLocaleString("en")} 个 token${cost === null ? "" : `，费用 ${cost.toFixed(4)}`}`,
  idle: "没有",
  waits: ({ name, waiting, limit }) =>
    `${queues[name] ?? name} ${waiting.toLocaleString("en")}${limit === null ? "" : `（上限 ${limit.toLocaleString("en")}）`}`,
  processCount: (count) =>
    count === null ? "不清楚：Redis 用户没有 CLIENT LIST 权限" : `这个 Redis 上有 ${count} 个`,
  versions: (release, layout, zones) => `${release}，数据版本 ${layout}，时区数据 ${zones}`,
  since: (minutes) => span(minutes),
  itsAddress: "Rehearsal",
  warning: (sentence) => `⚠ ${sentence}`,
} satisfies typeof english;
