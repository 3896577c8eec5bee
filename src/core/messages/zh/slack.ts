import type { slack as english } from "#core/messages/en/slack";

export const slack = {
  notInstalled: "这个工作区没有安装我，或者已经卸载了。请管理员用“Add to Slack”重新添加，然后再试。",
  resultTitle: "结果",
  waitingTitle: "请稍等",
  formTooLate: "Slack 只给三秒钟打开表单，这次没赶上。请再按一次按钮，或者再发一次命令。",
  lateResult: "Slack 没让我及时在那里回复，但你发来的内容已经收到，结果如下：",
  sentDirectly: "内容太长，窗口里放不下，已经私信发给你了。",
  fileSentDirectly: (name) => `“${name}”放在我们的私信里，只有你看得到。`,
  fileNotSent: (name) =>
    `“${name}”没能传到 Slack。请再运行一次命令；如果还是不行，请管理员看看我有没有上传文件的权限（files:write）。`,
  cannotCheckAdmin: (scope) =>
    scope === null
      ? "Slack 没有告诉我你是不是这里的管理员，请过一会儿再试。"
      : `我看不到你是不是管理员：缺少权限 ${scope}。请管理这个应用的人在 OAuth & Permissions 里加上它，再重新安装一次。`,
  missingScope: (scope, why) =>
    `我缺少权限${scope === null ? "（Slack 没说是哪一项）" : ` ${scope}`}${why === null ? "" : `（用来：${why.zh}）`}。请管理这个应用的人在 OAuth & Permissions 里加上它，再重新安装一次。`,
  notInChannel: (channel) =>
    `我还不在 #${channel} 里。请在那里输入 /invite @Rehearsal（或者在“集成”里添加我），然后再试。`,
  archived: (channel) => `#${channel} 已经归档。请取消归档，或者用 /settings 另选一个频道。`,
  channelGone: "那个频道已经不在了，或者我被移出了。请邀请我进去，或者用 /settings 另选一个。",
  mayNotPost: (channel) =>
    `#${channel} 只允许部分人发言，我发不了。请管理员在频道的发言权限里放开，然后再试。`,
  noSuchChannel: "这个工作区里没有我看得到的这个频道。请先邀请我进去，再从列表里选。",
  noDirectQuestion: "每日一题要发在频道里，不能发在私信里。请从“频道”的列表里选一个。",
  stoppedPosting: (channel, why) =>
    `#${channel} 的每日一题已暂停。${why}让我进去之后会自动继续；也可以用 /settings 重新启用。`,
  wrongToken:
    "Slack 不认这个机器人的令牌。请从 OAuth & Permissions 重新复制到 REHEARSAL_SLACK_BOT_TOKEN，或运行 npm run setup slack。其余部分照常工作，只是没有 Slack。",
  wrongAppToken:
    "Slack 不认这个应用级令牌。请在 Basic Information 里新建一个带 connections:write 的令牌，填到 REHEARSAL_SLACK_APP_TOKEN，或运行 npm run setup slack。其余部分照常工作，只是没有 Slack。",
  portTaken: (port) =>
    `端口 ${port} 已被占用，或者当前用户不能使用，Slack 的消息送不进来。请把 REHEARSAL_SLACK_PORT 换成别的端口。其余部分照常工作，只是没有 Slack。`,
} satisfies typeof english;
