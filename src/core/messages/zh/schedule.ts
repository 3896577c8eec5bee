import type { schedule as english } from "#core/messages/en/schedule";
import type { SkipReason } from "#core/schedule/post-record";

const reasons: Readonly<Record<SkipReason, string>> = {
  "date-passed": "机器人当天一直没在运行",
  "window-passed": "机器人恢复得太晚，过了补发时间",
  "too-short": "离下一题已经不到 8 小时",
  changed: "改了时间安排，当天的出题时间已过，或离上一题太近",
  "no-question": "没有可以出的题",
  failed: "平台一直没能发出去",
  refused: "机器人无法在这个频道发帖，已停止出题，等管理员用 /settings 重新开启",
};

export const schedule = {
  noSuchHolidays: (typed) =>
    `没有“${typed}”这个假日日历。可以填国家代码，如 CN、DE、US，或地区代码，如 DE-BY；不填就不跳过节假日。`,
  skipped: (date, reason) => `${date} 没有出题：${reasons[reason]}。`,
} satisfies typeof english;
