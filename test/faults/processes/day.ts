import type { Instant } from "#core/ids";
import { announcementKeyOf, isLate } from "#core/schedule/post-record";
import { openRedisStore } from "#src/store/redis/store";
import { createPlatform, noFaults } from "#test/doubles/platform/rules";
import { servePlatform } from "#test/doubles/platform/wire";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { weighRedis, workOfRedis } from "#test/doubles/redis/work";
import { recordingLog } from "#test/doubles/services";
import { randomNumbers } from "#test/schedule/hazards";
import type { BotReport, BotSettings, FromBot, ToBot } from "./bot.ts";
import { startChild } from "./child.ts";
import { channelAt, DAYS_FROM, type DayPlan, duesAt, scheduleOf, tenantAt, ticksOf } from "./day-plan.ts";

export interface DayReport {
  readonly tenants: number;
  /** Questions that were due. */
  readonly due: number;
  /** Of them never posted, later than the product calls late, and posted more than once. */
  readonly absent: number;
  readonly late: number;
  readonly doubled: number;
  readonly latestMs: number;
  readonly bots: readonly BotReport[];
  readonly redisCpuMs: number;
  /** What the tenants weigh in Redis: without its clients, its scripts, and what is counted for a minute. */
  readonly redisBytes: number;
  /** All that Redis did, also inside of scripts. */
  readonly redisCommands: number;
  /** What one tick in which nothing is due costs all bots together. */
  readonly idleTick: { readonly commands: number; readonly redisCpuMs: number };
  readonly seconds: number;
}

/** More would only wait: Redis is asked by every tick of every process, whatever is due. */
const IDLE_TICKS = 20;

const startBot = async (settings: BotSettings) => {
  const child = startChild<ToBot, FromBot>("./bot.ts", settings, null, process.execArgv);
  let [answer, fail]: [(message: FromBot) => void, (error: Error) => void] = [() => {}, () => {}];
  child.listen((message) => answer(message));
  void child.gone.then(() => fail(new Error("a bot ended before the day did")));
  const next = () =>
    new Promise<FromBot>((resolve, reject) => {
      [answer, fail] = [resolve, reject];
    });
  await next().catch(async (error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    tick: (now: Instant) => {
      child.tell({ kind: "tick", now });
      return next();
    },
    report: async (): Promise<BotReport> => {
      child.tell({ kind: "report" });
      const message = await next();
      if (message.kind !== "report") throw new Error("a bot answered something else");
      return message.report;
    },
    end: async () => {
      child.kill("SIGKILL");
      await child.gone;
    },
  };
};

type RunningBot = Awaited<ReturnType<typeof startBot>>;

const save = async (url: string, { tenants, days }: DayPlan): Promise<void> => {
  const store = await openRedisStore({ url, durability: "none", log: recordingLog() });
  for (let from = 0; from < tenants; from += 500)
    await Promise.all(
      Array.from({ length: Math.min(500, tenants - from) }, (_, next) =>
        store.saveSchedule(scheduleOf(from + next, days), DAYS_FROM),
      ),
    );
  await store.close();
};

/** When each message came, and what a second of it with the same key was. */
const listeningPlatform = (now: () => Instant) => {
  const arrived = new Map<string, Instant>();
  const platform = createPlatform({ nonceMs: 180_000, faults: noFaults, now, random: randomNumbers(1) });
  return {
    arrived,
    platform: {
      ...platform,
      post: (post: Parameters<typeof platform.post>[0]) => {
        const outcome = platform.post(post);
        const name = `${post.channel} ${post.key}`;
        if (!arrived.has(name)) arrived.set(name, now());
        return outcome;
      },
    },
  };
};

/** What the days came to on Redis and at the bots. */
const lived = async (plan: DayPlan, redis: RunningRedis, bots: readonly RunningBot[], time: RunningTime) => {
  const before = await workOfRedis(redis);
  const beganAt = performance.now();
  const go = async (at: Instant): Promise<void> => {
    const now = time.jump(at);
    await Promise.all(bots.map((bot) => bot.tick(now)));
  };
  for (const at of ticksOf(plan)) await go(at);
  const seconds = (performance.now() - beganAt) / 1_000;
  const after = await workOfRedis(redis);
  const reports = await Promise.all(bots.map((bot) => bot.report()));
  for (let idle = 0; idle < IDLE_TICKS; idle += 1) await go(time.now() + 1_000);
  const idle = await workOfRedis(redis);
  return {
    seconds,
    bots: reports,
    redisCpuMs: after.cpuMs - before.cpuMs,
    redisCommands: after.commands - before.commands,
    idleTick: {
      commands: (idle.commands - after.commands) / IDLE_TICKS,
      redisCpuMs: (idle.cpuMs - after.cpuMs) / IDLE_TICKS,
    },
  };
};

/** Time that passes as it does, from where it was set to; it is never set back. */
const startTime = (from: Instant) => {
  let tick = { now: from, since: performance.now() };
  const now = (): Instant => Math.floor(tick.now + performance.now() - tick.since);
  return {
    now,
    jump: (at: Instant): Instant => {
      tick = { now: Math.max(at, now()), since: performance.now() };
      return tick.now;
    },
  };
};
type RunningTime = ReturnType<typeof startTime>;

/** How long after it was due each question came; null where it never did. */
const waitsOf = ({ tenants, days }: DayPlan, arrived: ReadonlyMap<string, Instant>): (number | null)[] =>
  Array.from({ length: tenants }, (_, at) =>
    duesAt(at, days).map(({ date, at: dueAt }) => {
      const key = announcementKeyOf("question", channelAt(at), date);
      const came = arrived.get(`${tenantAt(at)}/${channelAt(at)} ${key}`);
      return came === undefined ? null : came - dueAt;
    }),
  ).flat();

/**
 * Lives through days of many tenants with several bots on one Redis. Requests enter at the guarded dispatch and each
 * reply is drawn for its platform; posts go to the fake platform over a socket. There is no gateway: a double of one
 * would cost more than what is measured, and what the adapters add to an interaction is the same for each, however many
 * tenants there are. Time passes as it does while there is work, and jumps where there is none: what takes the bots too
 * long comes late.
 */
export const liveThroughDays = async (
  plan: DayPlan,
  processes: number,
  lanes: number,
): Promise<DayReport> => {
  const redis = await startRedis();
  const { url } = redis;
  const empty = await weighRedis(redis);
  await save(url, plan);
  const time = startTime(DAYS_FROM);
  const { arrived, platform } = listeningPlatform(time.now);
  const platformPort = await servePlatform(platform);
  const bots: RunningBot[] = [];
  try {
    for (let process = 0; process < processes; process += 1)
      bots.push(
        await startBot({ ...plan, url, platformPort, startsAt: DAYS_FROM, process, processes, lanes }),
      );
    const course = await lived(plan, redis, bots, time);
    const waits = waitsOf(plan, arrived);
    const posted = waits.filter((wait) => wait !== null);
    return {
      ...course,
      tenants: plan.tenants,
      due: waits.length,
      absent: waits.length - posted.length,
      late: posted.filter((wait) => isLate(0, wait)).length,
      doubled: platform.report().doubled.length,
      latestMs: posted.reduce((latest, wait) => Math.max(latest, wait), 0),
      redisBytes: (await weighRedis(redis)) - empty,
    };
  } finally {
    await Promise.all(bots.map((bot) => bot.end()));
    await redis.stop();
  }
};
