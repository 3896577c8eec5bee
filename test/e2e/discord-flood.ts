import { REST } from "discord.js";
import { publicReply } from "#core/reply";
import { Calls } from "#src/adapters/discord/calls";
import { restSettings } from "#src/adapters/discord/client";
import { renderReply } from "#src/adapters/discord/render";
import type { RateLimits } from "#test/doubles/discord/buckets";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { Captured } from "#test/doubles/discord/handles";

/** Requests that were under way when the refusal came are nobody's fault. */
const UNDER_WAY_MS = 100;
const TEN_MINUTES_MS = 600_000;

export interface FloodReport {
  readonly posts: number;
  readonly seen: number;
  readonly failed: number;
  /** 429s. */
  readonly refused: number;
  /** Requests that were sent into a bucket that had been refused and was not open again. */
  readonly whileExhausted: number;
  /** Most 401, 403 and 429 in ten minutes. */
  readonly invalidInTenMinutes: number;
  /** How long a channel took for its posts, on average over all but the slow one. */
  readonly meanMs: number;
}

const isInvalid = ({ status }: Captured): boolean => status === 401 || status === 403 || status === 429;

/** Requests that were sent although the last answer for the same place said to wait. */
export function whileExhausted(requests: readonly Captured[], limits: RateLimits): number {
  const lastRefusal = new Map<string, number>();
  let count = 0;
  for (const { path, at, status } of requests) {
    if (status !== 429) continue;
    const refusedAt = lastRefusal.get(path);
    const since = refusedAt === undefined ? Number.POSITIVE_INFINITY : at - refusedAt;
    if (since > UNDER_WAY_MS && since < Math.min(limits.post.windowMs, limits.global.windowMs) - UNDER_WAY_MS)
      count += 1;
    if (since > UNDER_WAY_MS) lastRefusal.set(path, at);
  }
  return count;
}

function mostInTenMinutes(requests: readonly Captured[]): number {
  const times = requests.filter(isInvalid).map(({ at }) => at);
  return Math.max(
    0,
    ...times.map(
      (from, index) => times.filter((at, later) => later >= index && at < from + TEN_MINUTES_MS).length,
    ),
  );
}

/**
 * As many posts as a team of channels can take at once, each channel one after another, with the adapter's own client
 * while Discord counts.
 *
 * @param slowMs where given, the answers of the first channel take this long
 */
export async function flood({
  posts,
  channels,
  limits,
  slowMs,
}: {
  readonly posts: number;
  readonly channels: number;
  readonly limits: RateLimits;
  readonly slowMs?: number;
}): Promise<FloodReport> {
  const names = Array.from({ length: channels }, (_, at) => `channel-${at}`);
  const discord = await startDiscordDouble({
    rateLimits: limits,
    keepsInTwin: false,
    guilds: [{ name: "team", channels: names, members: [{ name: "ann" }] }],
  });
  const calls = new Calls(new REST(restSettings({ api: discord.api, shards: null })).setToken(discord.token));
  const places = names.map((name) => discord.channel(name));
  if (slowMs !== undefined) {
    const fits = new RegExp(`^POST /channels/${places[0]?.id}/`);
    discord.faults.next(fits, { kind: "slow", ms: slowMs }, posts);
  }
  let failed = 0;
  try {
    const took = await Promise.all(
      places.map(async ({ id, name }, index) => {
        const begin = performance.now();
        const own = Math.floor(posts / channels) + (index < posts % channels ? 1 : 0);
        for (let count = 0; count < own; count += 1) {
          const reply = publicReply({ kind: "text", text: `${name}, post ${count}` });
          for (const message of renderReply(reply, { locale: "en" }))
            await calls.post(id, message, { nonce: `${name}-${count}` }).catch(() => {
              failed += 1;
            });
        }
        return performance.now() - begin;
      }),
    );
    const others = took.slice(1);
    return {
      posts,
      seen: places.reduce((sum, place) => sum + discord.member("ann").sees(place).length, 0),
      failed,
      refused: discord.captured.filter(({ status }) => status === 429).length,
      whileExhausted: whileExhausted(discord.captured, limits),
      invalidInTenMinutes: mostInTenMinutes(discord.captured),
      meanMs: others.reduce((sum, ms) => sum + ms, 0) / others.length,
    };
  } finally {
    await discord.stop();
  }
}
