import type { setup as english } from "#core/messages/en/setup";

const mistaken = {
  "public-key": "这是应用的 Public Key。Token 在 Bot 页面，点 Reset Token 就有。",
  "application-id": "这是应用的 ID，下一步才要。Token 在 Bot 页面，点 Reset Token 就有。",
  "client-secret": "这看起来是 OAuth2 页面的 Client Secret。Token 在 Bot 页面，点 Reset Token 就有。",
  blanks: "里面有空白字符。请用复制按钮复制 Token，原样粘贴。",
  shape: "Token 由两个点隔成三段，这个不是。Token 在 Bot 页面，点 Reset Token 就有。",
};

export const setup = {
  usage:
    "npm run setup discord（或 slack）会逐项询问并当场检查。-- 后面可以加：--yes 不询问并写入 .env，--lang zh|en。Discord：--guild ID 只在一个服务器试用，--global 在所有服务器注册命令。Slack：--url https://… 通过 HTTP 服务多个工作区，--prefix rh- 给命令名加前缀，--without logs,mentions 去掉某些功能和它的权限范围。",
  unknownPlatform: (typed) => `不会设置“${typed.slice(0, 40)}”，目前能设置 discord 和 slack。`,
  unknownFlag: (flag) => `没有 ${flag} 这个选项。`,
  badGuild: (typed) =>
    `“${typed.slice(0, 40)}”不是服务器 ID，应当是 17 到 20 位数字。在 Discord 里打开“设置 → 高级 → 开发者模式”，再右键服务器，选“复制服务器 ID”。`,
  ended: "还没答完，输入就结束了。什么都没有写入。",

  welcome: (portal) =>
    `把 Rehearsal 接到 Discord。需要一个你自己的应用和机器人：\n  1. 打开 ${portal}，点 New Application\n  2. 进入 Bot 页面，点 Reset Token，复制 Token\n不需要任何特权 Intent，三个开关都保持关闭。`,
  askToken: "机器人的 Token（输入时不显示）：",
  foundToken: "使用已经设置好的 Token。",
  noToken: "没有 Token：请设置 REHEARSAL_DISCORD_TOKEN，或者在终端里运行。",
  mistaken: (what) => mistaken[what],
  wrongToken:
    "Discord 不认这个 Token：可能已经重置，也可能没复制全。在 Bot 页面点 Reset Token 可以拿到新的。",
  tokenWorks: (name, id) => `✔ Token 属于“${name}”（${id}）。`,
  askApplication: (id) => `应用 ID [回车：${id}]：`,
  otherApplication: (given, id, name) =>
    `填的应用 ID 是 ${given}，而 Token 属于“${name}”（${id}）。两项要取自同一个应用。`,
  unreachable: (host) =>
    `从这里连不上 ${host}。请检查网络，或者 REHEARSAL_DISCORD_API 里的代理。没有做任何改动。`,
  refused: (status, what) => `Discord 拒绝了请求（${status}）：${what}`,
  busy: (seconds) => `Discord 要求等 ${seconds} 秒，到时再运行一次。`,

  askGuild: "先在一个服务器试用的话，填它的 ID [回车：所有服务器]：",
  registered: (commands, menus, guild) =>
    `✔ 已在${guild === null ? "所有服务器" : `服务器 ${guild} `}注册 ${commands} 个命令，消息菜单里 ${menus} 项。正开着 Discord 的成员可能要刷新一下（Ctrl+R）。`,
  cleared: (guild) => `✔ 服务器 ${guild} 里试用的命令已撤回，不会重复显示。`,
  notInGuild: (guild) =>
    `机器人不在服务器 ${guild} 里，或者邀请时没有勾选 applications.commands。打开下面的链接，选好服务器，再运行一次：`,
  notCleared: (guild) =>
    `服务器 ${guild} 里试用的命令没能撤回，因为机器人已经不在那里。如果那里的命令重复显示，把机器人移出后重新邀请即可。`,

  invite: "用这个链接邀请机器人（需要你在那个服务器有“管理服务器”权限）：",
  scopes: "授权范围：",
  permissions: "权限只要这些：",
  because: (name, why) => `  ${name}：${why}`,

  askWrite: (file) => `把 Token、应用和服务器写进 ${file} 吗？[Y/n] `,
  yes: /^(?:y|yes|是|好|)$/i,
  written: (file) => `✔ 已写入 ${file}，只有你能读，其他行保持原样。`,
  notWritten: (names) => `什么都没有写入。机器人运行时需要环境变量 ${names}。`,
  nothingToWrite: "这里写不了文件，也不用写：需要的变量都已经设好了。",
  unwritable: (file) => `${file} 写不进去。请让当前用户有写权限，或者自己设置这些变量。`,
  next: "接下来运行 npm start，再到服务器里用 /settings 选频道、时间和语言。想先看看成员会看到什么，打开 npm start 给出的地址，后面加上 /preview/discord。",
} satisfies typeof english;
