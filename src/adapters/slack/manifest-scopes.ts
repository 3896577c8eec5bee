import type { Bilingual } from "#core/language";

/** What the app can do, and what it asks a workspace for to do it. */
export interface SlackFeature {
  readonly name: string;
  /** Whether the app is nothing without it; all others can be left out. */
  readonly isNeeded: boolean;
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly why: Bilingual;
}

/**
 * Everything that the app asks for, and nothing else.
 *
 * @see docs.slack.dev, reference, "Scopes" and "Events API", read on 2026-11-26
 */
export const slackFeatures = [
  {
    name: "commands",
    isNeeded: true,
    scopes: ["commands"],
    events: [],
    why: {
      en: "its commands, its buttons and “Diagnose this log” in the menu of a message",
      zh: "它的命令、按钮，以及消息菜单里的“诊断这段日志”",
    },
  },
  {
    name: "posts",
    isNeeded: true,
    scopes: ["chat:write"],
    events: ["app_home_opened", "app_uninstalled", "tokens_revoked"],
    why: {
      en: "to post the day's question in channels that it was invited to, and to answer you privately",
      zh: "在邀请了它的频道里发每天的题，并私下回复你",
    },
  },
  {
    name: "people",
    isNeeded: false,
    scopes: ["users:read"],
    events: [],
    why: {
      en: "to know who is an admin, in which language to answer, and the names of those who want to be named",
      zh: "知道谁是管理员、用哪种语言回复，以及愿意署名的人叫什么",
    },
  },
  {
    name: "channels",
    isNeeded: false,
    scopes: ["channels:read", "groups:read"],
    events: ["member_joined_channel"],
    why: {
      en: "to see before the hour whether its channel is still there, and to go on when it is invited back",
      zh: "到点之前看得出频道还在不在，被请回来后继续发题",
    },
  },
  {
    name: "look-back",
    isNeeded: false,
    scopes: ["channels:history", "groups:history"],
    events: [],
    why: {
      en: "to find its own question again where Slack's reply was lost, instead of posting it twice; history is read for nothing else",
      zh: "没收到 Slack 的回执时找回自己发过的题，不重复发布；除此之外不读历史消息",
    },
  },
  {
    name: "mentions",
    isNeeded: false,
    scopes: ["app_mentions:read"],
    events: ["app_mention"],
    why: { en: "to take answers that begin with @Rehearsal", zh: "接收 @Rehearsal 开头的回答" },
  },
  {
    name: "direct",
    isNeeded: false,
    scopes: ["im:history", "im:write"],
    events: ["message.im"],
    why: {
      en: "to take answers and commands in direct messages, and to send a reminder there once and not twice",
      zh: "接收私信里的回答和命令，也在私信里发提醒，且不重复发",
    },
  },
  {
    name: "pictures",
    isNeeded: false,
    scopes: ["files:write"],
    events: [],
    why: {
      en: "to show charts and to hand out files, like that of /data export; without it charts are put in words, and nobody can take their data along",
      zh: "显示图表，以及发送文件（例如 /data export 的导出）；不给的话，图表改用文字，数据也导不出来",
    },
  },
  {
    name: "logs",
    isNeeded: false,
    scopes: ["files:read"],
    events: [],
    why: { en: "to read a log that is attached as a file", zh: "读取作为文件附上的日志" },
  },
] as const satisfies readonly SlackFeature[];

/** Names of features that can be left out. */
export const optionalFeatures: readonly string[] = slackFeatures
  .filter(({ isNeeded }) => !isNeeded)
  .map(({ name }) => name);

/** The features that are wanted, with those that are always there. */
export const featuresWithout = (left: readonly string[]): readonly SlackFeature[] =>
  slackFeatures.filter(({ name, isNeeded }) => isNeeded || !left.includes(name));

/** What the bot's token must be allowed. */
export const botScopes = (features: readonly SlackFeature[] = slackFeatures): string[] =>
  features.flatMap(({ scopes }) => scopes);

/** What a scope is for; null where the app asks for no such scope. */
export const scopeWhy = (scope: string): Bilingual | null =>
  slackFeatures.find((feature: SlackFeature) => feature.scopes.includes(scope))?.why ?? null;
