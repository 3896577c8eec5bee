import { Client, GatewayIntentBits, Options, Partials } from "discord.js";
import { sendWhole } from "./whole-uploads.ts";

/** Longer waits for a rate limit are a failure: whoever waits has a deadline, and the clock tries again. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Discord takes 50 requests in one of its own seconds. The library sends what it may at once: the bursts of two of its
 * seconds can fall into one of Discord's.
 */
const REQUESTS_PER_SECOND = 25;

/** How the client is to talk with Discord. */
export interface ClientSettings {
  /** Where the API is, without its version: `https://discord.com/api`. */
  readonly api: string;
  readonly shards: { readonly ids: readonly number[]; readonly count: number } | null;
}

/** What every request has: one retry and a short time, since Discord may have done what it did not answer. */
export const restSettings = ({ api }: ClientSettings) => ({
  api,
  makeRequest: sendWhole,
  retries: 1,
  timeout: 5000,
  globalRequestsPerSecond: REQUESTS_PER_SECOND,
  // From 10,000 refused requests in 10 min on Discord bans the address.
  invalidRequestWarningInterval: 500,
  rejectOnRateLimit: ({ timeToReset }: { timeToReset: number }) => timeToReset > LONGEST_WAIT_MS,
});

/** A discord.js client that asks for nothing privileged, mentions nobody, and keeps little in memory. */
export const createClient = (settings: ClientSettings): Client =>
  new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // Without it messages of a direct channel that is not cached yet would be dropped.
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    enforceNonce: true,
    ...(settings.shards === null
      ? { shards: "auto" as const }
      : { shards: [...settings.shards.ids], shardCount: settings.shards.count }),
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: 500, keepOverLimit: ({ id, client }) => id === client.user.id },
      GuildMemberManager: { maxSize: 200, keepOverLimit: ({ id, client }) => id === client.user.id },
    }),
    rest: restSettings(settings),
  });
