import type { StudyDate } from "#core/ids";

/**
 * What a date is by law: `off` a public holiday; `make-up` a weekend day that is worked in exchange for one (China's
 * 调休); `ordinary` neither, so that its weekday decides.
 */
export type DayKind = "off" | "make-up" | "ordinary";

/** The public holidays of one country or region. */
export interface HolidayCalendar {
  kindOf(date: StudyDate): DayKind;
  /** Whether the holidays of the date's year are known; if not, every one of its days is `ordinary`. */
  knows(date: StudyDate): boolean;
}

/** For a channel that keeps no holidays. */
export const noHolidays: HolidayCalendar = { kindOf: () => "ordinary", knows: () => true };
