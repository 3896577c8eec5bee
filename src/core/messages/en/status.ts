/** `3 days 4 h`, `2 h 5 min`, `12 min`. */
function span(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  if (days > 0) return `${days} ${days === 1 ? "day" : "days"} ${hours} h`;
  return hours > 0 ? `${hours} h ${rest} min` : `${rest} min`;
}

const durabilities = {
  none: "may lose what is recorded: nothing is checked (REHEARSAL_REDIS_DURABILITY=none)",
  local: "what is recorded survives the end of Redis",
  fsync: "what is recorded survives a power cut",
  replicated: "what is recorded survives the loss of the machine",
} as const;

const queues: Readonly<Record<string, string>> = {
  store: "calls to the store",
  channels: "channels whose question or reveal is due",
  discord_deliveries: "from Discord in hand",
  slack_deliveries: "from Slack in hand",
  discord_edits: "posts on Discord to bring up to date",
  slack_edits: "posts on Slack to bring up to date",
};

export const status = {
  title: "Status",
  lastDays: "The last 14 days",
  channel: "Channel",
  posted: "Posted",
  late: "of these late",
  skipped: "Skipped",
  noClock:
    "No clock asks here: a question opens as soon as somebody looks. With /settings it comes at a time of its own.",
  cameLate: (date: string, minutes: number): string => `${date}: it came ${span(minutes)} late.`,
  inChannel: (name: string, line: string): string => `${name}: ${line}`,
  moreLapses: (left: number): string => `And ${left} more.`,
  moreChannels: (left: number): string => `${left} more channels are not shown.`,
  /** @param channels null where there is only one */
  switchedOff: (channels: readonly string[] | null): string =>
    channels === null
      ? "The daily question is switched off; /settings switches it on."
      : `Switched off in ${channels.join(", ")}; /settings there switches it on.`,
  next: "The next question comes",

  bot: "The bot",
  store: "Store",
  judge: "Judge",
  queue: "Waiting",
  processes: "Processes",
  release: "Version",
  running: "Running for",
  file: "a file on the bot's machine; what is recorded survives a power cut",
  redis: (durability: keyof typeof durabilities): string => `Redis; ${durabilities[durability]}`,
  noJudge: "none: answers are scored by the key points alone",
  /** @param cost in whatever currency the prices are; null where none are set */
  judged: (
    model: string,
    {
      calls,
      failures,
      tokens,
      cost,
    }: {
      readonly calls: number;
      readonly failures: number;
      readonly tokens: number;
      readonly cost: number | null;
    },
  ): string =>
    calls === 0
      ? `${model}; asked nothing yet today (UTC)`
      : `${model}; asked ${calls === 1 ? "once" : `${calls} times`} today (UTC), ${failures} without an answer; ${tokens.toLocaleString("en")} tokens${cost === null ? "" : `, cost ${cost.toFixed(4)}`}`,
  idle: "nothing",
  waits: ({
    name,
    waiting,
    limit,
  }: {
    readonly name: string;
    readonly waiting: number;
    readonly limit: number | null;
  }): string =>
    `${waiting.toLocaleString("en")}${limit === null ? "" : ` (of ${limit.toLocaleString("en")} at most)`} ${queues[name] ?? name}`,
  processCount: (count: number | null): string =>
    count === null ? "not known: the user of Redis may not ask (CLIENT LIST)" : `${count} on this Redis`,
  versions: (release: string, layout: number, zones: string): string =>
    `${release}; data ${layout}; time zones ${zones}`,
  since: (minutes: number): string => span(minutes),
  /** Where Redis is, for those who need not know its address. */
  itsAddress: "its address",
  warning: (sentence: string): string => `⚠ ${sentence}`,
};
