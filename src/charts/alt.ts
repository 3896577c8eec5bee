import type { CalendarPicture, MemoryPicture, ReportPicture, TopicsPicture } from "#core/charts";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Drawn } from "./limits.ts";
import { reasonsInOrder } from "./marks.ts";
import { weekdayOf } from "./weeks.ts";

/** `11/4` as both languages read it beside a weekday; the year stands with the first and the last date. */
export const shortDate = (date: string): string => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`;

export function calendarAlt({ current, longest, days }: Drawn<CalendarPicture>, locale: Locale): string {
  const { charts: say, streak } = messagesFor(locale);
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined)
    return say.calendarEmptyAlt(streak.current(current), streak.days(longest));
  const byKind = Map.groupBy(days, ({ reason }) => streak.short(reason));
  const kinds = [...new Set(reasonsInOrder.map((reason) => streak.short(reason)))].map((kind) => {
    const ofKind = byKind.get(kind) ?? [];
    const dates = ofKind.map(({ date }) => shortDate(date)).join(say.comma);
    return ofKind.length === 0 ? "" : say.daysOf(kind, ofKind.length, dates);
  });
  const head = say.calendarAlt(streak.current(current), streak.days(longest), first.date, last.date);
  return head + kinds.join("");
}

export function topicsAlt({ topics, more }: Drawn<TopicsPicture>, locale: Locale): string {
  const say = messagesFor(locale).charts;
  if (topics.length === 0) return say.topicsEmptyAlt;
  const rows = topics.map(({ label, score, answers }) =>
    say.topicAlt(label, String(score), say.answers(answers)),
  );
  return say.topicsAlt(rows.join(say.comma)) + (more > 0 ? say.more(more) : "");
}

export function memoryAlt(
  { title, parts, total, decimals, cards, more }: Drawn<MemoryPicture>,
  locale: Locale,
): string {
  const { charts: say, vram } = messagesFor(locale);
  const named = parts.map(({ name, gib }) => say.partAlt(vram.component[name], gib.toFixed(decimals)));
  const beside = cards.map(({ name, usable, verdict }) =>
    say.cardAlt(name, usable.toFixed(1), vram.verdict[verdict]),
  );
  return [
    say.memoryAlt(title, total.toFixed(decimals), named.join(say.comma)),
    ...(beside.length === 0 ? [] : [say.memoryCardsAlt(beside.join(say.comma))]),
    ...(more > 0 ? [say.more(more)] : []),
  ].join("");
}

/** The same sentences that stand in the message. */
export function reportAlt(of: Drawn<ReportPicture>, locale: Locale): string {
  const { charts, report: say } = messagesFor(locale);
  const days = of.days.map(({ date, answered, passed }) =>
    say.dayIs(say.day(weekdayOf(date), date), answered, passed),
  );
  const points = of.weakest.map(({ label, had, partly, of: all }) => say.pointIs(label, had, partly, all));
  return [
    charts.sentence(say.title(Number(of.week.slice(-2)), of.from, of.to)),
    say.took(of.members, of.days.length, of.mean),
    say.teamStreak(of.teamStreak),
    ...days,
    ...(points.length === 0 ? [] : [charts.listed(say.weakest, points)]),
  ].join(charts.space);
}
