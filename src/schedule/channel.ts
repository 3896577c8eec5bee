import type { Instant } from "#core/ids";
import { platformOf } from "#core/metrics/meter";
import { inTenant } from "#core/pack/library";
import { isOpen } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { decide, nextDueAfter } from "#core/schedule/decide";
import { type HolidayCalendar, noHolidays } from "#core/schedule/holiday-calendar";
import type { PostRecord } from "#core/schedule/post-record";
import type { Schedule } from "#core/schedule/schedule";
import type { ClockParts } from "./parts.ts";
import { type Posting, postQuestion } from "./post-question.ts";
import { postReveal } from "./post-reveal.ts";

/** However far away the next question is, a channel is looked at once a day. */
const LOOK_AGAIN_MS = 24 * 3_600_000;

/** Enough to find the last post behind the rows of dates that a change of the zone jumped over. */
const RECORDS_READ = 8;

/** What was done in a channel, and when to look at it next. */
export interface ChannelSweep {
  readonly posted: number;
  readonly skipped: number;
  readonly wakeAt: Instant;
}

/** The schedule's holidays. Where they cannot be had the channel is asked on its weekdays all the same. */
const calendarFor = async (schedule: Schedule, { holidays, log }: ClockParts): Promise<HolidayCalendar> => {
  const { tenant, channel, holidays: id } = schedule;
  if (id === null) return noHolidays;
  try {
    return await holidays.calendar(id);
  } catch (error) {
    log.error("the holidays could not be read: every weekday counts", error, { tenant, channel, id });
    return noHolidays;
  }
};

/** When the channel's last question came: by the clock, or before there was a schedule, where its round is open yet. */
const lastPostAt = (
  records: readonly PostRecord[],
  newest: Round | undefined,
  now: Instant,
): Instant | null => {
  const posts = records.flatMap(({ post }) => (post.kind === "sent" ? [post.at] : []));
  if (newest !== undefined && isOpen(newest, now)) posts.push(newest.opensAt);
  return posts.length === 0 ? null : Math.max(...posts);
};

/**
 * Does all that is due in one channel: first what an earlier sweep left unsettled, then rows for the dates that were
 * missed, then today's question. Each step can be repeated, so a crash between any two costs nothing.
 */
export const sweepChannel = async (schedule: Schedule, given: ClockParts): Promise<ChannelSweep> => {
  const { tenant, channel } = schedule;
  const parts = await inTenant(tenant, given);
  const { store, clock, log, meter } = parts;
  const calendar = await calendarFor(schedule, parts);
  const postings: Posting[] = [];
  for (const record of await store.unsettledPosts(tenant, channel)) {
    const { date } = record;
    const due = { date, at: record.dueAt };
    postings.push(
      record.post.kind === "intent"
        ? await postQuestion({ tenant, channel, date }, due, schedule, calendar, parts)
        : await postReveal(record, schedule, parts),
    );
  }

  const records = await store.postRecords(tenant, channel, RECORDS_READ);
  const [newest] = records;
  const now = clock.now();
  const [newestRound] = await store.rounds(tenant, channel, 1);
  const last = lastPostAt(records, newestRound, now);
  const { skip, post } = decide(schedule, newest?.date ?? null, now, calendar, last);
  for (const { date, at, reason } of skip) {
    await store.skipPost({ tenant, channel, date }, at, reason, now);
    meter?.count("roundsSkipped", { platform: platformOf(tenant), reason });
    log.warn("a date has no post", { tenant, channel, date, reason });
  }
  if (post !== null && !calendar.knows(post.date))
    log.warn("the year's holidays are not known: every weekday counts", { tenant, channel, date: post.date });
  if (post !== null)
    postings.push(await postQuestion({ tenant, channel, date: post.date }, post, schedule, calendar, parts));

  const used = post?.date ?? skip.at(-1)?.date ?? newest?.date ?? null;
  const next = nextDueAfter(schedule, used, now, calendar);
  const wakes = postings.flatMap((posting) => ("until" in posting ? [posting.until] : []));
  // What was posted just now is looked at once more, to learn when its round closes.
  if (postings.some(({ outcome }) => outcome === "posted")) wakes.push(now);
  const count = (outcome: Posting["outcome"]): number =>
    postings.filter((posting) => posting.outcome === outcome).length;
  return {
    posted: count("posted"),
    skipped: skip.length + count("skipped"),
    wakeAt: Math.min(now + LOOK_AGAIN_MS, ...(next === null ? [] : [next.at]), ...wakes),
  };
};
