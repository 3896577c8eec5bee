import type { ChannelId, Instant, StudyDate } from "#core/ids";
import { nextDay, previousDay, studyDateAt } from "#core/round/calendar";
import { isRequired } from "#core/round/opening";
import type { PostRecord } from "#core/schedule/post-record";
import { expectedInstant } from "#test/core/schedule/slow-calendar";
import { DAY_MS, HOUR_MS, type Period, tenant, type Year } from "./year.ts";

/** What a year in twelve zones came to. */
export interface YearReport {
  readonly due: number;
  readonly posted: number;
  readonly late: number;
  readonly skipped: number;
  readonly kills: number;
  /** Each broken promise, in a sentence. */
  readonly faults: readonly string[];
}

interface DueDate {
  readonly date: StudyDate;
  readonly at: Instant;
}

/** The dates whose due time lay in the time that each of the settings was in force. */
const dueDates = (periods: readonly Period[], until: Instant): readonly DueDate[] =>
  periods.flatMap(({ from, schedule: { zone, time } }, index) => {
    const end = periods[index + 1]?.from ?? until;
    const dates: DueDate[] = [];
    const last = nextDay(studyDateAt(end, zone));
    for (let date = previousDay(studyDateAt(from, zone)); date <= last; date = nextDay(date)) {
      const at = expectedInstant(zone, time, date);
      if (at !== null && at >= from && at < end) dates.push({ date, at });
    }
    return dates;
  });

/** Compares what people saw in a channel with what the records say and with what was due. */
const faultsIn = (
  channel: ChannelId,
  periods: readonly Period[],
  records: readonly PostRecord[],
  { platform, disturbances, until }: Year,
): string[] => {
  const faults: string[] = [];
  const byDate = new Map(records.map((record) => [record.date, record]));
  const shown = platform.of("question").filter(({ announcement }) => announcement.channel === channel);
  const due = dueDates(periods, until);
  const wasDisturbed = (from: Instant, to: Instant): boolean =>
    disturbances.some(([begin, end]) => begin <= to && end >= from);

  for (const { date } of due) {
    const record = byDate.get(date);
    if (record === undefined) faults.push(`${channel} ${date}: neither posted nor skipped`);
    else if (record.post.kind === "intent") faults.push(`${channel} ${date}: left in hand`);
    else if (record.post.kind === "skipped" && record.post.reason !== "changed")
      if (!wasDisturbed(record.dueAt - 3 * HOUR_MS, record.dueAt + 7 * HOUR_MS))
        // With a clock that is 2 h off, the machine lives through the due time 2 h sooner or later.
        faults.push(`${channel} ${date}: skipped (${record.post.reason}) without any fault`);
  }
  for (const record of records) {
    const messages = shown.filter(({ announcement }) => announcement.round.date === record.date);
    const expected = record.post.kind === "sent" ? 1 : 0;
    if (messages.length !== expected)
      faults.push(`${channel} ${record.date}: ${record.post.kind}, but shown ${messages.length} times`);
  }
  if (shown.length !== records.filter(({ post }) => post.kind === "sent").length)
    faults.push(`${channel}: ${shown.length} messages do not match the records`);
  for (const [index, { at, announcement }] of shown.entries()) {
    const before = shown[index - 1];
    if (before !== undefined && at - before.at < 4 * HOUR_MS)
      faults.push(`${channel} ${announcement.round.date}: a burst, ${at - before.at} ms after the last`);
  }
  for (const { at, announcement } of shown) {
    const period = periods.findLast(({ from }) => from <= at + 2 * HOUR_MS) ?? periods[0];
    if (period !== undefined && periods.length === 1) {
      const local = studyDateAt(at, period.schedule.zone);
      if (local !== announcement.round.date)
        faults.push(`${channel} ${announcement.round.date}: shown on ${local}`);
    }
  }
  return faults;
};

/** Whatever was to be revealed was, once, after its round; and no streak hangs on a round that nobody saw. */
const faultsOfRounds = async (
  channel: ChannelId,
  records: readonly PostRecord[],
  year: Year,
): Promise<string[]> => {
  const faults: string[] = [];
  const sent = new Set(records.filter(({ post }) => post.kind === "sent").map(({ date }) => date));
  for (const round of await year.store.rounds(tenant, channel, 1_000))
    if (isRequired(round) && !sent.has(round.date))
      faults.push(`${channel} ${round.date}: required, but never shown`);
  const reveals = year.platform.of("reveal").filter(({ announcement }) => announcement.channel === channel);
  const keys = new Set(reveals.map(({ announcement }) => announcement.key));
  if (keys.size !== reveals.length) faults.push(`${channel}: a reveal was shown twice`);
  for (const { at, announcement } of reveals)
    if (at <= announcement.round.closesAt && announcement.round.closedAt === null)
      faults.push(`${channel} ${announcement.round.date}: revealed while it was open`);
  for (const { date, post, reveal } of records)
    if (
      post.kind === "sent" &&
      post.at < year.until - DAY_MS &&
      (reveal === null || reveal.kind === "intent")
    )
      faults.push(`${channel} ${date}: its reveal was forgotten`);
  return faults;
};

export const reportOn = async (year: Year): Promise<YearReport> => {
  let [due, posted, late, skipped] = [0, 0, 0, 0];
  const faults: string[] = [];
  for (const [channel, periods] of year.channels) {
    const records = await year.store.postRecords(tenant, channel, 1_000);
    due += dueDates(periods, year.until).length;
    posted += records.filter(({ post }) => post.kind === "sent").length;
    skipped += records.filter(({ post }) => post.kind === "skipped").length;
    faults.push(...faultsIn(channel, periods, records, year));
    faults.push(...(await faultsOfRounds(channel, records, year)));
  }
  late += year.platform.of("question").filter(({ announcement }) => announcement.late).length;
  return { due, posted, late, skipped, kills: year.kills, faults };
};
