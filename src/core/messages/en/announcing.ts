const members = (count: number): string => (count === 1 ? "1 member" : `${count} members`);

export const announcing = {
  late: "A little late today: the deadline below is the one that counts.",
  answered: (count: number): string =>
    count === 0
      ? "No answers yet."
      : `${count === 1 ? "1 member has" : `${count} members have`} answered; what they wrote stays private.`,
  closedTitle: (date: string): string => `The question of ${date} is closed`,
  answeredInAll: (count: number): string =>
    count === 0 ? "Nobody answered this time." : `${members(count)} answered.`,
  resultButton: "My result",
  practiseButton: "Practise",

  bestAnswers: "Answers that their authors offered",
  bestAnswersNote: "Shown because the authors said so; /history shows yours and takes it back.",
  offeredScore: (score: number): string => `${score} of 100`,

  teamTitle: "The team",
  teamStreak: (rounds: number): string =>
    rounds === 0
      ? "The team streak starts anew with the next round: it grows when at least two members, and half of those active, earn the day."
      : `Team streak: ${rounds === 1 ? "1 round" : `${rounds} rounds in a row`}.`,
  moreNeeded: (count: number): string => `${count} more needed today.`,
  kept: (count: number): string => `${members(count)} earned the day and kept their streak.`,
  keptNames: "Among them",
  namedNote: "/streak share puts your name here on the days you earn; /streak share=no takes it off.",
  namedNow: "On days you earn, your name now stands among those who kept their streak.",
  unnamedNow: "Your name stands nowhere any more; your days count as before.",

  offerNamed: "Show this answer, with my name",
  offerNameless: "Show it without my name",
  withdrawButton: "Don't show it",
  offered: (named: boolean): string =>
    `When the round is revealed, this answer may be shown to the channel ${named ? "with" : "without"} your name, if it is one of the best. You can take that back at any time.`,
  withdrawn: "Taken back: this answer will not be shown. Where it was shown already, it goes.",
  nothingToOffer: "There is no answer of yours to show here.",
  tooLowToOffer: (least: number): string =>
    `Only answers that score ${least} or more are shown at the reveal. Send a better one first.`,
  offerTooLate: "This round has been revealed already; answers can be offered only while it is open.",
};
