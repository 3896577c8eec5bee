import { type StudyDate, studyDateSchema } from "#core/ids";
import { daysBetween } from "#core/round/calendar";

/** `2026-12-24`, `2026/12/24`, `2026年12月24日`, or without the year. */
const DATE = /(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?/u.source;
const ONE = new RegExp(`^${DATE}$`, "u");
/** The last date may leave out its month, too: `12-24..31`, `12月24日至31日`. */
const LAST = /(?:(?:(\d{4})[-/.年])?(\d{1,2})[-/.月])?(\d{1,2})日?/u.source;
const SPAN = new RegExp(`^${DATE}(?:(?:\\.{2,3}|~|至|到|–|—|-|to)${LAST})?$`, "u");

const dateOf = (year: number, month: string, day: string): StudyDate | null => {
  const text = `${String(year).padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const parsed = studyDateSchema.safeParse(text);
  return parsed.success ? parsed.data : null;
};

/** The date of a month and a day that is nearest to another: in December `1-3` means the January to come. */
const nearestTo = (near: StudyDate, month: string, day: string): StudyDate | null => {
  const year = Number(near.slice(0, 4));
  const [nearest] = [year - 1, year, year + 1]
    .flatMap((one) => dateOf(one, month, day) ?? [])
    .toSorted((one, other) => Math.abs(daysBetween(near, one)) - Math.abs(daysBetween(near, other)));
  return nearest ?? null;
};

const dateIn = (parts: readonly (string | undefined)[], near: StudyDate): StudyDate | null => {
  const [year, month = "", day = ""] = parts;
  return year === undefined ? nearestTo(near, month, day) : dateOf(Number(year), month, day);
};

const closedUp = (typed: string): string => typed.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");

/** A date as people write it, `12-25` or `2026年12月25日`; null where it is none. */
export const readDate = (typed: string, today: StudyDate): StudyDate | null => {
  const parts = ONE.exec(closedUp(typed));
  return parts === null ? null : dateIn(parts.slice(1, 4), today);
};

/** A first and a last date as people write them, `12-24..12-31`; one alone is both. Null where it is neither. */
export const readSpan = (
  typed: string,
  today: StudyDate,
): { readonly from: StudyDate; readonly to: StudyDate } | null => {
  const parts = SPAN.exec(closedUp(typed));
  const from = parts === null ? null : dateIn(parts.slice(1, 4), today);
  if (parts === null || from === null) return null;
  const [year, month, day] = parts.slice(4, 7);
  const to = day === undefined ? from : dateIn([year, month ?? from.slice(5, 7), day], from);
  return to === null ? null : { from, to };
};
