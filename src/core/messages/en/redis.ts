export const redis = {
  badAddress: {
    shape:
      "REHEARSAL_REDIS_URL is no address of Redis. Write redis://host:6379 (rediss:// for TLS), redis+sentinel://host:26379,host:26379/name or redis+cluster://host:6379,host:6379; a user and a password go before the host: user:password@.",
    host: "REHEARSAL_REDIS_URL names a host that cannot be read. Write host:port, several with commas only after redis+sentinel:// or redis+cluster://.",
    database:
      "REHEARSAL_REDIS_URL names a database. Rehearsal uses database 0 alone: take the end off the address.",
    master:
      "REHEARSAL_REDIS_URL lacks the name that the sentinels give the master: put it at the end, as in /mymaster.",
    user: "REHEARSAL_REDIS_URL has a user or password that cannot be read. Write user:password@, with signs like @ / : as %40 %2F %3A.",
  },
  unreachable: (where: string): string =>
    `Nothing answers at ${where}. Check host and port, that Redis is running there, and that this machine may reach it.`,
  noLogin: (where: string): string =>
    `Redis at ${where} does not take the user or the password in REHEARSAL_REDIS_URL, or forbids that user a command; the README has the ACL line.`,
  noTls: (where: string, isTls: boolean): string =>
    isTls
      ? `Redis at ${where} has no TLS, or a certificate that is not trusted here. Name the file of its authority in REHEARSAL_REDIS_CA, or use redis:// where there is no TLS.`
      : `Redis at ${where} ends the connection at once, as it does where it speaks TLS alone: write rediss:// in REHEARSAL_REDIS_URL, or look in its log.`,
  badAuthority: (file: string): string =>
    `REHEARSAL_REDIS_CA names ${file}, which cannot be read or holds no certificate. Give the PEM file (-----BEGIN CERTIFICATE-----) of whoever signed Redis's own, readable for this user.`,
  noCluster: (where: string): string =>
    `Redis at ${where} is no cluster. Write redis:// in REHEARSAL_REDIS_URL.`,
  isCluster: (where: string): string =>
    `Redis at ${where} is part of a cluster. Write redis+cluster:// in REHEARSAL_REDIS_URL.`,
  noSentinel: (where: string, master: string): string =>
    `No sentinel at ${where} leads to a master called ${master}. Check the hosts, the name, and that the master is up.`,
  tooOld: (where: string, version: string, oldest: string): string =>
    `Redis at ${where} is version ${version}; Rehearsal needs ${oldest} or later.`,
  isReplica: (where: string): string =>
    `Redis at ${where} is a replica and takes no writes. Give the master's address, or the sentinels'.`,
  evicts: (where: string): string =>
    `Redis at ${where} may throw answers away when its memory is full, or does not say whether. Set maxmemory-policy noeviction.`,
  noAof: (where: string): string =>
    `Redis at ${where} keeps no append-only file, or does not say so: a restart would lose what members were told is recorded. Set appendonly yes, or REHEARSAL_REDIS_DURABILITY=none to accept that.`,
  noFsync: (where: string): string =>
    `Redis at ${where} never waits for its disk. Set appendfsync everysec or always, or REHEARSAL_REDIS_DURABILITY=none to accept losses.`,
  notAlways: (where: string): string =>
    `REHEARSAL_REDIS_DURABILITY=fsync needs appendfsync always on Redis at ${where}, and it is not set or cannot be read.`,
  noReplicas: (where: string): string =>
    `REHEARSAL_REDIS_DURABILITY=replicated needs a replica, and Redis at ${where} has none now. Start one, or choose local or fsync.`,
  foreign: (where: string, keys: number): string =>
    `Redis at ${where} holds ${keys} ${keys === 1 ? "key" : "keys"} of something else. Give Rehearsal a Redis of its own.`,
  newer: (where: string): string =>
    `Redis at ${where} holds data of another version of Rehearsal. Start that version; nothing was changed.`,
  notEmpty: (where: string): string =>
    `${where} is not empty, and what is moved must not mix with anything. Give an empty Redis or a file that does not exist.`,
  otherMigration: (where: string, from: string): string =>
    `A migration from ${from} into ${where} was not finished. Run that one again, or give another target.`,
  differs: (where: string): string =>
    `What arrived at ${where} is not what was read. Nothing at the source was changed; is something still writing there?`,
  migrating: (where: string): string =>
    `A migration into ${where} was not finished. Run the same rehearsal migrate again: it goes on where it stopped.`,
  restoring: (where: string): string =>
    `A restore into ${where} is not finished, so what is there is only a part. Where none is running any more, run rehearsal restore FILE --force: it empties ${where} and begins anew.`,
};
