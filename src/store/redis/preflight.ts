import type { Redis } from "ioredis";
import { messagesFor } from "#core/messages/index";
import type { Log } from "#core/ports";
import { Refusal, type Sentence } from "#core/refusal";
import type { RedisAddress } from "./address.ts";
import { type Client, mastersOf } from "./client.ts";
import { BOARDS_FIELD, MARK_KEY, SHARDS } from "./keys.ts";

/**
 * What a member who was told "recorded" can count on: `local` the end of the server's process, `fsync` the power of
 * its machine, `replicated` the loss of the machine and a failover; `none` nothing is checked.
 */
export type Durability = "none" | "local" | "fsync" | "replicated";
/** What a write waits for: the script's reply, a replica's acknowledgement, or the disk's. */
export type Level = "reply" | "replicas" | "disk";

/** The layout of the data: a later release may have another, which this one must not touch. */
export const LAYOUT = 1;
const OLDEST = [7, 0] as const;
const WITH_WAITAOF = [7, 2] as const;

/** What one server says of itself; null where it does not tell. */
export interface Facts {
  readonly version: readonly [number, number];
  readonly isMaster: boolean;
  readonly isCluster: boolean;
  readonly replicas: number;
  readonly appendonly: boolean | null;
  readonly appendfsync: string | null;
  readonly evicts: boolean | null;
  readonly minReplicas: number | null;
  readonly keys: number;
}

const isAtLeast = ([major, minor]: Facts["version"], [a, b]: readonly [number, number]): boolean =>
  major > a || (major === a && minor >= b);

/** `CONFIG GET` where it is allowed; {} where not: some hosts forbid it. */
const configOf = async (node: Redis): Promise<Record<string, string>> => {
  try {
    const names = ["appendonly", "appendfsync", "maxmemory-policy", "min-replicas-to-write"];
    const flat = (await node.call("CONFIG", "GET", ...names)) as string[];
    return Object.fromEntries(
      Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]),
    );
  } catch (error) {
    if (error instanceof Error && /NOPERM|unknown command|not allowed|disabled/i.test(error.message))
      return {};
    throw error;
  }
};

const infoOf = async (node: Redis): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await node.info()).split(/\r?\n/).flatMap((line): [string, string][] => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );

export const factsOf = async (node: Redis): Promise<Facts> => {
  const info = await infoOf(node);
  const config = await configOf(node);
  const [major = 0, minor = 0] = (info.get("redis_version") ?? "").split(".").map(Number);
  const policy = config["maxmemory-policy"] ?? info.get("maxmemory_policy");
  const aof = config.appendonly ?? info.get("aof_enabled");
  const minReplicas = config["min-replicas-to-write"];
  return {
    version: [major, minor],
    isMaster: info.get("role") === "master",
    isCluster: info.get("cluster_enabled") === "1",
    replicas: Number(info.get("connected_slaves") ?? 0),
    appendonly: aof === undefined ? null : aof === "yes" || aof === "1",
    appendfsync: config.appendfsync ?? null,
    evicts: policy === undefined ? null : policy !== "noeviction",
    minReplicas: minReplicas === undefined ? null : Number(minReplicas),
    keys: await node.dbsize(),
  };
};

interface Finding {
  readonly sentence: Sentence;
  /** Whether an operator may decide to go on all the same, by `none`. */
  readonly mayGoOn: boolean;
}

const never = (sentence: Sentence): Finding => ({ sentence, mayGoOn: false });
const unlessNone = (sentence: Sentence): Finding => ({ sentence, mayGoOn: true });

/** What keeps a server from being our store at a level, the gravest first. */
export const findingsIn = (facts: Facts, durability: Durability, where: string): readonly Finding[] => {
  const { version, appendonly, appendfsync, evicts, replicas } = facts;
  const found: Finding[] = [];
  if (!isAtLeast(version, OLDEST))
    found.push(never((say) => say.redis.tooOld(where, version.join("."), OLDEST.join("."))));
  if (!facts.isMaster) found.push(never((say) => say.redis.isReplica(where)));
  if (evicts !== false) found.push(unlessNone((say) => say.redis.evicts(where)));
  if (appendonly !== true) found.push(unlessNone((say) => say.redis.noAof(where)));
  else if (appendfsync === "no") found.push(unlessNone((say) => say.redis.noFsync(where)));
  if (durability === "fsync" && appendfsync !== "always" && !isAtLeast(version, WITH_WAITAOF))
    found.push(unlessNone((say) => say.redis.notAlways(where)));
  if (durability === "replicated" && replicas === 0)
    found.push(unlessNone((say) => say.redis.noReplicas(where)));
  return found;
};

/** What a write waits for at a level, on servers like these. */
export const levelOf = (durability: Durability, servers: readonly Facts[]): Level => {
  if (durability === "replicated") return "replicas";
  const isDisk = durability === "fsync" && servers.some(({ appendfsync }) => appendfsync !== "always");
  return isDisk ? "disk" : "reply";
};

export interface Flight {
  readonly where: string;
  readonly durability: Durability;
  readonly log: Log;
  readonly kind: RedisAddress["kind"];
  readonly isMigrating: boolean;
}

/** What the mark names as the source while a backup is brought in: unlike a migration it cannot go on by itself. */
const FROM_BACKUP = /^backup:/;

/** What is half done, by the source in the mark. */
export const unfinishedBy = (source: string): "migrating" | "restoring" =>
  FROM_BACKUP.test(source) ? "restoring" : "migrating";

/** What every key of ours but the mark begins with. */
const OURS = /^\{[tsn]:[^{}]*\}/;

/** Whether no key is of something else, as far as the first thousand of each server show. */
export const isOurs = async (client: Client): Promise<boolean> => {
  for (const node of mastersOf(client)) {
    let cursor = "0";
    let keys: string[] = [];
    do [cursor, keys] = await node.scan(cursor, "COUNT", 1_000);
    while (cursor !== "0" && keys.length === 0);
    if (!keys.every((key) => OURS.test(key))) return false;
  }
  return true;
};

/** @param isNew whether there is nothing yet that an older release may have left out of the boards */
const setMark = (client: Client, isNew: boolean): Promise<number> =>
  client.hset(MARK_KEY, {
    layout: String(LAYOUT),
    shards: String(SHARDS),
    ...(isNew ? { [BOARDS_FIELD]: "1" } : {}),
  });

/** Whether the database is empty or ours, also where the mark went when somebody emptied it; marks it as ours. */
const claim = async (
  client: Client,
  servers: readonly Facts[],
  { where, isMigrating }: Flight,
): Promise<void> => {
  const mark = await client.hgetall(MARK_KEY);
  if (mark.layout === undefined) {
    const keys = servers.reduce((sum, server) => sum + server.keys, 0);
    if (keys > 0 && !(await isOurs(client))) throw new Refusal((say) => say.redis.foreign(where, keys));
    await setMark(client, keys === 0);
    return;
  }
  if (Number(mark.layout) > LAYOUT) throw new Refusal((say) => say.redis.newer(where));
  if (Number(mark.shards) !== SHARDS) throw new Refusal((say) => say.redis.newer(where));
  if (mark.migrating !== undefined && !isMigrating) {
    const unfinished = unfinishedBy(mark.migrating);
    throw new Refusal((say) => say.redis[unfinished](where));
  }
};

/**
 * Looks at every master before anything is written to it: whether it would keep what members are told is recorded.
 *
 * @throws Refusal with what to change, in one sentence
 */
export const preflight = async (client: Client, flight: Flight): Promise<readonly Facts[]> => {
  const { where, durability, log, kind } = flight;
  const servers = await Promise.all(mastersOf(client).map(factsOf));
  if (kind === "single" && servers.some(({ isCluster }) => isCluster))
    throw new Refusal((say) => say.redis.isCluster(where));
  for (const facts of servers) {
    for (const { sentence, mayGoOn } of findingsIn(facts, durability, where)) {
      if (!mayGoOn || durability !== "none") throw new Refusal(sentence);
      log.warn("Redis may lose what is recorded", { where, reason: sentence(messagesFor("en")) });
    }
    if (durability === "replicated" && facts.minReplicas === 0)
      log.warn(
        "Redis takes writes without a replica; set min-replicas-to-write 1 and min-replicas-max-lag 2",
        { where },
      );
  }
  await claim(client, servers, flight);
  return servers;
};

/** Warns of what a server that was not there at the start would lose; a bot that runs is not stopped for it. */
export const recheck = async (client: Client, { where, durability, log }: Flight): Promise<void> => {
  for (const node of mastersOf(client)) {
    const facts = await factsOf(node);
    for (const { sentence } of findingsIn(facts, durability, where))
      log.warn("Redis may lose what is recorded", { where, reason: sentence(messagesFor("en")) });
  }
  if ((await client.hget(MARK_KEY, "layout")) !== null) return;
  log.warn("Redis came back without what was recorded", { where });
  if (await isOurs(client)) await setMark(client, false);
};
