import { Refusal } from "#core/refusal";
import { MARK_KEY } from "./keys.ts";
import { everyKey } from "./places.ts";
import { type RedisOptions, withServer } from "./server.ts";

const FIELD = "migrating";

/**
 * Marks a Redis as the target of a migration, which keeps every bot away from it until the end.
 *
 * @param from names the source: the same may go on where it stopped
 * @throws Refusal where it holds anything already, or another migration was begun
 */
export const beginMigration = (options: RedisOptions, from: string): Promise<void> =>
  withServer({ ...options, isMigrating: true }, async (server) => {
    const begun = await server.client.hget(MARK_KEY, FIELD);
    if (begun === from) return;
    if (begun !== null) throw new Refusal((say) => say.redis.otherMigration(server.where, begun));
    for await (const keys of everyKey(server))
      if (keys.some((key) => key !== MARK_KEY)) throw new Refusal((say) => say.redis.notEmpty(server.where));
    await server.client.hset(MARK_KEY, FIELD, from);
  });

/** Lets bots in. */
export const endMigration = (options: RedisOptions): Promise<void> =>
  withServer({ ...options, isMigrating: true }, async ({ client }) => {
    await client.hdel(MARK_KEY, FIELD);
  });
