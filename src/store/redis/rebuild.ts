import { type ChannelId, channelIdSchema, roundIdSchema, type TenantId, tenantIdSchema } from "#core/ids";
import { keysOfDossier } from "./dossiers.ts";
import { effectsOn } from "./effects.ts";
import { fromPart, journalOwner, MARK_KEY, shardKeys, tenantKeys } from "./keys.ts";
import { everyKey, type JournalEntry, journalOf, journalOwners } from "./places.ts";
import { packRound, UNPACKED_ROUNDS } from "./rounds.ts";
import { type RedisOptions, type RedisServer, withServer } from "./server.ts";

/** What is no work of the journals: texts behind buttons, which end by themselves, and turns. */
const isKept = (key: string): boolean =>
  key === MARK_KEY ||
  journalOwner(key) !== null ||
  /^\{t:[^{}:]*\}:(?:a:|A$)/.test(key) ||
  key.startsWith("{n:");

const dropDerived = async (server: RedisServer): Promise<void> => {
  for await (const keys of everyKey(server)) {
    const derived = keys.filter((key) => !isKept(key));
    // One key a command: on a cluster they lie in many slots.
    await Promise.all(derived.map((key) => server.client.unlink(key)));
  }
};

/** Packs what had been packed before. */
const packOld = async (
  server: RedisServer,
  tenant: TenantId,
  channels: ReadonlySet<ChannelId>,
): Promise<void> => {
  const keys = tenantKeys(tenant);
  for (const channel of channels) {
    const old = await server.client.zrevrange(keys.roundsByDate(channel), UNPACKED_ROUNDS, -1);
    for (const id of old) await packRound(server, tenant, roundIdSchema.parse(fromPart(id)));
  }
};

const rebuildTenant = async (server: RedisServer, tenant: TenantId): Promise<number> => {
  const { replay } = effectsOn(server);
  const channels = new Set<ChannelId>();
  let count = 0;
  for await (const entries of journalOf(server, tenantKeys(tenant).journal)) {
    // One connection keeps their order.
    await Promise.all(entries.map(({ number, name, args }) => replay(tenant, number, name, args)));
    for (const { name, args } of entries)
      if (name === "open-round") channels.add(channelIdSchema.parse(fromPart(args[0] ?? "")));
    count += entries.length;
  }
  await packOld(server, tenant, channels);
  return count;
};

/** Brings about once more what an entry of a shard's journal says. */
const replayInShard = (server: RedisServer, shard: number, { number, name, args }: JournalEntry) => {
  const again = [String(number), ...args];
  if (name === "dossier") return server.read("dossier", keysOfDossier(shard, args), again);
  const keys = shardKeys(shard);
  const channels = keys.channels(tenantIdSchema.parse(fromPart(args[0] ?? "")));
  return server.read("schedule", [keys.journal, keys.schedules, keys.due, channels], again);
};

const rebuildShard = async (server: RedisServer, shard: number): Promise<number> => {
  let count = 0;
  for await (const entries of journalOf(server, shardKeys(shard).journal)) {
    await Promise.all(entries.map((entry) => replayInShard(server, shard, entry)));
    count += entries.length;
  }
  return count;
};

/**
 * Drops everything that follows from the journals and works it out again: days, answers, rounds, posts, schedules,
 * dossiers. When
 * a channel is due is not in a journal: each is looked at once. Nobody else may write meanwhile.
 */
export const rebuildFromJournal = (options: RedisOptions): Promise<{ readonly entries: number }> =>
  withServer(options, async (server) => {
    const { tenants, shards } = await journalOwners(server);
    await dropDerived(server);
    let entries = 0;
    for (const tenant of tenants) entries += await rebuildTenant(server, tenant);
    for (const shard of shards) entries += await rebuildShard(server, shard);
    return { entries };
  });
