/** What the settings' schemas say is wrong with a value, and the same in Chinese; `$1` is what the words left open. */
const faults: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^expected a number from 0 to 65535$/, "应为 0 到 65535 的数字"],
  [/^expected an address like (\S+)$/, "应为这样的地址：$1"],
  [/^expected an address like (redis.+)$/, "应为 Redis 地址，写法如 $1"],
  [
    /^expected an address without a user, a query or a fragment(?:;.*)?$/,
    "地址里不能带用户名、查询参数或 # 后的部分",
  ],
  [/^expected an address of this machine, like .*$/, "应为这台机器的地址，例如 127.0.0.1 或 0.0.0.0"],
  [/^the bot's token goes to another machine only over https$/, "机器人的令牌只能通过 https 发往别的机器"],
  [/^tokens go to another machine only over https$/, "令牌只能通过 https 发往别的机器"],
  [/^answers and the key go to another machine only over https$/, "答案和密钥只能通过 https 发往别的机器"],
  [/^expected an id of 17 to 20 digits$/, "应为 17 到 20 位数字的 ID"],
  [/^expected days like 1-5 or 1,3,5; 1 is Monday$/, "应写成 1-5 或 1,3,5 这样，1 是星期一"],
  [/^names no day; 1 is Monday, 7 is Sunday$/, "一天也没有选上；1 是星期一，7 是星期日"],
  [/^expected the token of a bot, without blanks$/, "应为机器人的令牌，中间没有空格"],
  [/^expected auto, 4, or 0-1\/4$/, "应写成 auto、4 或 0-1/4"],
  [/^names no shard, or one that is not there; the first is 0$/, "没有这样的分片；编号从 0 开始"],
  [/^expected local, fsync, replicated or none$/, "应为 local、fsync、replicated 或 none"],
  [
    /^expected two prices of a million tokens, like 0\.15,0\.60$/,
    "应为每百万 token 的两个价格，例如 0.15,0.60",
  ],
  [/^expected a key of visible ASCII characters without blanks$/, "密钥只能是可见的 ASCII 字符，不能有空格"],
  [
    /^expected a name and 32 bytes in base64.*$/,
    "应为名称加 32 字节的 base64，例如 k1:…，旧的用逗号接在后面",
  ],
  [/^two keys have the same name$/, "有两个密钥同名"],
  [/^expected the bot's token, xoxb-…, without blanks$/, "应为机器人的令牌 xoxb-…，中间没有空格"],
  [/^expected the app-level token, xapp-…, without blanks$/, "应为应用级令牌 xapp-…，中间没有空格"],
  [
    /^expected the app's signing secret, without blanks$/,
    "应为应用的签名密钥（Signing Secret），中间没有空格",
  ],
  [/^expected the app's client id, without blanks$/, "应为应用的 Client ID，中间没有空格"],
  [/^expected the app's client secret, without blanks$/, "应为应用的 Client Secret，中间没有空格"],
  [/^expected a few small letters, like rh-$/, "应为几个小写字母，例如 rh-"],
  [/^expected how many a minute, 0 for any number$/, "应为每分钟的次数，0 表示不限"],
  [/^expected (\d+) a minute at most$/, "每分钟最多 $1"],
  [/^expected a number of days$/, "应为天数"],
  [/^expected (\d+) to (\d+) days$/, "应为 $1 到 $2 天"],
  [
    /^missing; Discord needs .*$/,
    "没有设；接 Discord 要 TOKEN 和 APPLICATION 两项（npm run setup discord 会一并问）",
  ],
  [
    /^missing; Slack over HTTP needs .*$/,
    "没有设；Slack 走 HTTP 要 SIGNING_SECRET、CLIENT_ID、CLIENT_SECRET、SEAL_KEYS 和 URL（npm run setup slack 会问）",
  ],
  [
    /^missing; Slack needs .*$/,
    "没有设；接 Slack 要 BOT_TOKEN 和 APP_TOKEN 两项（npm run setup slack 会一并问）",
  ],
  [
    /^missing; a judge needs .*any key\)$/,
    "没有设；第二位阅卷人要 URL、KEY 和 MODEL（本机的模型填什么密钥都行）",
  ],
  [/^missing; a judge needs .*$/, "没有设；第二位阅卷人要 URL、KEY 和 MODEL，三项齐全才有"],
  [
    /^given beside what HTTP needs;.*$/,
    "和 HTTP 方式的设置同时出现了；一个工作区用两个令牌，多个工作区用其余几项",
  ],
  [/^an IANA time zone, like .*$/, "应为 IANA 时区，例如 Asia/Shanghai"],
  [/^a time of day from .*$/, "应为 00:00 到 23:59 的时间，例如 09:00"],
  [/^Invalid option: expected one of (.*)$/, "只能是 $1 之一"],
  [/^Too big: .*$/, "太长"],
  [/^Too small: .*$/, "太短"],
  [/^Invalid (?:input|string|URL).*$/, "写法不对"],
];

/** The words of a schema in Chinese; what is not known here stays as it is. */
export const settingFault = (what: string): string => {
  const found = faults.find(([english]) => english.test(what));
  return found === undefined ? what : what.replace(found[0], found[1]);
};
