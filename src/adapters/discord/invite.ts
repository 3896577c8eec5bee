import type { Bilingual } from "#core/language";

/** A permission that the bot asks for, and what it cannot do without it. */
export interface InvitePermission {
  /** As Discord's own API names it. */
  readonly name: string;
  readonly bit: bigint;
  /** As it stands in the server's settings. */
  readonly label: Bilingual;
  readonly why: Bilingual;
}

/**
 * Everything the bot needs in a server, and nothing else.
 *
 * @see Discord developer documentation, "Permissions", read on 2026-11-26
 */
export const invitePermissions = [
  {
    name: "VIEW_CHANNEL",
    bit: 1n << 10n,
    label: { en: "View Channels", zh: "查看频道" },
    why: { en: "to see the channel it posts in", zh: "看得到要发题的频道" },
  },
  {
    name: "SEND_MESSAGES",
    bit: 1n << 11n,
    label: { en: "Send Messages", zh: "发送消息" },
    why: { en: "to post the day's question", zh: "发布每天的题目" },
  },
  {
    name: "EMBED_LINKS",
    bit: 1n << 14n,
    label: { en: "Embed Links", zh: "嵌入链接" },
    why: {
      en: "to draw the question as a card; Discord counts cards as links",
      zh: "把题目画成卡片；Discord 把卡片也算作链接",
    },
  },
  {
    name: "ATTACH_FILES",
    bit: 1n << 15n,
    label: { en: "Attach Files", zh: "添加文件" },
    why: { en: "to send charts", zh: "发送图表" },
  },
  {
    name: "READ_MESSAGE_HISTORY",
    bit: 1n << 16n,
    label: { en: "Read Message History", zh: "阅读消息历史" },
    why: {
      en: "to find its own question again after a crash instead of posting it twice",
      zh: "意外重启后认出自己发过的题，不重复发布",
    },
  },
  {
    name: "CREATE_PUBLIC_THREADS",
    bit: 1n << 35n,
    label: { en: "Create Public Threads", zh: "创建公开子区" },
    why: {
      en: "to open the thread with the key points at the close, and that of a mock interview",
      zh: "截止后开一个子区公布要点，模拟面试也各开一个",
    },
  },
  {
    name: "SEND_MESSAGES_IN_THREADS",
    bit: 1n << 38n,
    label: { en: "Send Messages in Threads", zh: "在子区内发送消息" },
    why: { en: "to post in those threads", zh: "在这些子区里发消息" },
  },
] as const satisfies readonly InvitePermission[];

/** The scopes of an invitation; without the second no command shows. */
export const inviteScopes = [
  { name: "bot", why: { en: "the bot joins the server", zh: "机器人加入服务器" } },
  {
    name: "applications.commands",
    why: { en: "its commands show when a member types /", zh: "成员输入 / 时能看到它的命令" },
  },
] as const satisfies readonly { name: string; why: Bilingual }[];

/**
 * Where somebody who may manage a server lets the bot in.
 *
 * @param guild the server that is chosen already when the page opens
 */
export function inviteUrl(application: string, guild: string | null = null): string {
  const url = new URL("https://discord.com/oauth2/authorize");
  url.searchParams.set("client_id", application);
  url.searchParams.set("scope", inviteScopes.map(({ name }) => name).join(" "));
  url.searchParams.set("permissions", String(invitePermissions.reduce((all, { bit }) => all | bit, 0n)));
  if (guild !== null) url.searchParams.set("guild_id", guild);
  return url.href;
}
