import { type ChannelId, channelIdSchema, type Instant, tenantIdSchema } from "#core/ids";
import type { Holidays, Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import { changedSchedule } from "#core/schedule/change";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { defaultSettings, type Schedule, type ScheduleSettings } from "#core/schedule/schedule";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { startClock } from "#src/schedule/clock";
import type { ClockParts } from "#src/schedule/parts";
import { openSqliteStore } from "#src/store/sqlite/store";
import { recordingLog } from "#test/doubles/services";
import { type Edge, Killed, randomNumbers, withHazards } from "./hazards.ts";
import { openPlatform, type Platform } from "./platform.ts";

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const tenant = tenantIdSchema.parse("team");

/** Twelve channels at the times that their zones make hardest, and in working hours. */
export const twelveZones: readonly (readonly [zone: string, time: string])[] = [
  ["Australia/Lord_Howe", "02:15"],
  ["Pacific/Apia", "00:00"],
  ["Africa/Casablanca", "02:30"],
  ["America/Nuuk", "23:30"],
  ["Asia/Kathmandu", "09:00"],
  ["Asia/Shanghai", "09:00"],
  ["America/New_York", "02:30"],
  ["Europe/London", "01:30"],
  ["America/Sao_Paulo", "00:00"],
  ["Pacific/Auckland", "02:30"],
  ["Asia/Kolkata", "23:59"],
  ["Europe/Berlin", "02:00"],
];

/** How likely each fault is: at the edge of a call, or (`step`, `rest`) each time the clock waits. */
export interface Hazards {
  readonly kill: number;
  readonly sleep: number;
  readonly step: number;
  readonly rest: number;
}
export const calm: Hazards = { kill: 0, sleep: 0, step: 0, rest: 0 };
export const stormy: Hazards = { kill: 0.002, sleep: 0.0001, step: 0.002, rest: 0.001 };

/** The settings of one channel from an instant on. */
export interface Period {
  readonly from: Instant;
  readonly schedule: Schedule;
}

export interface Year {
  readonly store: Store;
  readonly platform: Platform;
  readonly channels: ReadonlyMap<ChannelId, readonly Period[]>;
  /** Whenever the process was away, asleep, or had a wrong clock: true time, with the time it took to recover. */
  readonly disturbances: readonly (readonly [from: Instant, to: Instant])[];
  readonly kills: number;
  readonly until: Instant;
}

export interface YearPlan {
  readonly seed: number;
  readonly hazards: Hazards;
  readonly from: Instant;
  readonly days: number;
  /** Changes of zone or time by an admin: at a share of the year (0 to 1), in a channel, to new settings. */
  readonly changes?: readonly {
    readonly at: number;
    readonly channel: number;
    readonly zone: string;
    readonly time: string;
  }[];
}

const settingsOf = (zone: string, time: string): ScheduleSettings => ({
  ...defaultSettings,
  zone: zoneSchema.parse(zone),
  time: wallTimeSchema.parse(time),
});

const noCalendars: Holidays = { calendar: async () => noHolidays };
const library = loadLibrary(SHIPPED_CONTENT);

/** Lives through a year of daily questions in twelve zones with the real store, sweep and clock. */
export const liveThrough = async ({ seed, hazards, from, days, changes = [] }: YearPlan): Promise<Year> => {
  const random = randomNumbers(seed);
  const chance = (probability: number): boolean => random() < probability;
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const until = from + days * DAY_MS;
  const disturbances: [Instant, Instant][] = [];
  let [now, skew, kills, tokens, isStormy] = [from, 0, 0, 0, true];
  // The work goes on as soon as the lease of a minute is over.
  const disturbed = (since: Instant): void => void disturbances.push([since, now + 5 * MINUTE_MS]);
  const pass = (ms: number): void => {
    const since = now;
    now += ms;
    disturbed(since);
  };
  const away = (): number => pick([MINUTE_MS, MINUTE_MS, MINUTE_MS, 3 * HOUR_MS, 3 * HOUR_MS, 3 * DAY_MS]);

  const store = await openSqliteStore({ file: ":memory:" });
  const machineNow = (): Instant => now + skew;
  const platform = openPlatform(machineNow);

  /** A process that a kill ends for good. */
  const newProcess = (): { readonly parts: ClockParts; readonly isDead: () => boolean } => {
    let isDead = false;
    const edge: Edge = (call, side) => {
      if (isDead) throw new Killed();
      if (!isStormy) return;
      if (chance(hazards.kill)) {
        isDead = true;
        kills += 1;
        disturbed(now);
        throw new Killed();
      }
      // Between its last look at the clock and the post a process cannot protect itself from a long sleep.
      const isUnguarded = call === "post" && side === "before";
      if (!isUnguarded && chance(hazards.sleep)) pass(away());
    };
    const parts: ClockParts = {
      store: withHazards(store, edge),
      poster: withHazards(platform, edge),
      clock: { now: machineNow },
      holidays: noCalendars,
      library,
      log: recordingLog(),
      newToken: () => {
        tokens += 1;
        return `token-${tokens}`;
      },
      pause: async () => {},
    };
    return { parts, isDead: () => isDead };
  };

  const channels = new Map<ChannelId, Period[]>();
  const change = async (channel: ChannelId, zone: string, time: string): Promise<void> => {
    const previous = await store.schedule(tenant, channel);
    const [newest] = await store.postRecords(tenant, channel, 1);
    const schedule = changedSchedule({
      tenant,
      channel,
      settings: settingsOf(zone, time),
      enabled: true,
      decidedBy: "admin",
      previous,
      newest: newest?.date ?? null,
      now: machineNow(),
      calendar: noHolidays,
      previousCalendar: noHolidays,
    });
    await store.saveSchedule(schedule, machineNow());
    channels.set(channel, [...(channels.get(channel) ?? []), { from: now, schedule }]);
  };
  for (const [zone, time] of twelveZones) await change(channelIdSchema.parse(zone), zone, time);
  const pending = changes
    .map((one) => ({ ...one, at: from + one.at * days * DAY_MS }))
    .sort((one, other) => one.at - other.at);

  const nextWake = async (): Promise<Instant> => {
    const [first] = await store.schedulesToWake(Number.MAX_SAFE_INTEGER, 1);
    return (first?.wakeAt ?? machineNow()) - skew;
  };

  /** Sets the clock wrong, or right again. */
  const stepClock = (): void => {
    const since = now;
    skew = skew === 0 ? pick([-2 * HOUR_MS, 2 * HOUR_MS]) : 0;
    disturbances.push([since - 3 * HOUR_MS, now + DAY_MS]);
  };

  while (now < until + 3 * DAY_MS) {
    const { parts, isDead } = newProcess();
    const clock = startClock(parts, () => async () => {});
    await clock.ready;
    while (!isDead() && now < until + 3 * DAY_MS) {
      if (now >= until) [isStormy, skew] = [false, 0];
      const [due] = pending;
      if (due !== undefined && now >= due.at && skew === 0) {
        pending.shift();
        const target = [...channels.keys()][due.channel];
        if (target !== undefined) await change(target, due.zone, due.time);
      }
      if (isStormy && chance(hazards.step)) stepClock();
      if (isStormy && chance(hazards.rest)) pass(away());
      // No tick in between would find anything to do; this one comes up to 12 s late.
      const wake = Math.min(await nextWake(), now + 6 * HOUR_MS);
      now = Math.max(now + 10_000, wake) + Math.floor(random() * 12_000);
      await clock.sweepNow();
    }
    await clock.stop();
    if (isDead()) pass(chance(0.97) ? 5_000 : away());
  }
  return { store, platform, channels, disturbances, kills, until };
};
