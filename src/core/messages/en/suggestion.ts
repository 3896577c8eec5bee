const questions = (count: number): string => (count === 1 ? "One suggestion" : `${count} suggestions`);

const decided = (approved: boolean): string => (approved ? "It was approved." : "It was declined.");

export const suggestion = {
  formTitle: "Suggest a question",
  formQuestion: "The question",
  formQuestionHint: "As an interviewer would ask it, in English or Chinese.",
  formPoints: "Its key points, one a line",
  formPointsHint: "What a good answer says; one point a line, ten at most.",
  formSource: "Where it comes from",
  formSourceHint: "A paper, a page or an interview. You may leave it empty.",
  formSubmit: "Send it to the editors",
  howTo:
    "Or type it in one line: /suggest Why does dropout help? | it trains many thinned networks; it stops units from relying on each other",
  filed: (points: number): string =>
    `Thank you: your question with ${points === 1 ? "one key point" : `${points} key points`} is with the editors. You hear what they decide.`,

  tooMuch: (most: number): string =>
    `That is too much for one field: ${most} characters at most. Nothing was sent.`,
  questionShort: (least: number): string =>
    `The question is too short: at least ${least} characters. Nothing was sent.`,
  questionLong: (most: number): string =>
    `The question is too long: ${most} characters at most. Nothing was sent.`,
  noPoints: "A question needs at least one key point: write what a good answer says, one point a line.",
  tooManyPoints: (most: number): string => `That is too many key points: ${most} at most. Nothing was sent.`,
  pointShort: (point: string): string => `“${point}” is too short to be a key point. Nothing was sent.`,
  pointLong: (number: number, most: number): string =>
    `Key point ${number} is too long: ${most} characters at most. Nothing was sent.`,
  inBank: "That question is in the bank already.",
  knownAlready: "That question has been suggested before.",
  enoughOfYours: (most: number): string =>
    `${most} of your suggestions wait for the editors. Send the next one when they have got to some.`,
  enough: "The editors have a full pile of suggestions. Please try again in a few days.",

  queueTitle: "Suggested questions that wait for you",
  queueEmpty: "No suggested question waits for an editor.",
  queueCount: (count: number): string =>
    count === 1 ? "One waits." : `${count} wait; the oldest comes first.`,
  queueWhich: "Which suggestion?",
  editorsOnly: "Only editors decide suggestions.",
  caseTitle: "A suggested question",
  casePoints: "Its key points",
  approve: "Approve",
  decline: "Decline",
  declineTitle: "Decline the suggestion",
  declineLabel: "Why, in a sentence",
  declineHint: "The member reads it.",
  sayWhy: "Say in a sentence why it is declined; the member reads it. Nothing was decided.",
  sentenceLong: (most: number): string => `Keep it to ${most} characters. Nothing was decided.`,
  noSuch: "There is no such suggestion any more.",
  decidedBefore: (approved: boolean): string =>
    `Somebody was quicker. ${decided(approved)} Nothing was changed.`,
  decisionMade: (approved: boolean): string =>
    approved
      ? "Approved: it is a draft question now, for /content to take up. The member will be told."
      : "Declined. The member will be told.",
  next: "The next suggestion",
  suggestOwn: "Suggest one yourself",
  exportButton: "Export the approved ones",
  nothingApproved: "Nothing approved waits to be made a question.",
  exported: (count: number): string => `${questions(count)} approved and not yet made content of:`,

  told: (approved: boolean, question: string): string =>
    approved
      ? `Your question “${question}” was approved. It is a draft now, and comes into the rotation once it is finished.`
      : `Your question “${question}” was not taken.`,
  editorSays: (sentence: string): string => `The editor says: ${sentence}`,
  editorsTold: (count: number): string =>
    `${questions(count)} ${count === 1 ? "waits" : "wait"} for an editor: /suggest shows ${count === 1 ? "it" : "them"}.`,
};
