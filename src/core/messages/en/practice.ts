const points = (count: number): string => (count === 1 ? "1 point" : `${count} points`);

export const practice = {
  title: "For practice",
  because: (weak: number): string =>
    weak === 0
      ? "Something new for you."
      : `Chosen because ${points(weak)} of it ${weak === 1 ? "is" : "are"} due.`,
  cramming: (weak: number, date: string): string =>
    `For your interview on ${date}: ${points(weak)} of this question would be shaky by then.`,
  left: (due: number): string => (due === 0 ? "Nothing else is due." : `Due in all: ${points(due)}.`),
  nextDue: "The next point is due",
  useButton: "Answer by the button: /answer goes to the question that is open here.",
  interviewSet: (date: string): string =>
    `Noted: practice works towards ${date}. End it with /practice until off.`,
  interviewOff: "Noted: practice is spread out again, without a date.",
  noDate: (typed: string): string => `“${typed}” is no date. Write it like 2026-12-24 or 12-24, or “off”.`,
  datePassed: (date: string): string => `${date} has passed. Give a date that is still to come.`,
  dateTooFar: "That is more than a year ahead. Give a date within a year.",

  explainWhich: "Explain a key point",
  lastTime: "In your last answer",
  sourceTitle: "Source",
  sourceHeading: "Section",
  sourceUrl: "Read it at",
  sourceRead: "As of",
  sourceNote: "About it",
  recall: (percent: number): string => `You would recall it today with about ${percent} %.`,
  pointDue: "It comes back",
  again: "Practise this question",
  noSuchPoint: "There is no such key point any more.",
  askedNow: "That question is being asked now; its points are explained once the round has closed.",
  answerFirst: "Points are explained once you have answered their question.",
};
