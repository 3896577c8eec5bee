import type { start as english } from "#core/messages/en/start";
import type { StoreTrouble } from "#core/store-failure";

const remedies: Readonly<Record<StoreTrouble, (where: string) => string>> = {
  unconfirmed: (where) => `${where} 没有及时回应，可能只是太忙：请过一分钟再试。`,
  "in-use": (where) =>
    `另一个 Rehearsal 正在用 ${where}。先停掉它，或者给这个换个目录：REHEARSAL_DATA=./other npm start`,
  "read-only": (where) =>
    `${where} 写不进去。请让当前用户能写这个目录，或用 REHEARSAL_DATA 指定一个可写的目录。`,
  full: (where) => `${where} 所在的磁盘满了。腾出空间再启动；已经记录的内容都还在。`,
  damaged: (where) =>
    `${where} 不是 Rehearsal 的数据文件，或者已经损坏。用 rehearsal restore 备份文件 --force 换上最近的备份，这个文件会留在旁边；没有备份就把它移走，从头开始。`,
  "newer-version": (where) => `${where} 是更新版本的 Rehearsal 写的。请用那个版本启动，或换一个目录。`,
  unreachable: (where) => `打不开 ${where}。请检查路径或地址是否正确、上级是不是目录、对应的服务是否在运行。`,
};

/** The same of a Redis, whose address is no path. */
const redisRemedies: Readonly<Record<StoreTrouble, (where: string) => string>> = {
  ...remedies,
  "read-only": (where) =>
    `${where} 的 Redis 写不进去：它成了从节点，或者用户的权限变了。请在那里看一下 ROLE 和 ACL GETUSER。`,
  full: (where) =>
    `${where} 的 Redis 内存或磁盘满了，请给它更多空间（maxmemory）。查询照常能用，已经记录的内容都还在。`,
  damaged: (where) => `${where} 的 Redis 里有不是 Rehearsal 写的东西。请看看还有谁在用它，或换上最近的备份。`,
  unreachable: (where) =>
    `${where} 的 Redis 连不上。请检查它是否在运行、这台机器能否连过去；恢复之后 Rehearsal 会自己接上。`,
};

const isRedis = (where: string): boolean => /^rediss?[+:]/.test(where);

export const start = {
  storeTrouble: (trouble, where) => (isRedis(where) ? redisRemedies : remedies)[trouble](where),
  pageIsAt: (url) => `今天的题在这里：${url}`,
  healthPort: (host, port) =>
    `无法监听 ${host}:${port}，健康检查和监控指标没有出口。请把 REHEARSAL_HEALTH_PORT 换成别的端口，或者留空。`,
  healthHost: (host) =>
    `这台机器没有 ${host} 这个地址，健康检查和监控指标没有出口。请把 REHEARSAL_HEALTH_HOST 改成它有的地址，例如 127.0.0.1 或 0.0.0.0。`,
  envUnreadable: (file) => `当前用户读不了 ${file}：请把它交给运行机器人的用户。`,
  envFolder: (file) =>
    `${file} 是个文件夹。容器启动时如果没有这个文件，就会自己建一个同名文件夹：请删掉它，建好文件（内容参照 .env.example），再启动。`,
  envEncoding: (file) =>
    `${file} 不是 UTF-8 文本。请另存为 UTF-8；Windows PowerShell 用 > 写出的是别的编码（改用 Set-Content -Encoding utf8）。`,
  unknownFlag: (flag) => `没有 ${flag} 这个选项。可用的有 --terminal、--as NAME、--lang zh|en。`,
  badName: "--as 后面要一个 1 到 40 个字符、能显示出来的名字。",
  badLanguage: (typed) => `--lang 后面填 zh 或 en，“${typed.slice(0, 20)}”不行。`,
} satisfies typeof english;
