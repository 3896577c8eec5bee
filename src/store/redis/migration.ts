import { Refusal } from "#core/refusal";
import { mastersOf } from "./client.ts";
import { isForbidden } from "./failure.ts";
import { MARK_KEY } from "./keys.ts";
import { everyKey } from "./places.ts";
import { type RedisOptions, type RedisServer, withServer } from "./server.ts";

const FIELD = "migrating";

const holdsAnything = async (server: RedisServer): Promise<boolean> => {
  for await (const keys of everyKey(server)) if (keys.some((key) => key !== MARK_KEY)) return true;
  return false;
};

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
    if (await holdsAnything(server)) throw new Refusal((say) => say.redis.notEmpty(server.where));
    await server.client.hset(MARK_KEY, FIELD, from);
  });

/** Whether nothing is there but what the same migration brought before it was interrupted. */
export const isEmptyServer = (options: RedisOptions, from: string): Promise<boolean> =>
  withServer({ ...options, isMigrating: true }, async (server) => {
    if ((await server.client.hget(MARK_KEY, FIELD)) === from) return true;
    return !(await holdsAnything(server));
  });

/** Begins a migration whatever was there: nothing of that is left. */
export const wipeForMigration = (options: RedisOptions, from: string): Promise<void> =>
  withServer({ ...options, isMigrating: true }, async (server) => {
    // The mark first: a kill half-way leaves what no bot takes for its data.
    await server.client.hset(MARK_KEY, FIELD, from);
    // One key a command: on a cluster they lie in many slots.
    for await (const keys of everyKey(server))
      await Promise.all(keys.filter((key) => key !== MARK_KEY).map((key) => server.client.unlink(key)));
  });

/** How many connections of other Rehearsals there are; null where the server does not tell. */
export const otherClients = (options: RedisOptions): Promise<number | null> =>
  // At `none` there is one connection of our own.
  withServer({ ...options, durability: "none", isMigrating: true }, async ({ client }) => {
    let others = 0;
    for (const node of mastersOf(client)) {
      try {
        const own = String(await node.client("ID"));
        const lines = String(await node.client("LIST")).split("\n");
        const named = lines.filter((line) => /(?:^| )name=rehearsal(?:-writer)?(?: |$)/.test(line));
        others += named.filter((line) => !line.startsWith(`id=${own} `)).length;
      } catch (error) {
        if (!isForbidden(error)) throw error;
        return null;
      }
    }
    return others;
  });

/** Lets bots in. */
export const endMigration = (options: RedisOptions): Promise<void> =>
  withServer({ ...options, isMigrating: true }, async ({ client }) => {
    await client.hdel(MARK_KEY, FIELD);
  });
