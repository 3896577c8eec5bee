import { z } from "zod";
import type { ChannelId, Instant, TenantId } from "#core/ids";
import type { WakingSchedule } from "#core/schedule/schedule";
import { type Schedule, scheduleSchema } from "#core/schedule/schedule";
import { SHARDS, shardKeys, shardOf, toPart, turnKey } from "./keys.ts";
import { instantTextSchema, jsonSchema, rowsOf, textsSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";
import { shardsUpTo, sharesOf } from "./shares.ts";

const scheduleTextSchema = jsonSchema.pipe(scheduleSchema);
const keptSchema = z
  .string()
  .transform((kept) => kept.slice(kept.indexOf(" ") + 1))
  .pipe(scheduleTextSchema);

const nameOf = (tenant: TenantId, channel: ChannelId): string => `${toPart(tenant)}|${toPart(channel)}`;
const everyShard = shardsUpTo(SHARDS);

/** So many of every shard, for a look that takes nothing: the longest overdue of all are among them. */
const wholesOf = (counts: readonly number[], limit: number): Map<number, number> =>
  new Map(counts.flatMap((count, shard) => (count === 0 ? [] : [[shard, Math.min(count, limit)] as const])));

/** The schedules and when they are due, over all tenants. */
export const schedulesIn = (server: RedisServer) => {
  const due = async (now: Instant, limit: number, until: Instant | null): Promise<WakingSchedule[]> => {
    const counts = await server.ask((client) =>
      Promise.all(everyShard.map((shard) => client.zcount(shardKeys(shard).due, "-inf", now))),
    );
    const shares = until === null ? wholesOf(counts, limit) : sharesOf(counts, limit);
    const replies = await Promise.all(
      [...shares].map(([shard, share]) => {
        const keys = shardKeys(shard);
        const args = [String(now), until === null ? "" : String(until), String(share)];
        return server.read("due", [keys.due, keys.schedules], args);
      }),
    );
    return replies
      .flatMap((reply) => rowsOf(textsSchema.parse(reply), 2))
      .map(([wakeAt, text]) => ({
        schedule: scheduleTextSchema.parse(text),
        wakeAt: instantTextSchema.parse(wakeAt),
      }))
      .toSorted((one, other) => one.wakeAt - other.wakeAt)
      .slice(0, limit);
  };

  return {
    save: async (schedule: Schedule, wakeAt: Instant): Promise<Schedule> => {
      const { tenant, channel, revision } = schedule;
      const keys = shardKeys(shardOf(tenant));
      const other = z
        .string()
        .parse(
          await server.write(
            "schedule",
            [keys.journal, keys.schedules, keys.due, keys.channels(tenant)],
            ["", toPart(tenant), toPart(channel), String(revision), String(wakeAt), JSON.stringify(schedule)],
          ),
        );
      return other === "" ? schedule : scheduleTextSchema.parse(other);
    },

    find: async (tenant: TenantId, channel: ChannelId): Promise<Schedule | null> => {
      const keys = shardKeys(shardOf(tenant));
      const kept = await server.ask((client) => client.hget(keys.schedules, nameOf(tenant, channel)));
      return kept === null ? null : keptSchema.parse(kept);
    },

    ofTenant: async (tenant: TenantId): Promise<Schedule[]> => {
      const keys = shardKeys(shardOf(tenant));
      const kept = await server.ask(async (client) => {
        const channels = await client.smembers(keys.channels(tenant));
        const names = channels.map((channel) => `${toPart(tenant)}|${channel}`);
        return names.length === 0 ? [] : client.hmget(keys.schedules, ...names);
      });
      return kept.flatMap((one) => (one === null ? [] : [keptSchema.parse(one)]));
    },

    toWake: (now: Instant, limit: number): Promise<WakingSchedule[]> => due(now, limit, null),
    take: (now: Instant, leaseMs: number, limit: number): Promise<WakingSchedule[]> =>
      due(now, limit, now + leaseMs),

    wake: async (
      { tenant, channel, revision }: Pick<Schedule, "tenant" | "channel" | "revision">,
      at: Instant,
    ): Promise<void> => {
      const keys = shardKeys(shardOf(tenant));
      const args = [toPart(tenant), toPart(channel), String(revision), String(at)];
      await server.read("wake", [keys.due, keys.schedules], args);
    },

    wakeAll: async (at: Instant): Promise<void> => {
      await Promise.all(
        everyShard.map((shard) => {
          const keys = shardKeys(shard);
          return server.read("wake-all", [keys.due, keys.schedules], [String(at)]);
        }),
      );
    },

    takeTurn: async (name: string, perSecond: number, patienceMs: number): Promise<number | null> => {
      const args = [String(Math.round(1_000_000 / perSecond)), String(Math.round(patienceMs * 1_000))];
      const micros = z.int().parse(await server.read("turn", [turnKey(name)], args));
      return micros < 0 ? null : micros / 1_000;
    },

    now: async (): Promise<Instant> => {
      const [seconds, micros] = await server.ask((client) => client.time());
      return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
    },
  };
};
