import { channelIdSchema } from "#core/ids";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { defaultSettings } from "#core/schedule/schedule";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { startClock } from "#src/schedule/clock";
import { openSqliteStore } from "#src/store/sqlite/store";
import { date, zoneOf } from "#test/core/schedule/samples";
import { recordingLog } from "#test/doubles/services";
import { openPlatform } from "./platform.ts";
import { tenant } from "./year.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const FROM = Date.UTC(2026, 5, 1);
/** How late a question may still be posted. */
const WINDOW_MS = 4 * HOUR_MS;
/** So late that the post says so. */
const LATE_MS = 2 * MINUTE_MS;

export interface DowntimeReport {
  readonly posts: number;
  readonly late: number;
  readonly skipped: number;
  /** Each broken promise, in a sentence. */
  readonly faults: readonly string[];
}

const library = loadLibrary(SHIPPED_CONTENT);
const channels = Array.from({ length: 24 }, (_, hour) => {
  const time = `${String(hour).padStart(2, "0")}:30`;
  return { channel: channelIdSchema.parse(`at-${time}`), time: wallTimeSchema.parse(time), hour };
});

/**
 * Five days of 24 channels, one due every hour, through which no process runs for a while from noon of the second
 * day on. What is expected is worked out here from the rule alone: inside the window once and late, outside a visible
 * reason, on every date one of the two.
 */
export const liveThroughDowntime = async (awayMs: number): Promise<DowntimeReport> => {
  const store = await openSqliteStore({ file: ":memory:" });
  let now = FROM;
  let tokens = 0;
  const platform = openPlatform(() => now);
  const parts = {
    store,
    poster: platform,
    clock: { now: () => now },
    holidays: { calendar: async () => noHolidays },
    library,
    log: recordingLog(),
    newToken: () => {
      tokens += 1;
      return `token-${tokens}`;
    },
    pause: async () => {},
  };
  for (const { channel, time } of channels)
    await store.saveSchedule(
      {
        ...defaultSettings,
        zone: zoneOf("UTC"),
        tenant,
        channel,
        time,
        enabled: true,
        revision: 1,
        changedAt: FROM,
        firstDate: date("2026-06-01"),
        decidedBy: "admin",
      },
      FROM,
    );
  const run = async (until: number): Promise<void> => {
    const clock = startClock(parts, () => async () => {});
    await clock.ready;
    while (now < until) {
      const [waking] = await store.schedulesToWake(Number.MAX_SAFE_INTEGER, 1);
      now = Math.min(until, Math.max(now + 10_000, waking?.wakeAt ?? until));
      await clock.sweepNow();
    }
    await clock.stop();
  };
  const leftAt = FROM + DAY_MS + 12 * HOUR_MS + 29.5 * MINUTE_MS;
  const backAt = leftAt + awayMs;
  await run(leftAt);
  now = backAt;
  await run(FROM + 5 * DAY_MS);

  const faults: string[] = [];
  let [late, skipped] = [0, 0];
  for (const { channel, hour } of channels) {
    const records = new Map(
      (await store.postRecords(tenant, channel, 20)).map((one) => [one.date, one.post]),
    );
    const seen = platform.of("question").filter(({ announcement }) => announcement.channel === channel);
    for (let day = 0; day < 5; day += 1) {
      const dueAt = FROM + day * DAY_MS + hour * HOUR_MS + 30 * MINUTE_MS;
      const on = date(new Date(dueAt).toISOString().slice(0, 10));
      const messages = seen.filter(({ announcement }) => announcement.round.date === on);
      const isMissed = dueAt > leftAt && dueAt < backAt;
      const isOnDate = new Date(backAt).toISOString().slice(0, 10) === on;
      // Less than 8 h before the next question no round is begun late.
      const isTooShort = dueAt + DAY_MS - backAt < 8 * HOUR_MS;
      const wanted = isMissed && (!isOnDate || backAt - dueAt > WINDOW_MS || isTooShort) ? 0 : 1;
      const isLate = isMissed && backAt - dueAt >= LATE_MS;
      const kind = records.get(on)?.kind;
      if (messages.length !== wanted)
        faults.push(`${channel} ${on}: shown ${messages.length} times, not ${wanted}`);
      if (kind !== (wanted === 1 ? "sent" : "skipped")) faults.push(`${channel} ${on}: recorded as ${kind}`);
      if (wanted === 1 && messages[0]?.announcement.late !== isLate)
        faults.push(`${channel} ${on}: called late wrongly`);
      if (wanted === 1 && isLate) late += 1;
      if (wanted === 0) skipped += 1;
    }
    for (const [place, { at }] of seen.entries())
      if (at - (seen[place - 1]?.at ?? 0) < 8 * HOUR_MS) faults.push(`${channel}: two questions in a row`);
  }
  await store.close();
  return { posts: platform.of("question").length, late, skipped, faults };
};
