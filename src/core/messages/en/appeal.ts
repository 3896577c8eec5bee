import type { Ruling } from "#core/appeal/appeal";

const filedBefore: Readonly<Record<Ruling | "waiting", string>> = {
  waiting: "You have appealed this point of this answer already; it waits for an editor.",
  hit: "You have appealed this point of this answer already, and the appeal was upheld.",
  partial: "You have appealed this point of this answer already: it counts as half said now.",
  declined: "You have appealed this point of this answer already; it was declined, and that stands.",
};

const decided: Readonly<Record<Ruling, string>> = {
  hit: "Upheld: hit.",
  partial: "Upheld: half said.",
  declined: "Declined.",
};

const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

export const appeal = {
  title: "Appeal a key point",
  ofAnswer: (question: string, score: number): string => `Your answer to “${question}”: ${score} / 100.`,
  howTo:
    "If your answer says a key point that was not counted, an editor reads it again. One appeal for each point of an answer.",
  whichPoint: "Which key point?",
  /** @param title null while it would give the point away */
  pointChoice: (number: number, title: string | null, verdict: string): string =>
    title === null ? `Key point ${number}: ${verdict}` : `${number} · ${title}: ${verdict}`,
  nothingToAppeal: "Every key point of this answer was given in full, so there is nothing to appeal.",
  typedHow: "Or type the number and your reason: /appeal 3 I said it in the second sentence",
  button: "Appeal a point",
  yours: "Your appeals of this answer",
  stands: (number: number, ruling: Ruling | null): string =>
    `Key point ${number}: ${ruling === null ? "waits for an editor" : decided[ruling]}`,

  formTitle: (number: number): string => `Appeal of key point ${number}`,
  formWords: "Your words that say it (copied)",
  formWordsHint: "Copy the words of your answer that say the point. You may leave it empty.",
  formReason: "Why it should count",
  formReasonHint: "A sentence or two for the editor. You may leave it empty.",
  formSubmit: "Send the appeal",
  filed: (number: number): string =>
    `Your appeal of key point ${number} is with the editors. They see your answer, not your name, and you hear what they decide.`,

  noAnswer: "There is no answer of yours to a round here to appeal. /history shows what you have answered.",
  notScoredYet: "That answer has no score yet; appeal once it has one.",
  withdrawn: "The question of that answer was withdrawn, so nothing of it can be appealed.",
  noSuchPoint: (typed: string, total: number): string =>
    `There is no key point “${typed}”; this question has ${total}. For example: /appeal 1.`,
  hitAlready: (number: number): string => `Key point ${number} was given in full already.`,
  wordsTooLong: (most: number): string => `Copy at most ${most} characters of your answer. Nothing was sent.`,
  wordsNotThere: "Those words do not stand in your answer. Copy them exactly, or leave the field empty.",
  reasonTooLong: (most: number): string => `Keep it to ${most} characters. Nothing was sent.`,
  filedBefore: (ruling: Ruling | null): string => filedBefore[ruling ?? "waiting"],

  queueTitle: "Appeals that wait for you",
  queueEmpty: "No appeal waits for an editor.",
  queueCount: (count: number): string =>
    count === 1 ? "One appeal waits." : `${count} appeals wait; the oldest comes first.`,
  queueLater: (count: number): string =>
    count === 1
      ? "One appeal is about a round that still takes answers; you can read it once the round is over."
      : `${count} appeals are about rounds that still take answers; you can read them once the rounds are over.`,
  stillOpen: "That round still takes answers, yours as well: you can read the appeal once it is over.",
  queueWhich: "Which appeal?",
  queueChoice: (question: string, point: string): string => `${point} · ${question}`,
  editorsOnly: "Only editors decide appeals.",
  caseTitle: (point: string): string => `Appeal: ${point}`,
  caseQuestion: "Question",
  caseStatement: "The key point",
  caseAnswer: "The answer",
  caseJudged: "Judged as",
  caseEvidence: "For these words",
  caseWords: "Words the member points at",
  caseReason: "The member's reason",
  caseScore: "Score now",
  caseOpen: "Its round is still open: keep what you read here to yourself.",
  caseBlind: "You do not see whose answer it is.",
  upholdHit: "Counts in full",
  upholdPartial: "Counts by half",
  decline: "Decline",
  declineTitle: "Decline the appeal",
  declineLabel: "Why, in a sentence",
  declineHint: "The member reads it. Say what is missing.",
  sayWhy: "Say in a sentence why it is declined; the member reads it. Nothing was decided.",
  noSuchAppeal: "There is no such appeal any more.",
  ownAppeal: "It is your own appeal: another editor decides it.",
  gone: "That answer or its question is gone, so the appeal can only be declined.",
  asGoodAlready: "The point counts for as much already. Give it more, or decline.",
  decidedBefore: (ruling: Ruling): string => `Somebody was quicker. ${decided[ruling]} Nothing was changed.`,
  decisionMade: (ruling: Ruling): string => `${decided[ruling]} The member will be told.`,
  scoreNow: (before: number, after: number): string => `Score: ${before} → ${after}.`,
  phraseOffered: "The member's words are offered for the rubric; /content shows what was offered.",
  next: "The next appeal",

  told: (ruling: Ruling, number: number, question: string): string =>
    `Your appeal of key point ${number} of “${question}” was decided. ${decided[ruling]}`,
  editorSays: (sentence: string): string => `The editor says: ${sentence}`,
  nowScore: (before: number, after: number): string =>
    before === after ? `Your score is ${after}.` : `Your score is ${after} now; it was ${before}.`,
  dayCounts: "The day counts for your streak.",
  freezeBack: "You have the freeze back that had covered it.",
  streakNow: (before: number, after: number): string =>
    `Your streak is ${days(after)} now; it was ${before}.`,
  seeAnswer: "Look at the answer",
  editorsTold: (count: number): string =>
    count === 1
      ? "One appeal waits for an editor: /appeal shows it."
      : `${count} appeals wait for an editor: /appeal shows them.`,
};
