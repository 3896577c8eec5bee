import { afterEach } from "vitest";
import { channelIdSchema, type Instant, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { noHolidays } from "#core/schedule/holiday-calendar";
import type { PostRecord } from "#core/schedule/post-record";
import { defaultSettings, type Schedule } from "#core/schedule/schedule";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import type { ClockParts } from "#src/schedule/parts";
import { sweep } from "#src/schedule/sweep";
import { openSqliteStore } from "#src/store/sqlite/store";
import { date, instant, zoneOf } from "#test/core/schedule/samples";
import { recordingLog } from "#test/doubles/services";
import { openPlatform, type Platform } from "./platform.ts";

export const tenant = tenantIdSchema.parse("team");
export const channel = channelIdSchema.parse("study");

/** One channel that is asked every day at 09:00 UTC from 1 June 2026 on, with a clock of the test's. */
export interface Channel {
  readonly store: Store;
  readonly platform: Platform;
  readonly parts: ClockParts;
  readonly log: ReturnType<typeof recordingLog>;
  setTime(utc: string): void;
  now(): Instant;
  /** Sweeps at a time, as a process with these parts; by default one that nothing is wrong with. */
  sweepAt(utc: string, changes?: Partial<ClockParts>): Promise<void>;
  records(): Promise<readonly PostRecord[]>;
  /** Every date's state: `sent`, or why it was skipped. */
  states(): Promise<readonly string[]>;
}

const opened: Store[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

const library = loadLibrary(SHIPPED_CONTENT);

export const openChannel = async (changes: Partial<Schedule> = {}): Promise<Channel> => {
  const store = await openSqliteStore({ file: ":memory:" });
  opened.push(store);
  let now = instant("2026-06-01T00:00:00Z");
  let tokens = 0;
  const platform = openPlatform(() => now);
  const log = recordingLog();
  const parts: ClockParts = {
    store,
    poster: platform,
    clock: { now: () => now },
    holidays: { calendar: async () => noHolidays },
    library,
    log,
    newToken: () => {
      tokens += 1;
      return `token-${tokens}`;
    },
    pause: async () => {},
  };
  await store.saveSchedule(
    {
      ...defaultSettings,
      zone: zoneOf("UTC"),
      tenant,
      channel,
      enabled: true,
      revision: 1,
      changedAt: now,
      firstDate: date("2026-06-01"),
      decidedBy: "admin",
      ...changes,
    },
    now,
  );
  const records = () => store.postRecords(tenant, channel, 50);
  return {
    store,
    platform,
    parts,
    log,
    setTime: (utc) => {
      now = instant(`${utc}Z`);
    },
    now: () => now,
    sweepAt: async (utc, broken = {}) => {
      now = instant(`${utc}Z`);
      await sweep({ ...parts, ...broken });
    },
    records,
    states: async () =>
      (await records())
        .toReversed()
        .map(({ date: day, post }) => `${day} ${post.kind === "skipped" ? post.reason : post.kind}`),
  };
};
