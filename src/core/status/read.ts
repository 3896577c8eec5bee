import type { ChannelId, Instant, StudyDate, TenantId } from "#core/ids";
import type { Sentence } from "#core/refusal";
import { daysBetween, studyDateAt } from "#core/round/calendar";
import { nextDueAfter } from "#core/schedule/decide";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { isLate, type PostRecord, type SkipReason } from "#core/schedule/post-record";
import type { Schedule } from "#core/schedule/schedule";
import type { Services } from "#core/services";

/** How far back `/status` looks. */
const DAYS_SHOWN = 14;
/** A date is in the records once; a channel whose zone was moved may have one more. */
const RECORDS_READ = DAYS_SHOWN + 2;
/** More channels than that no reply can hold. */
const MOST_CHANNELS = 20;

/** A date whose question came late, or not at all. */
export interface Lapse {
  readonly date: StudyDate;
  /** Why there is none; null where it only came late. */
  readonly reason: SkipReason | null;
  /** How late it came; 0 where it never did. */
  readonly lateMs: number;
}

/** What became of one channel's questions in the last days. */
export interface ChannelStatus {
  readonly channel: ChannelId;
  readonly name: string;
  readonly posted: number;
  readonly late: number;
  readonly skipped: number;
  /** Newest first. */
  readonly lapses: readonly Lapse[];
  /** When the next question is due; null where none ever is. */
  readonly nextAt: Instant | null;
  readonly isOn: boolean;
  /** What keeps the bot from posting there, as far as is known. */
  readonly obstacle: Sentence | null;
}

/** The channels of a tenant; `left` of them are not shown. */
export interface TenantStatus {
  readonly channels: readonly ChannelStatus[];
  readonly left: number;
}

function lapseOf({ date, dueAt, post }: PostRecord): Lapse | null {
  if (post.kind === "skipped") return { date, reason: post.reason, lateMs: 0 };
  if (post.kind !== "sent" || !isLate(dueAt, post.at)) return null;
  return { date, reason: null, lateMs: post.at - dueAt };
}

async function channelStatus(schedule: Schedule, services: Services): Promise<ChannelStatus> {
  const { store, clock, holidays, channels } = services;
  const { tenant, channel, zone } = schedule;
  const now = clock.now();
  const today = studyDateAt(now, zone);
  const all = await store.postRecords(tenant, channel, RECORDS_READ);
  const records = all.filter(({ date }) => daysBetween(date, today) < DAYS_SHOWN);
  const lapses = records.map(lapseOf).filter((lapse) => lapse !== null);
  const sent = records.filter(({ post }) => post.kind === "sent").length;
  const skipped = lapses.filter(({ reason }) => reason !== null).length;
  const calendar = schedule.holidays === null ? noHolidays : await holidays.calendar(schedule.holidays);
  return {
    channel,
    name: (await channels?.nameOf?.(tenant, channel)) ?? channel,
    posted: sent,
    late: lapses.length - skipped,
    skipped,
    lapses,
    nextAt: nextDueAfter(schedule, all[0]?.date ?? null, now - 1, calendar)?.at ?? null,
    isOn: schedule.enabled,
    obstacle: channels?.obstacle(tenant, channel) ?? null,
  };
}

/** What became of the tenant's daily questions: channels that are asked first, then those that were until lately. */
export async function readStatus(tenant: TenantId, services: Services): Promise<TenantStatus> {
  const schedules = [...(await services.store.schedules(tenant))].sort(
    (one, other) => Number(other.enabled) - Number(one.enabled) || (one.channel < other.channel ? -1 : 1),
  );
  const shown = schedules.slice(0, MOST_CHANNELS);
  const channels = await Promise.all(shown.map((schedule) => channelStatus(schedule, services)));
  return {
    channels: channels.filter(({ isOn, posted, lapses }) => isOn || posted + lapses.length > 0),
    left: schedules.length - shown.length,
  };
}
