export const charts = {
  weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  /** Between the items of a list in a sentence. */
  comma: ", ",

  calendarAlt: (current: string, longest: string, from: string, to: string): string =>
    `Streak calendar from ${from} to ${to}. ${current}; longest ${longest}.`,
  calendarEmptyAlt: (current: string, longest: string): string =>
    `Streak calendar without a day so far. ${current}; longest ${longest}.`,
  longest: (days: string): string => `longest ${days}`,
  noDays: "No day yet",
  daysOf: (kind: string, count: number, dates: string): string => ` ${kind} (${count}): ${dates}.`,

  topicsTitle: "Score by topic",
  outOf: "out of 100",
  noTopics: "No answer yet",
  answers: (count: number): string => (count === 1 ? "1 answer" : `${count} answers`),
  topicsAlt: (rows: string): string => `Scores out of 100 by topic. ${rows}.`,
  topicsEmptyAlt: "Scores by topic: no answer yet.",
  topicAlt: (label: string, score: string, answers: string): string => `${label}: ${score} (${answers})`,
  more: (count: number): string => ` ${count} more not shown.`,

  weekTitle: (week: number): string => `Week ${week} together`,
  weekSpan: (from: string, to: string): string => `${from} to ${to}`,
  tookPart: "took part",
  meanScore: "points on average",
  teamStreak: "team streak",
  passedDay: "earned the day",
  answeredOnly: "answered",
  hadIt: "had it",
  hadPart: "in part",
  /** Above a column: for how many of those who answered the day counts. */
  ofAnswered: (passed: number, answered: number): string => `${passed}/${answered}`,
  hadPoint: (had: number, partly: number, of: number): string =>
    `${had} of ${of}${partly === 0 ? "" : `, ${partly} in part`}`,
  sentence: (text: string): string => `${text}.`,
  /** Between two sentences. */
  space: " ",
  listed: (title: string, items: readonly string[]): string => `${title}: ${items.join("; ")}.`,

  memoryTitle: (total: string): string => `${total} GiB per GPU`,
  memoryRun: "this run",
  memoryAlt: (title: string, total: string, parts: string): string =>
    `GPU memory of ${title}: ${total} GiB per GPU, of which ${parts}.`,
  memoryCardsAlt: (cards: string): string => ` Usable on the cards: ${cards}.`,
  partAlt: (label: string, gib: string): string => `${label} ${gib}`,
  cardAlt: (name: string, usable: string, verdict: string): string => `${name} ${usable} (${verdict})`,
};
