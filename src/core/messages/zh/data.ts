import type { data as english } from "#core/messages/en/data";

export const data = {
  title: "你的数据",
  about: (textsDays) =>
    `这里保存着你的：作答和得分、打卡记录、提示、练习、积分、提醒、申诉、推荐的题和模拟面试。作答原文保留 ${textsDays} 天，到期后只留得分和打卡记录。只有你自己愿意公开的回答，别人才看得到。`,
  exportMine: "导出我的数据",
  deleteMine: "删除我的数据",
  exportTeam: "导出团队数据",
  deleteTeam: "删除团队数据",

  exported: (files) =>
    files === 1
      ? "这里关于你的全部数据都在这个 JSON 文件里，只发给你一个人。"
      : `这里关于你的全部数据，共 ${files} 个 JSON 文件，只发给你一个人。`,
  exportedJustNow: (seconds) => `刚刚已经导出过，或者还在导出。还需要的话，请过 ${seconds} 秒再来。`,
  sureTitle: "要删除这里关于你的全部数据吗？",
  sure: "作答、得分、连续打卡、积分、提醒、申诉、推荐的题，还有你在模拟面试里说的话，都会立刻彻底删除，谁也找不回来。团队的平均分会按剩下的人重新计算。已经发出去、别人看过的消息留在原处。",
  sureButton: "确定，全部删除",
  exportFirst: "先导出",
  tooOld: "这个按钮已经过期，什么也没删。请重新发送 /data delete 再确认一次。",
  deleted:
    "好了，这里不再保存你的任何数据。只留下你的 ID 的一个摘要和删除时间，免得删除前发出的消息迟到后又被记上。随时可以重新开始。",
  sentBefore: "这条消息是在你删除数据之前发的，所以没有处理，什么也没记。想让它算数就再发一次。",

  adminsOnly: "只有管理员能导出或删除团队数据。只处理你自己的：/data export、/data delete。",
  teamExported: (records) =>
    `团队共有的数据，共 ${records} 条，JSON 每行一条，只发给你：设置、题目、每期记录，以及每个人的得分和打卡。成员写的话，只有本人署名公开过的才在里面；练习、提醒和私人消息不在其中。`,
  teamTooLarge: (megabytes) =>
    `这个团队的数据超过 ${megabytes} MB，聊天里发不了这么大的文件。运维可以整份备份：npm run rehearsal -- backup。`,
  teamSure: (word) =>
    `这会删除这个团队的一切：所有成员的作答、连续打卡、榜单、设置、题库和模拟面试，谁也找不回来。确定要删，请输入“${word}”。`,
  teamForm: "删除团队数据",
  teamField: (word) => `请输入“${word}”`,
  teamWord: "全部删除",
  teamWrong: (word) => `什么也没删：你输入的不是“${word}”。要重来请发 /data delete team。`,
  teamDeleted: "好了，这个团队的数据都删掉了。每日一题已停，用 /settings 可以再打开。",
  backups:
    "给运维：之前做的副本里还有这些数据。请删除或等它过期：`npm run rehearsal -- backup` 写的备份、数据文件（rehearsal.db）的拷贝、Redis 副本上的文件和 dump.rdb（要等它们重写），以及代理的日志。Redis 的 AOF 文件几分钟内会重写；不允许机器人要求重写的话，日志里会写明。",

  keptDays: (count) => `从现在起，作答原文保留 ${count} 天。更早的几分钟内就会清掉，得分和打卡记录不变。`,
  keptUsual: (count) => `恢复默认：作答原文保留 ${count} 天。`,
  textGone: "这次作答的原文已到期清除，得分还在。",
} satisfies typeof english;
