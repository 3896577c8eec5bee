import type { GatewayFaults } from "#test/doubles/discord/faults";
import { randomNumbers } from "#test/schedule/hazards";
import { type DiscordServer, openDiscordServer } from "./discord-server.ts";

const DAY_MS = 86_400_000;
const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** Every way in which the gateway lets go of a client; the last two end the session, and discord.js waits 5 s for a new one. */
export const disconnects = {
  "op 7": (gateway) => gateway.reconnect(),
  "op 9 true": (gateway) => gateway.invalidate(true),
  "socket reset (1006)": (gateway) => gateway.kill(),
  silence: (gateway) => gateway.silence(),
  "op 9 false": (gateway) => gateway.invalidate(false),
  "session timed out (4009)": (gateway) => gateway.close(4009),
} satisfies Readonly<Record<string, (gateway: GatewayFaults) => void>>;

export type Disconnect = keyof typeof disconnects;

export interface StormReport {
  readonly days: number;
  /** Dates without a daily post, and with more than one. */
  readonly missing: number;
  readonly doubled: number;
  /** Members' commands after a disconnect that were not answered. */
  readonly unanswered: number;
  readonly identifies: number;
  readonly resumes: number;
  /** The longest from a disconnect until the bot was there again, by kind. */
  readonly longestMs: ReadonlyMap<Disconnect, number>;
  readonly errors: readonly unknown[];
}

const dateOf = (id: string): string =>
  new Date(Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS).toISOString().slice(0, 10);

async function isAnswered(server: DiscordServer): Promise<boolean> {
  const daily = server.discord.channel("daily");
  const asked = await server.discord.member("bo").slash(daily, "streak", {});
  return asked.reply().then(
    () => true,
    () => false,
  );
}

/** Whether the bot hears Discord again, and how long that took. */
async function recovery(
  { discord }: DiscordServer,
  resumesBefore: number,
  identifiesBefore: number,
): Promise<number> {
  const { gateway } = discord;
  const begin = performance.now();
  await discord.until(
    "the bot is back",
    () => gateway.resumes + gateway.identifies > resumesBefore + identifiesBefore && gateway.connected > 0,
  );
  return performance.now() - begin;
}

/**
 * A day for each disconnect: the line goes, the daily question falls due while it is away, and once the bot is back a
 * member asks for something.
 *
 * @param kinds the disconnects, in turn by a seeded choice
 */
export async function liveThroughStorm({
  days,
  seed,
  kinds,
  heartbeatMs,
  patienceMs,
}: {
  readonly days: number;
  readonly seed: number;
  readonly kinds: readonly Disconnect[];
  readonly heartbeatMs: number;
  readonly patienceMs: number;
}): Promise<StormReport> {
  const server = await openDiscordServer({
    startsAt: Date.UTC(2026, 0, 1, 0, 30),
    double: { heartbeatMs, patienceMs },
  });
  const { discord } = server;
  const { gateway } = discord;
  const random = randomNumbers(seed);
  const longestMs = new Map<Disconnect, number>();
  let unanswered = 0;
  try {
    const [ann, daily] = [discord.member("ann"), discord.channel("daily")];
    await (await ann.slash(daily, "settings", { time: "09:00", zone: "Asia/Shanghai", on: true })).reply();
    for (let day = 0; day < days; day += 1) {
      const kind = kinds[Math.floor(random() * kinds.length)] ?? "op 7";
      const [resumes, identifies] = [gateway.resumes, gateway.identifies];
      disconnects[kind](gateway);
      const back = recovery(server, resumes, identifies);
      await server.passTime(day === 0 ? 3_600_000 : DAY_MS);
      const ms = await back;
      longestMs.set(kind, Math.max(ms, longestMs.get(kind) ?? 0));
      if (!(await isAnswered(server))) unanswered += 1;
    }
    const posts = ann.sees(daily).filter(({ author, ephemeral }) => author === "bot" && !ephemeral);
    const byDate = Map.groupBy(posts, ({ id }) => dateOf(id));
    const first = Date.UTC(2026, 0, 1);
    const dates = Array.from({ length: days }, (_, day) =>
      new Date(first + day * DAY_MS).toISOString().slice(0, 10),
    );
    return {
      days,
      missing: dates.filter((date) => !byDate.has(date)).length,
      doubled: [...byDate.values()].filter((of) => of.length > 1).length,
      unanswered,
      identifies: gateway.identifies,
      resumes: gateway.resumes,
      longestMs,
      errors: server.log.errors,
    };
  } finally {
    await server.stop();
  }
}
