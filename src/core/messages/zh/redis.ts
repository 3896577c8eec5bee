import type { redis as english } from "#core/messages/en/redis";

export const redis = {
  badAddress: {
    shape:
      "REHEARSAL_REDIS_URL 不是 Redis 地址。可以写 redis://主机:6379（TLS 用 rediss://）、redis+sentinel://主机:26379,主机:26379/名称，或 redis+cluster://主机:6379,主机:6379；用户名和密码放在主机前面：用户:密码@。",
    host: "REHEARSAL_REDIS_URL 里的主机看不懂。请写成 主机:端口；只有 redis+sentinel:// 和 redis+cluster:// 才能用逗号写多个。",
    database: "REHEARSAL_REDIS_URL 指定了数据库编号。Rehearsal 只用 0 号库，请去掉地址末尾的编号。",
    master: "REHEARSAL_REDIS_URL 缺了哨兵给主节点起的名字，请加在末尾，例如 /mymaster。",
    user: "REHEARSAL_REDIS_URL 里的用户名或密码看不懂。请写成 用户:密码@，其中的 @ / : 要写成 %40 %2F %3A。",
  },
  unreachable: (where) => `${where} 没有回应。请检查主机和端口、Redis 是否在运行、这台机器能否连过去。`,
  noLogin: (where) =>
    `${where} 的 Redis 不接受 REHEARSAL_REDIS_URL 里的用户名或密码，或者没给这个用户足够的权限；README 里有现成的 ACL 配置。`,
  noTls: (where, isTls) =>
    isTls
      ? `${where} 的 Redis 没有开 TLS，或者证书在这台机器上不受信任。请用 REHEARSAL_REDIS_CA 指定 CA 证书文件；没有 TLS 就改用 redis://。`
      : `${where} 的 Redis 一连上就断开，多半是只收 TLS：请在 REHEARSAL_REDIS_URL 里写 rediss://，或看看它的日志。`,
  badAuthority: (file) =>
    `REHEARSAL_REDIS_CA 指定的 ${file} 读不了，或者里面没有证书。请给出签发 Redis 证书的 CA 的 PEM 文件（-----BEGIN CERTIFICATE-----），并让当前用户能读。`,
  noCluster: (where) => `${where} 的 Redis 不是集群。请在 REHEARSAL_REDIS_URL 里写 redis://。`,
  isCluster: (where) => `${where} 的 Redis 是集群的一部分。请在 REHEARSAL_REDIS_URL 里写 redis+cluster://。`,
  noSentinel: (where, master) =>
    `通过 ${where} 的哨兵找不到名为 ${master} 的主节点。请检查主机、名称，以及主节点是否在运行。`,
  tooOld: (where, version, oldest) =>
    `${where} 的 Redis 版本是 ${version}，Rehearsal 需要 ${oldest} 或更新的版本。`,
  isReplica: (where) => `${where} 的 Redis 是只读的从节点。请填主节点的地址，或者哨兵的地址。`,
  evicts: (where) =>
    `${where} 的 Redis 内存满了可能会丢掉答案（或者看不到它的设置）。请设置 maxmemory-policy noeviction。`,
  noAof: (where) =>
    `${where} 的 Redis 没有开 AOF（或者看不到它的设置），一重启就会丢掉已经记下的答案。请设置 appendonly yes；愿意承担的话，设 REHEARSAL_REDIS_DURABILITY=none。`,
  noFsync: (where) =>
    `${where} 的 Redis 从不等数据写进磁盘。请设置 appendfsync everysec 或 always；愿意承担丢失的话，设 REHEARSAL_REDIS_DURABILITY=none。`,
  notAlways: (where) =>
    `REHEARSAL_REDIS_DURABILITY=fsync 要求 ${where} 的 Redis 设置 appendfsync always，但它没有设，或者看不到。`,
  noReplicas: (where) =>
    `REHEARSAL_REDIS_DURABILITY=replicated 需要从节点，而 ${where} 的 Redis 现在一个也没有。请启动一个，或改用 local、fsync。`,
  foreign: (where, keys) =>
    `${where} 的 Redis 里有 ${keys} 个别的程序的键。请给 Rehearsal 单独准备一个 Redis。`,
  newer: (where) => `${where} 的 Redis 里是另一个版本的 Rehearsal 的数据。请启动那个版本；这里什么都没改。`,
  notEmpty: (where) =>
    `${where} 里已经有东西，搬过去会混在一起。请给一个空的 Redis，或者一个还不存在的文件。`,
  otherMigration: (where, from) => `从 ${from} 到 ${where} 的迁移还没做完。请再运行那一次，或者换一个目标。`,
  differs: (where) => `${where} 收到的和读出的不一致。来源没有被改动；是不是还有程序在往里写？`,
  migrating: (where) => `往 ${where} 的迁移还没做完。请再运行一次同样的 rehearsal migrate，它会接着做。`,
  restoring: (where) =>
    `往 ${where} 恢复备份还没做完，那里的内容不完整。如果恢复已经中断，请运行 rehearsal restore 备份文件 --force：它会清空 ${where}，从头再来。`,
} satisfies typeof english;
