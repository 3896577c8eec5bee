import type { PassingReason } from "#core/round/passing";
import type { DayReason } from "#core/streak/day-reasons";

const why: Readonly<Record<DayReason, string>> = {
  pass: "answered in time: counts",
  upheld: "found good enough on appeal: counts",
  madeup: "missed, then made up by answering the question: counts",
  freeze: "missed, covered by a freeze: does not count, breaks nothing",
  paused: "paused by you: does not count, breaks nothing",
  excused: "excused for everybody by an admin: does not count, breaks nothing",
  pending: "your answer is saved and waits for its grade: the day is safe meanwhile",
  open: "still open: an answer counts until the close",
  closing: "just closed: an answer that was begun in time still counts",
  "no-answer": "the round closed without an answer from you: the streak ended here",
  "not-passed": "you answered, but no answer earned the day before the close: the streak ended here",
  "short-round": "the round was open for less than 8 hours, or closed early: nobody had to answer",
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
  upheld: "answered",
  madeup: "made up",
  freeze: "freeze",
  paused: "paused",
  excused: "excused",
  pending: "waits for its score",
  open: "open",
  closing: "just closed",
  "no-answer": "missed",
  "not-passed": "missed",
  "short-round": "not required",
  "before-start": "not required",
};

const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

export const streak = {
  days,
  current: (count: number): string => `Streak: ${days(count)}`,
  longest: "Longest",
  openUntil: "Today's question is open until",
  /** @param score what an answer must reach in the channel */
  rule: (score: number): string =>
    `A day counts when one answer in your own words (8 words or 15 characters at least) hits a key point and scores ${score} or more. Days without a question never break a streak.`,
  dayIs: (date: string, reason: string): string => `${date}: ${reason}`,
  /** What a calendar's mark stands for. */
  short: (reason: DayReason): string => short[reason],
  /** Why a day stands as it does, after its date. */
  why: (reason: DayReason) => why[reason],
  /** Why an answer does not earn the day; a whole sentence each. */
  notPassing: (reason: PassingReason) => notPassing[reason],

  freezes: "Freezes",
  /** @param toNext days to pass until the next one; null while no more can be held */
  freezesHeld: (held: number, toNext: number | null): string =>
    toNext === null
      ? `${held}, the most you can hold`
      : `${held}; the next one when you have passed ${toNext} more ${toNext === 1 ? "day" : "days"}`,
  freezeRule:
    "A freeze covers a day that you miss. You begin with one and earn one for every seven days that you pass.",

  makeUpButton: "Make a day up",
  makeUpTitle: (date: string): string => `Make up ${date}`,
  makeUpHow:
    "Only you see this, and it scores no points. Answer in your own words, and the day counts again.",
  makeUpUntil: "Can be made up until",
  makeUpLabel: "Your answer to the question you missed",
  makeUpTyped: "Or type: /streak makeup and your answer",
  madeUp: (date: string): string => `${date} is made up.`,
  makeUpWaits: (date: string): string =>
    `That was good enough. ${date} counts as soon as you have passed today's question as well:`,
  makeUpWaitsLonger: (date: string): string =>
    `That was good enough. ${date} counts as soon as you have passed the next question as well.`,
  notMadeUp: (date: string): string => `${date} is not made up yet. You can try again:`,
  makeUpUnscored: "Your answer could not be scored just now. Please send it again in a moment.",
  nothingToMakeUp:
    "There is nothing to make up. A missed day can be made up until the second question after it closes.",
  madeUpLately: (again: string): string =>
    `You can make up one day in 30 days, and you have made one up lately. The next one is possible from ${again} on.`,

  paused: (from: string, to: string, left: number): string =>
    `Paused from ${from} to ${to}. Your streak waits for you. You can still pause ${days(left)} of that quarter.`,
  pauseEnded: "From tomorrow on nothing is paused any more.",
  noPause: "Nothing is paused. For a pause write its first and its last day: /streak pause 12-24..12-31",
  pauses: "Your pauses",
  pauseSpan: (from: string, to: string): string => (from === to ? from : `${from} to ${to}`),
  pauseHow: "To end a pause: /streak pause off",
  badPause: (typed: string): string =>
    `“${typed}” is not a span of days. Write the first and the last one, like 12-24..12-31, or off.`,
  pauseBackwards: (from: string, to: string): string =>
    `A pause cannot end (${to}) before it begins (${from}).`,
  pauseBegun: (today: string): string =>
    `A pause must be set before it begins, so it can begin tomorrow at the earliest; today is ${today}.`,
  pauseFar: "A pause can begin within a year from now.",
  pauseLong: (left: number, most: number): string =>
    `You can pause ${days(most)} in a quarter, and have ${days(left)} left in that one.`,

  homeNow: "Your streak counts the questions of this channel from now on.",
  homeAlready: "Your streak counts the questions of this channel already.",
  homeNone: "No question comes in this channel, so no streak can count here.",
  homeSoon: (again: string): string =>
    `Your streak can move to another channel once in 30 days: again from ${again} on.`,
};
