import { setTimeout as sleep } from "node:timers/promises";
import { channelIdSchema, type Instant, studyDateSchema, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { nextDay, previousDay, studyDateAt, zoneSchema } from "#core/round/calendar";
import { announcementKeyOf } from "#core/schedule/post-record";
import { defaultSettings, type Schedule } from "#core/schedule/schedule";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { expectedInstant } from "#test/core/schedule/slow-calendar";
import type { PlatformFaults, Wanted } from "#test/doubles/platform/rules";
import { randomNumbers } from "#test/schedule/hazards";
import { twelveZones } from "#test/schedule/year";
import { type Fleet, type Replica, startFleet } from "./fleet.ts";

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A spring week: Europe's clocks go forward in it. */
const FROM = Date.UTC(2026, 2, 26, 10);
const TIMES = ["00:00", "02:30", "09:00", "18:00"];
const CHANNELS_OF_A_TENANT = 50;
/** Every so many a channel has its answers revealed, too. */
const REVEALING = 10;

export interface WeekPlan {
  readonly url: string;
  readonly channels: number;
  readonly days: number;
  readonly replicas: number;
  readonly kills: number;
  readonly pauses: number;
  /** How often a replica's clock is set wrong by two hours, or right again. */
  readonly clockSteps: number;
  /** How often one is asked to end as an operator does. */
  readonly endings?: number;
  readonly nonceMs: number;
  readonly faults: PlatformFaults;
  readonly seed: number;
  /** Called at every step, for what else goes wrong meanwhile. */
  readonly meanwhile?: (step: number) => Promise<void>;
}

export interface WeekReport {
  readonly due: number;
  readonly messages: number;
  readonly never: readonly string[];
  readonly twice: readonly string[];
  readonly early: readonly string[];
  readonly skipped: number;
  readonly latestMs: number;
  readonly lookBacks: number;
  readonly platformFaults: number;
  readonly killsAtWork: number;
  readonly pausesAtWork: number;
  readonly endingsAtWork: number;
  /** The longest that one took to end when it was asked to. */
  readonly longestEndingMs: number;
  readonly steps: number;
}

const scheduleAt = (at: number): Schedule => {
  const tenantNumber = Math.floor(at / CHANNELS_OF_A_TENANT);
  const [zone] = twelveZones[at % twelveZones.length] ?? ["UTC"];
  const time = TIMES[Math.floor(at / twelveZones.length) % TIMES.length] ?? "09:00";
  return {
    ...defaultSettings,
    tenant: tenantIdSchema.parse(
      tenantNumber % 2 === 0 ? `discord:${tenantNumber}` : `slack:T${tenantNumber}`,
    ),
    channel: channelIdSchema.parse(`C${at}`),
    zone: zoneSchema.parse(zone),
    time: wallTimeSchema.parse(time),
    reveal: at % REVEALING === 0,
    enabled: true,
    revision: 1,
    changedAt: FROM,
    firstDate: studyDateSchema.parse(studyDateAt(FROM, zoneSchema.parse(zone))),
    decidedBy: "admin",
  };
};

/** All due instants of a zone and time, worked out by the slow calendar of the tests. */
const dueInstants = ({ zone, time }: Schedule, until: Instant) => {
  const due: { readonly date: string; readonly at: Instant }[] = [];
  const last = nextDay(studyDateAt(until, zone));
  for (let date = previousDay(studyDateAt(FROM, zone)); date <= last; date = nextDay(date)) {
    const at = expectedInstant(zone, time, date);
    if (at !== null && at >= FROM && at < until) due.push({ date, at });
  }
  return due;
};

const saveSchedules = async (store: Store, channels: number): Promise<void> => {
  for (let at = 0; at < channels; at += 500) {
    const group = Array.from({ length: Math.min(500, channels - at) }, (_, next) => scheduleAt(at + next));
    await Promise.all(group.map((schedule) => store.saveSchedule(schedule, FROM)));
  }
};

/** Instants of the week at which something goes wrong, the first first. */
const moments = (count: number, random: () => number, days: number): Instant[] =>
  Array.from({ length: count }, () => FROM + random() * days * DAY_MS).sort((one, other) => one - other);

/** Lets the processes live through the week, with everything that is planned to go wrong. */
const liveThrough = async (plan: WeekPlan, fleet: Fleet, store: Store) => {
  const { time, replicas } = fleet;
  const random = randomNumbers(plan.seed);
  const pick = (): Replica | undefined => replicas[Math.floor(random() * replicas.length)];
  const until = FROM + plan.days * DAY_MS;
  const pending = {
    kill: moments(plan.kills, random, plan.days),
    pause: moments(plan.pauses, random, plan.days),
    step: moments(plan.clockSteps, random, plan.days),
    ending: moments(plan.endings ?? 0, random, plan.days),
  };
  const takeDue = (of: keyof typeof pending): boolean => {
    const [first] = pending[of];
    if (first === undefined || first > time.now()) return false;
    pending[of].shift();
    return true;
  };
  let [killsAtWork, pausesAtWork, endingsAtWork, longestEndingMs, steps, meanWorkMs] = [0, 0, 0, 0, 0, 20];

  while (time.now() < until + HOUR_MS) {
    steps += 1;
    await plan.meanwhile?.(steps);
    const isOver = time.now() >= until;
    if (isOver || takeDue("step"))
      for (const [at] of replicas.entries())
        if (isOver || random() < 0.5)
          time.setSkew(at, isOver ? 0 : ([-2, 0, 2][Math.floor(random() * 3)] ?? 0) * HOUR_MS);

    // What is to go wrong waits for a step in which there is work.
    const [first] = await store.schedulesToWake(time.now(), 1);
    const trouble =
      first === undefined ? undefined : (["pause", "kill", "ending"] as const).find((kind) => takeDue(kind));
    const startedAt = performance.now();
    const sweeps = replicas.map((replica) => replica.sweep());
    if (trouble === "pause") {
      const paused = pick();
      await sleep(random() * meanWorkMs);
      if (paused?.isSweeping()) pausesAtWork += 1;
      paused?.pause();
      await Promise.all(sweeps.filter((_, at) => replicas[at] !== paused));
      // Longer than a lease, so that the others take over what it holds.
      time.set(time.now() + (61 + random() * 100) * SECOND_MS);
      await Promise.all(replicas.filter((one) => one !== paused).map((one) => one.sweep()));
      paused?.goOn();
    } else if (trouble === "kill") {
      const killed = pick();
      await sleep(random() * meanWorkMs);
      if (killed?.isSweeping()) killsAtWork += 1;
      await killed?.killAndRestart();
    } else if (trouble === "ending") {
      const ended = pick();
      await sleep(random() * meanWorkMs);
      if (ended?.isSweeping()) endingsAtWork += 1;
      longestEndingMs = Math.max(longestEndingMs, (await ended?.endAndRestart()) ?? 0);
    }
    await Promise.all(sweeps);
    if (first !== undefined) meanWorkMs = 0.9 * meanWorkMs + 0.1 * (performance.now() - startedAt);

    const [waking] = await store.schedulesToWake(Number.MAX_SAFE_INTEGER, 1);
    const wakeAt = Math.min(waking?.wakeAt ?? Number.POSITIVE_INFINITY, time.now() + 6 * HOUR_MS);
    time.set(Math.floor(Math.max(time.now() + 10 * SECOND_MS, wakeAt) + random() * 12 * SECOND_MS));
  }
  return { killsAtWork, pausesAtWork, endingsAtWork, longestEndingMs, steps, until };
};

/**
 * A week of daily questions in many channels with several processes on one Redis: processes are killed and stopped at
 * work, their clocks set wrong, and the platform loses answers and fails. Every question that was due is looked up on
 * the platform, of which the processes' records know nothing.
 */
export const liveThroughWeek = async (plan: WeekPlan, store: Store): Promise<WeekReport> => {
  await saveSchedules(store, plan.channels);
  const fleet = await startFleet({ ...plan, startsAt: FROM });
  try {
    const { until, ...counts } = await liveThrough(plan, fleet, store);
    const instants = new Map<string, ReturnType<typeof dueInstants>>();
    const [never, early]: [string[], string[]] = [[], []];
    let [due, skipped, latestMs] = [0, 0, 0];
    let wanted: Wanted[] = [];
    const compare = async (): Promise<void> => {
      const check = await fleet.check(wanted);
      early.push(...check.early);
      never.push(...check.absent);
      latestMs = Math.max(latestMs, check.latestMs);
      wanted = [];
    };
    for (let at = 0; at < plan.channels; at += 1) {
      const schedule = scheduleAt(at);
      const { tenant, channel, zone, time } = schedule;
      const combination = `${zone} ${time}`;
      const dates = instants.get(combination) ?? dueInstants(schedule, until);
      instants.set(combination, dates);
      due += dates.length;
      for (const { date, at: dueAt } of dates)
        wanted.push([
          `${tenant}/${channel}`,
          announcementKeyOf("question", channel, studyDateSchema.parse(date)),
          dueAt,
        ]);
      if (wanted.length > 20_000 || at === plan.channels - 1) await compare();
    }
    // A date that was skipped visibly is none that was forgotten; but in this week nothing lasts so long.
    skipped = never.length === 0 ? 0 : await countSkipped(store, plan.channels);
    const { messages, doubled, lookBacks, faults } = await fleet.report();
    return {
      due,
      messages,
      never,
      twice: doubled,
      early,
      skipped,
      latestMs,
      lookBacks,
      platformFaults: faults,
      ...counts,
    };
  } finally {
    await fleet.stop();
  }
};

const countSkipped = async (store: Store, channels: number): Promise<number> => {
  let count = 0;
  for (let at = 0; at < channels; at += 1) {
    const { tenant, channel } = scheduleAt(at);
    const records = await store.postRecords(tenant, channel, 20);
    count += records.filter(({ post }) => post.kind === "skipped").length;
  }
  return count;
};
