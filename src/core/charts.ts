import type { IsoWeek } from "./board/period.ts";
import type { StudyDate } from "./ids.ts";
import type { Locale } from "./language.ts";
import type { DayReason } from "./streak/day-reasons.ts";
import type { ComponentName } from "./vram/components.ts";
import type { Verdict } from "./vram/gpus.ts";

export type Theme = "light" | "dark";

/** For whom a picture is drawn. */
export interface Look {
  readonly locale: Locale;
  readonly theme: Theme;
}

/** The weeks that end with the last day; earlier days than `CALENDAR_WEEKS` are left out. */
export interface CalendarPicture {
  /** Study days in the run that is alive. */
  readonly current: number;
  /** Study days in the longest run. */
  readonly longest: number;
  /** Oldest first; dates between them without a round are drawn as plain dates. */
  readonly days: readonly { readonly date: StudyDate; readonly reason: DayReason }[];
}

export interface TopicsPicture {
  /** In the order in which they are drawn. */
  readonly topics: readonly {
    readonly label: string;
    /** 0 to 100. */
    readonly score: number;
    /** How many answers the score is made of. */
    readonly answers: number;
  }[];
}

export interface MemoryPicture {
  /** What runs: model and method. */
  readonly title: string;
  /** GiB by what they are for, rounded so that they add up to `total`; those of 0 are not drawn. */
  readonly parts: readonly { readonly name: ComponentName; readonly gib: number }[];
  readonly total: number;
  /** Places after the point of every part and of the total. */
  readonly decimals: number;
  readonly cards: readonly {
    readonly name: string;
    /** GiB. */
    readonly usable: number;
    readonly verdict: Verdict;
  }[];
}

/** A channel's week: in numbers, so that nobody is in it by name. */
export interface ReportPicture {
  readonly week: IsoWeek;
  readonly from: StudyDate;
  readonly to: StudyDate;
  /** Oldest first: how many members answered the day's question, and for how many the day counts. */
  readonly days: readonly { readonly date: StudyDate; readonly answered: number; readonly passed: number }[];
  /** How many members answered at all. */
  readonly members: number;
  /** The mean of their best scores, 0 to 100; null where it is not told. */
  readonly mean: number | null;
  /** Rounds in a row. */
  readonly teamStreak: number;
  /** Key points, the weakest first; `had` and `partly` of `of` members. */
  readonly weakest: readonly {
    readonly label: string;
    readonly had: number;
    readonly partly: number;
    readonly of: number;
  }[];
}

/** How many weeks a calendar shows at most. */
export const CALENDAR_WEEKS = 8;
/** How many topics or cards a picture shows at most; its alt text says how many more there are. */
export const PICTURE_ROWS = 12;
/** UTF-16 code units of an alt text at most: a description on Discord takes 1024. */
export const ALT_LENGTH = 1000;

/** A PNG of twice its nominal size, and the same in words: whoever cannot see it learns every figure of it. */
export interface Picture {
  readonly png: Uint8Array;
  readonly alt: string;
}

/** Draws what people would rather look at. The same input gives the same bytes; labels are only ever text. */
export interface Charts {
  /** Gets ready while whoever wants a picture next still reads what is to be drawn. */
  prepare?(): void;
  calendar(of: CalendarPicture, look: Look): Promise<Picture>;
  topics(of: TopicsPicture, look: Look): Promise<Picture>;
  memory(of: MemoryPicture, look: Look): Promise<Picture>;
  report(of: ReportPicture, look: Look): Promise<Picture>;
}
