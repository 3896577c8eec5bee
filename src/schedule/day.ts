import type { ChannelId, RoundId, TenantId } from "#core/ids";
import { inTenant } from "#core/pack/library";
import { studyDateAt, type Zone } from "#core/round/calendar";
import { openDailyRound } from "#core/round/daily";
import { changedSchedule } from "#core/schedule/change";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { announcementKeyOf } from "#core/schedule/post-record";
import { defaultSettings, type ScheduleSettings } from "#core/schedule/schedule";
import type { WallTime } from "#core/schedule/wall-time";
import { startClock } from "./clock.ts";
import type { ClockParts } from "./parts.ts";
import { cronTick, type Tick } from "./tick.ts";

/** The channel of one machine, and when it is asked. */
export interface DaySettings {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly zone: Zone;
  /** When the question is posted; null: when the date's first member looks, or as the date begins while they do. */
  readonly time: WallTime | null;
  /** ISO weekdays on which it is asked, where there is a time: 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  /** Whose holidays have no question, where there is a time; null for nobody's. */
  readonly holidays: string | null;
}

export interface Day {
  /** Opens the round that is due, where no clock does; before every request, so that nobody answers yesterday's. */
  openDue(): Promise<void>;
  /** Resolves when nothing is posted any more. */
  stop(): Promise<void>;
}

/** Makes the store's schedule of the channel the one that the settings ask for. */
async function keepSchedule(settings: DaySettings, { store, clock, holidays }: ClockParts): Promise<void> {
  const { tenant, channel, zone, time, weekdays } = settings;
  // Also where no time asks for them: a calendar that nobody knows is for the operator to mend.
  if (settings.holidays !== null) await holidays.calendar(settings.holidays);
  const previous = await store.schedule(tenant, channel);
  // Where the environment names no time, what an admin decided stands.
  if (time === null && previous?.decidedBy === "admin") return;
  const wanted: ScheduleSettings | null =
    time === null
      ? previous
      : {
          ...defaultSettings,
          ...previous,
          zone,
          time,
          weekdays: [...weekdays],
          holidays: settings.holidays,
        };
  if (wanted === null) return;
  const enabled = time !== null;
  const calendarOf = (id: string | null) => (id === null ? noHolidays : holidays.calendar(id));
  const calendar = await calendarOf(wanted.holidays);
  const isKept =
    previous?.enabled === enabled &&
    (!enabled ||
      (previous.decidedBy === "environment" &&
        previous.zone === zone &&
        previous.time === time &&
        previous.weekdays.join() === wanted.weekdays.join() &&
        previous.holidays === wanted.holidays));
  if (isKept) return;
  const now = clock.now();
  const [newest] = await store.postRecords(tenant, channel, 1);
  const changed = changedSchedule({
    tenant,
    channel,
    settings: wanted,
    enabled,
    decidedBy: "environment",
    previous,
    newest: newest?.date ?? null,
    now,
    calendar,
    previousCalendar: await calendarOf(previous?.holidays ?? null),
  });
  // Whoever sets a time sits here and waits for today's question: it comes late, or a row says why it does not.
  const today = studyDateAt(now, wanted.zone);
  const answersForToday = enabled && previous?.enabled !== true && changed.firstDate > today;
  await store.saveSchedule(answersForToday ? { ...changed, firstDate: today } : changed, now);
}

/**
 * Keeps the days of one machine's channel. With a time the clock alone opens rounds, and what it posted stands in the
 * store; without one a round opens when it is looked for, and whoever is there learns of a new date.
 *
 * @throws Refusal where the settings name holidays that nobody knows
 * @throws StoreFailure where the store cannot be read at the start
 */
export async function keepDays(
  settings: DaySettings,
  parts: ClockParts,
  tick: Tick = cronTick,
): Promise<Day> {
  const { store, poster, log } = parts;
  const { tenant, channel } = settings;
  await keepSchedule(settings, parts);
  let known: RoundId | null = null;
  let isFailing = false;

  const openDue = async (): Promise<void> => {
    if (settings.time !== null) return;
    // An admin has set a time: the clock opens rounds then.
    if ((await store.schedule(tenant, channel))?.enabled === true) return;
    const own = await inTenant(tenant, parts);
    const round = await openDailyRound(settings, own);
    const isNews = known !== null && round !== null && round.id !== known;
    known = round?.id ?? known;
    const question = isNews ? own.library.question(round.question) : undefined;
    if (!isNews || question === undefined) return;
    const key = announcementKeyOf("question", channel, round.date);
    await poster.post({ kind: "question", tenant, channel, key, round, question, late: false });
  };
  const openAtTick = async (): Promise<void> => {
    try {
      await openDue();
      isFailing = false;
    } catch (error) {
      // Said when it begins, not at every tick; a request that meets the same trouble is answered with it.
      if (!isFailing) log.error("today's round could not be opened; it is tried again", error);
      isFailing = true;
    }
  };

  await openDue();
  const clock = startClock(parts, (run) =>
    tick(async () => {
      await openAtTick();
      await run();
    }),
  );
  await clock.ready;
  return { openDue, stop: clock.stop };
}
