import type { doctor as english } from "#core/messages/en/doctor";
import { settingFault } from "./setting-faults.ts";

export const doctor = {
  subjects: {
    settings: "设置：",
    node: "Node：",
    zones: "时区：",
    content: "题库：",
    data: "数据文件：",
    redis: "Redis：",
    clock: "时钟：",
    discord: "Discord：",
    slack: "Slack：",
    judge: "第二位阅卷人：",
    ports: "端口：",
  },
  noLines: "检查是一次全部做完，不按行处理。",
  end: (fails, warnings, isOnline) => {
    const found =
      fails > 0
        ? `有 ${fails} 处会让机器人没法工作${warnings > 0 ? `，另有 ${warnings} 处值得看看` : ""}。`
        : warnings > 0
          ? `没有什么妨碍机器人工作，但有 ${warnings} 处值得看看。`
          : "一切正常。";
    return isOnline ? found : `${found}没有去问 Discord、Slack 和第二位阅卷人；加上 --online 会问。`;
  },
  broken: (what) => `检查没能做完（${what}）。这是程序的毛病，请告诉我们。`,

  settings: (count) => `设了 ${count} 项，都认得，也都能用。`,
  badSetting: (name, what) => `${name} 不能用：${settingFault(what)}（参见 .env.example）。`,
  refusedSetting: (name, why) => `${name} 不能用：${why}`,
  unknownSetting: (name, meant) =>
    `没有 ${name} 这一项，设了也不起作用。${meant === null ? "全部的设置都列在 .env.example 里。" : `是不是想写 ${meant}？`}`,
  envTwice: (file, name) =>
    `${file} 里 ${name} 写了不止一次。这里以最后一个为准，而 kubectl 不收这样的文件：请只留一行。`,
  envLine: (file, line, name) =>
    `${file} 第 ${line} 行提到了 ${name}，但不起作用：设置要写成 ${name}=值，前面什么也不加。`,
  envOpen: (file) => `这台机器上的其他用户也能读 ${file} 和里面的令牌：chmod 600 ${file}`,

  node: (version) => `${version}。`,
  oldNode: (version, oldest) =>
    `${version} 太旧，需要 Node ${oldest} 或更新的版本；npm ci 会装好它，npm start 会用它。`,
  zones: (tz, count) => `tz ${tz}，共 ${count} 个时区。`,
  smallIcu: (count) =>
    `这个 Node 只认得 ${count} 个时区，语言也不全：请换用带完整 ICU 的版本（官方版本都带）。`,
  oldZones: (tz) => `tz ${tz} 旧了：此后改过夏令时的地方，题目会在错误的时刻发出。请更新 Node。`,
  content: (count) => `有 ${count} 道题可问，相关的内容也都齐全。`,
  noQuestions: "一道题也没有：content/ 不是发布版里的那个文件夹。",
  badContent: (where, count) =>
    `${where}${count > 1 ? `（另有 ${count - 1} 处）` : ""}。请放回发布版自带的 content/，或者改好题库。`,

  dataFile: (file, mebibytes) => `${file} 完好（${mebibytes} MiB），没有程序在用。`,
  dataInUse: (file, mebibytes) => `正在运行的 Rehearsal 正用着 ${file}（${mebibytes} MiB）。`,
  noDataFile: (file) => `${file} 会在第一次启动时建好。`,
  olderData: (layout, own) =>
    `它是旧版本写的（${layout}，现在是 ${own}），下次启动时会升级。请先备份：升级之后旧版本就读不了了。`,
  dataOpen: (file) => `这台机器上的其他用户也能读 ${file} 和成员写的内容：chmod 600 ${file}*`,
  space: (folder, mebibytes) => `${folder} 还有 ${mebibytes} MiB 空间。`,
  littleSpace: (folder, mebibytes) => `${folder} 只剩 ${mebibytes} MiB：请在写满之前腾出空间。`,
  noSpace: (folder, mebibytes) => `${folder} 只剩 ${mebibytes} MiB，答案很快就存不下了。请马上腾出空间。`,

  redis: (where, version, median, longest) =>
    `${where} 是 ${version} 版，存下的东西不会丢；一般 ${median} 毫秒内回应，最慢 ${longest} 毫秒。`,
  aclLacks: (where, names) => `${where} 的这个用户不能用 ${names.join("、")}。README 里有现成的 ACL 配置。`,
  aclKeys: (where) => `${where} 的这个用户不能用 Rehearsal 需要的某些键。README 里有现成的 ACL 配置。`,
  aclWide: (where, names) =>
    `${where} 的这个用户能用 ${names.join("、")}，而 Rehearsal 从来用不到。请给它单独建一个用户，README 里有现成的 ACL 配置。`,
  aclNoRewrite: (where) =>
    `${where} 的这个用户不能用 BGREWRITEAOF，/data delete 删掉的内容会留在 AOF 文件里，直到 Redis 自己重写。服务商允许的话，请在 ACL 里加上 +bgrewriteaof。`,
  redisDisk: (where) => `${where} 上一次没能写进 AOF 文件。请看看它的磁盘和日志：现在记下的答案并不安全。`,
  redisMemory: (where, percent) =>
    `${where} 的内存已经用了 ${percent}%。请在用满之前调大 maxmemory，满了就存不进答案了。`,
  redisSlow: (where, median, longest) =>
    `${where} 一般要 ${median} 毫秒才回应，最慢 ${longest} 毫秒。请把它放近一点：成员等一次回复，要等它好几次。`,
  durabilityNone: "REHEARSAL_REDIS_DURABILITY=none：记下的东西会不会丢，没有任何保证。",

  clock: (whose, seconds) => `和 ${whose} 相差不到 ${seconds} 秒。`,
  noClock: "没有可以对照的时钟。",
  clockOff: (whose, seconds, isBehind) =>
    `这台机器比 ${whose} ${isBehind ? "慢" : "快"}了 ${seconds} 秒。请打开时间同步（timedatectl set-ntp true）：差到五分钟，消息就收不进来了。`,

  tokenShape: "设的内容看上去没问题。",
  tokenOf: (name) => `令牌属于“${name}”。`,
  tokenIn: (user, team) => `令牌有效：“${team}”里的 @${user}。`,
  noGuilds: "机器人还没有加入任何服务器：npm run setup discord 会给出邀请链接。",
  permissions: (guilds) =>
    `在 ${guilds} 个服务器里，需要的权限都有；个别频道可能另有限制，/settings 会说明。`,
  lacksPermissions: (guild, lacking) =>
    `在“${guild}”里缺少权限：${lacking.map(({ label, why }) => `${label.zh}（${why.zh}）`).join("、")}。请到 服务器设置 → 身份组 里授予。`,
  registered: (count) => `${count} 个命令都已注册。`,
  unregistered: (names) =>
    `有 ${names.length} 个命令没有注册（${names.join("、")}）：npm run setup discord，在容器里是 rehearsal setup discord --yes`,
  gateway: (shards, remaining) => `Discord 建议用 ${shards} 个分片；今天还可以连接 ${remaining} 次。`,
  fewStarts: (remaining, minutes) =>
    `接下来 ${minutes} 分钟里只能再连接 ${remaining} 次。多半有什么让它不停重启，请看日志。`,
  fewShards: (set, advised) =>
    `REHEARSAL_DISCORD_SHARDS 设了 ${set} 个分片，Discord 建议 ${advised} 个：请调大，不然 Discord 会拒绝连接。`,
  lacksScope: (scope, why) =>
    `缺少 ${scope}：${why.zh}。用不到可以不管；要用就到 OAuth & Permissions → Bot Token Scopes 里加上，再重新安装。`,
  judge: (host) => `${host} 有回应。`,
  judgeAway: (host) => `从这里连不上 ${host}。在此期间，得分以规则为准。`,
  judgeKey: (host, status) => `${host} 不接受 REHEARSAL_JUDGE_KEY（${status}）。请到那里重新建一个密钥。`,
  judgeModel: (host, model) => `${host} 的列表里没有 ${model} 这个模型。请检查 REHEARSAL_JUDGE_MODEL。`,
  ownAddress: (url) => `${url} 通向正在运行的 Rehearsal。`,
  ownAddressElsewhere: (url, status) =>
    `${url} 返回了 ${status}，但应答的不是 Rehearsal。请启动机器人；如果已在运行，前面的代理要把 ${url} 下的请求都转给 REHEARSAL_SLACK_PORT。`,
  ownAddressAway: (url) => `从这里连不上 ${url}，而 Slack 必须连得上：请检查域名、证书和前面的代理。`,

  freePort: (variable, port) => `${port}（${variable}）空着。`,
  takenPort: (variable, port) =>
    `${port}（${variable}）被别的程序占用了，机器人会启动不了。请换个端口，或停掉占用它的程序（用 ss -ltnp 'sport = :${port}' 可以查到）。`,
  ownPort: (variable, port) => `${port}（${variable}）正由运行中的 Rehearsal 使用。`,
  foreignAddress: (variable, host) =>
    `这台机器没有 ${host} 这个地址：请把 ${variable.replace(/PORT$/, "HOST")} 改成它有的地址，例如 127.0.0.1 或 0.0.0.0。`,
  samePort: (variable, other, port) => `${variable} 和 ${other} 都设成了 ${port}：请改掉其中一个。`,
  badPort: (variable, port, why) =>
    `${port}（${variable}）监听不了：${why}。1024 以下的端口归系统用，请换一个大一点的。`,
} satisfies typeof english;
