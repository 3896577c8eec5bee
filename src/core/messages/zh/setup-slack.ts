import type { setupSlack as english } from "#core/messages/en/setup-slack";

const mistaken = {
  "app-token":
    "这是应用级 Token（xapp-…）。这里要机器人的：OAuth & Permissions → Bot User OAuth Token（xoxb-…）。",
  "bot-token":
    "这是机器人的 Token（xoxb-…）。这里要应用级的：Basic Information → App-Level Tokens（xapp-…）。",
  "user-token":
    "这是个人的 Token（xoxp-…）。机器人的在 OAuth & Permissions → Bot User OAuth Token（xoxb-…）。",
  webhook: "这是 Webhook 地址。Token 在 OAuth & Permissions → Bot User OAuth Token（xoxb-…）。",
  blanks: "里面有空白字符。请用复制按钮复制，原样粘贴。",
  shape: "看起来不是要填的内容。请到上面说的页面，用复制按钮复制。",
};

export const setupSlack = {
  welcome: (file) =>
    `把 Rehearsal 接到 Slack。应用由一份清单创建，清单${file === null ? "" : `写在 ${file} 里，也`}在这个链接里：`,
  openLink:
    "  1. 打开链接，选好工作区，依次点 Next、Create。（链接太长、浏览器打不开时：Create New App → From a manifest，贴上文件内容。）",
  install: "  2. 点 Install App → Install to Workspace。",
  distribute: "  2. 想让别的工作区也能添加，就在 Manage Distribution 里开启公开分发。",
  asks: "它只要这些权限范围，别的都不要：",
  because: (scopes, why) => `  ${scopes}：${why}`,
  without: (names) => (names.length === 0 ? "" : `以下每一项都可以用 --without 去掉：${names.join("、")}。`),
  unknownFeature: (typed, names) => `没有“${typed.slice(0, 40)}”这一项，可以去掉的有：${names.join("、")}。`,
  badUrl: (typed) => `“${typed.slice(0, 80)}”不是 Slack 访问得到的地址：要以 https:// 开头，只写到主机名。`,
  badPrefix: (typed) =>
    `“${typed.slice(0, 40)}”不能放在命令名前面：最多 16 个小写字母、数字或连字符，例如 rh-。`,

  askBotToken: "OAuth & Permissions 页面的 Bot User OAuth Token（输入时不显示）：",
  askAppToken:
    "带 connections:write 的应用级 Token，在 Basic Information → App-Level Tokens 里点 Generate（不显示）：",
  askClientId: "Basic Information 页面的 Client ID：",
  askClientSecret: "Basic Information 页面的 Client Secret（不显示）：",
  askSigningSecret: "Basic Information 页面的 Signing Secret（不显示）：",
  found: (name) => `${name} 已经设置，直接使用。`,
  none: (name) => `没有设置 ${name}：请设置它，或者在终端里运行。`,
  mistaken: (what) => mistaken[what],
  wrongToken: (code) =>
    `Slack 不认这个 Token（${code}）：可能已经吊销，也可能没复制全。点 Install App → Reinstall 可以拿到新的。`,
  wrongAppToken: (code) =>
    code === "missing_scope" || code === "not_allowed_token_type"
      ? "这个 Token 不能建立连接。请在 Basic Information → App-Level Tokens 里生成一个带 connections:write 的。"
      : `Slack 不认这个应用级 Token（${code}）。请重新生成一个带 connections:write 的。`,
  tokenWorks: (user, team) => `✔ Token 可用：“${team}”里的 @${user}。`,
  connects: "✔ Socket Mode：可以建立连接。",
  lacks: "缺少这些权限范围：",
  lacksHint:
    "请在 OAuth & Permissions → Bot Token Scopes 里加上，再重新安装应用；不加也行，只是用不了对应的功能。",
  tooMany: (scopes) => `有几项用不到：${scopes.join("、")}，可以去掉。`,
  allScopes: "✔ 权限范围齐全。",
  lacksNeeded: (scope) =>
    `缺了 ${scope} 就什么都做不了。请在 OAuth & Permissions → Bot Token Scopes 里加上，重新安装应用，再运行一次。`,
  unreachable: (host) =>
    `从这里连不上 ${host}。请检查网络，或者 REHEARSAL_SLACK_API 里的地址。没有做任何改动。`,
  busy: (seconds) => `Slack 要求等 ${seconds} 秒，到时再运行一次。`,

  askChannel: "试发到哪个频道，填 ID 或名字 [回车：不发]：",
  testPost: "Rehearsal 可以在这里发消息。用 /settings 设置每天什么时候出题。",
  posted: (channel) => `✔ 已发到 ${channel}。`,
  notPosted: (channel, code) =>
    code === "not_in_channel" || code === "channel_not_found"
      ? `还不在 ${channel} 里：请在那里输入 /invite @Rehearsal（私有频道要先请进去才看得到），然后再试。`
      : code === "is_archived"
        ? `${channel} 已归档，请换一个。`
        : `Slack 没有接受发到 ${channel} 的消息：${code}。`,

  askWrite: (file) => `把这些设置写进 ${file} 吗？[Y/n] `,
  notWritten: (names) => `什么都没有写入。机器人运行时需要环境变量 ${names}。`,
  next: "接下来运行 npm start，再到频道里用 /settings 选时间和语言。想先看看成员会看到什么，打开 npm start 给出的地址，后面加上 /preview/slack。",
  nextHttp: (url) =>
    `接下来让 npm start 跑在 ${url} 后面，打开 ${url}/slack/install 把它加进工作区，再到频道里用 /settings 选时间和语言。`,
} satisfies typeof english;
