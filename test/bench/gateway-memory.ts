import { once } from "node:events";
import { Events } from "discord.js";
import { createClient } from "#src/adapters/discord/client";
import { collector } from "./collector.ts";
import { startLoad, TOKEN } from "./discord.ts";

/** Like those of a guild of some age. */
const CHANNELS = 30;

/** What the bot's Discord client keeps of each guild, in bytes of its heap: channels and a role, and no member. */
export async function guildBytes(guilds: number): Promise<number> {
  const collect = collector();
  const load = await startLoad(guilds, CHANNELS);
  const client = createClient({ api: load.api, shards: null });
  collect();
  const before = process.memoryUsage().heapUsed;
  const ready = once(client, Events.ClientReady);
  await client.login(TOKEN);
  await ready;
  collect();
  const bytes = (process.memoryUsage().heapUsed - before) / client.guilds.cache.size;
  await client.destroy();
  await load.stop();
  return bytes;
}
