const DAY_MS = 86_400_000;

/** Dates are counted in UTC throughout, so that no zone's clock change can lose or repeat one. */
const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (date: string): number => (((dayNumber(date) + 3) % 7) + 7) % 7;

/**
 * The whole weeks, Monday first, from the first date's to the last one's; of a longer time the last 53.
 *
 * @param dates oldest first, `YYYY-MM-DD`
 */
export function weeksOf(dates: readonly string[]): string[][] {
  const first = dates[0];
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return [];
  const end = dayNumber(last) - weekdayOf(last) + 7;
  const start = Math.max(dayNumber(first) - weekdayOf(first), end - 53 * 7);
  return Array.from({ length: (end - start) / 7 }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => dateOf(start + week * 7 + day)),
  );
}
