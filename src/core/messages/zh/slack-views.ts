import type { slackViews as english } from "#core/messages/en/slack-views";

export const slackViews = {
  cancel: "取消",
  close: "关闭",
  yes: "是",
  no: "否",
  asTyped: (typed) => `就用“${typed}”`,
  optional: "可以不填。",
  more: "其他",
  moreHint: "像平时那样输入：optimizer=adamw zero3 flash",
  estimate: "提交",
  scoring: "回答已收到，正在评分。",
} satisfies typeof english;
