import type { backup as english } from "#core/messages/en/backup";

export const backup = {
  exists: (file) => `${file} 已经存在。请换个备份文件名。`,
  restless: (where) =>
    `${where} 变化太快，读不完整。请换个清闲的时候再试，或先停下机器人；没有写出任何文件。`,
  noBackup: (file) => `${file} 不是 Rehearsal 的备份。`,
  newer: (file) => `${file} 是更新版本的 Rehearsal 做的备份。请用那个版本或更新的版本来恢复。`,
  damaged: (file) => `${file} 已损坏或不完整，其中的内容一点也没有用。请重新复制一份，或换一个更早的备份。`,
  notEmpty: (where) =>
    `${where} 里已经有数据。请用 --to 给一个空的地方，或者用 --force 让备份取而代之（原来的文件会留在旁边；Redis 则会被清空）。`,
  botsRun: (where, others) => `${where} 上还有正在运行的 Rehearsal（${others} 个连接）。请先停下所有机器人。`,
  mayRun: (where) =>
    `${where} 不让这个用户查看有谁连着，也许正有机器人在运行。请给它加上 +client|list，或用 --to redis://用户:密码@主机 换一个有权限的用户。`,
  differs: (where) =>
    `${where} 收到的和备份里的不一致。是不是有机器人在往里写？请停下它，再用 --force 恢复一次。`,
  noLines: "备份和恢复都是一次做完，不按行处理。",
  taken: (file, from, tenants, records, bytes) =>
    `已备份 ${from} 并核对过：${tenants} 个租户，共 ${records} 条记录，${bytes} 字节，写在 ${file}。`,
  keys: "里面的 Slack 令牌都是加密的：REHEARSAL_SLACK_SEAL_KEYS 也要另外保存好。",
  restored: (to, tenants, records, madeAt) =>
    `已恢复到 ${to} 并核对过：${tenants} 个租户，共 ${records} 条记录，是 ${madeAt} 时的样子。`,
  before: (file) => `原来的数据现在在 ${file}。`,
} satisfies typeof english;
