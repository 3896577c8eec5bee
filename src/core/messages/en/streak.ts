import type { PassingReason } from "#core/round/passing";
import type { DayReason } from "#core/streak/streak";

const why: Readonly<Record<DayReason, string>> = {
  pass: "answered in time: counts",
  madeup: "missed, then made up by answering the question: counts",
  freeze: "missed, covered by a freeze: does not count, breaks nothing",
  excused: "excused: does not count, breaks nothing",
  pending: "your answer is saved and waits for its grade: the day is safe meanwhile",
  open: "still open: an answer counts until the close",
  closing: "just closed: an answer that was begun in time still counts",
  "no-answer": "the round closed without an answer from you: the streak ended here",
  "not-passed": "you answered, but no answer earned the day before the close: the streak ended here",
  "short-round": "the round was open for less than 8 hours: nobody had to answer",
  "before-start": "before your first answer: not required",
};

const notPassing: Readonly<Record<PassingReason, string>> = {
  "no-point-hit": "No key point is fully covered yet.",
  "low-score": "The score is below what earns the day.",
  "too-little": "There is too little beyond the question's own words.",
  "like-source":
    "Most of the wording is also in the reference material. Say it in your own words to earn the day.",
  "like-member":
    "Most of the wording is also in another answer to this round. Say it in your own words to earn the day.",
};

const short: Readonly<Record<DayReason, string>> = {
  pass: "answered",
  madeup: "made up",
  freeze: "freeze",
  excused: "excused",
  pending: "waits for its score",
  open: "open",
  closing: "just closed",
  "no-answer": "missed",
  "not-passed": "missed",
  "short-round": "not required",
  "before-start": "not required",
};

export const streak = {
  days: (count: number): string => (count === 1 ? "1 day" : `${count} days`),
  current: (count: number): string => `Streak: ${count === 1 ? "1 day" : `${count} days`}`,
  longest: "Longest",
  openUntil: "Today's question is open until",
  rule: "A day counts when one answer in your own words (8 words or 15 characters at least) hits a key point and scores 30 or more. Days without a question never break a streak.",
  dayIs: (date: string, reason: string): string => `${date}: ${reason}`,
  /** What a calendar's mark stands for. */
  short: (reason: DayReason): string => short[reason],
  /** Why a day stands as it does, after its date. */
  why: (reason: DayReason) => why[reason],
  /** Why an answer does not earn the day; a whole sentence each. */
  notPassing: (reason: PassingReason) => notPassing[reason],
};
