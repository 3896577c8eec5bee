import type { SkipReason } from "#core/schedule/post-record";

const reasons: Readonly<Record<SkipReason, string>> = {
  "date-passed": "the bot was not running until the day was over",
  "window-passed": "the bot came back too late in the day",
  "too-short": "less than 8 hours were left before the next question",
  changed: "by the changed schedule it was overdue, or too soon after the last one",
  "no-question": "there was no question to ask",
  failed: "the platform did not take the post",
  refused:
    "the bot could not post in the channel, and has stopped asking there until /settings switches it on again",
};

export const schedule = {
  noSuchHolidays: (typed: string): string =>
    `There is no holiday calendar “${typed}”. Take a country code such as CN, DE or US, or a part of a country such as DE-BY; without one, no holidays are kept.`,
  skipped: (date: string, reason: SkipReason): string => `No question on ${date}: ${reasons[reason]}.`,
};
