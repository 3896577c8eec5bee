import type { Bilingual } from "#core/language";
import type { Flag, Reason, Verdict } from "#core/scoring/grader";

const verdicts: Readonly<Record<Verdict, string>> = {
  hit: "Hit",
  partial: "Half said",
  contradict: "May be the wrong way round",
  miss: "Not mentioned yet",
};

/** What a partly said point lacks, without saying what the point is. */
const lacking: Partial<Readonly<Record<Reason, string>>> = {
  "one-side": "You said one side; the other one counts as much.",
  "core-only": "You named it; say what it does or why.",
  "cause-only": "You described the problem; say what to do about it.",
  question: "You asked it; state it.",
  "wrong-direction": "This may say the opposite; put it plainly.",
  mixed: "You said it both the right and the wrong way round; decide.",
};

const notJudged = "The second reader was out of reach; this is the score by our rules alone.";

const flags: Partial<Readonly<Record<Flag, string>>> = {
  "too-long": "Only the first 4,000 characters were read.",
  "copied-question": "Most of this repeats the question; repeated words earn nothing.",
  "copied-source":
    "A long stretch of this is the source's own wording. Say it in your words: that is what an interview asks for.",
  stuffing: "This reads as a list of terms. Say what each does, or what you would do with it.",
  "off-topic": "This does not seem to answer today's question.",
  "injection-suspected": "Sentences that address the grader were left out.",
  "invisible-text": "Characters that nobody can see were left out.",
  repeated: "What was said twice counts once.",
  "judge-failed": notJudged,
  hinted: "You took a hint, so practice brings these points back sooner.",
};

export const quiz = {
  verdict: (verdict: Verdict): string => verdicts[verdict],
  lacking: (reason: Reason): string => lacking[reason] ?? "Partly there; be more precise.",
  flag: (flag: Flag): string | undefined => flags[flag],
  keyPoint: (number: number): string => `key point ${number}`,
  hint: (hint: string): string => `Hint: ${hint}`,
  contradiction: "Read it again: which way round is it?",
  statement: (statement: string): string => statement,
  erratum: (erratum: string): string => `The source is wrong here: ${erratum}`,
  misconception: (belief: string, truth: string): string => `A common belief: ${belief} In fact: ${truth}`,
  source: (document: string, heading: string): string => `From “${document}”, ${heading}`,

  todaysQuestion: "Today's question",
  practiceQuestion: "For practice",
  about: (topic: string, difficulty: number, points: number): string =>
    `${topic} · difficulty ${difficulty} of 3 · ${points} key points`,
  howToAnswer: (left: number): string =>
    left === 3
      ? "You have three answers; the best one counts. Only you see them."
      : `${left === 0 ? "No answers" : left === 1 ? "One answer" : `${left} answers`} left; the best one counts.`,
  howToPractise: "Answer as often as you like; practice does not touch the streak.",
  closes: "Open until",
  streakOnlyUntil:
    "The round has closed. For two hours an answer still counts for your streak, but scores no points.",
  streakOnly: "The round had closed: this answer counts for your streak, but scores no points.",
  answerButton: "Answer",
  hintButton: "Get a hint",
  nextButton: "Another question",
  formTitle: "Your answer",
  formLabel: "What would you say in the interview?",
  formPlaceholder: "Type your answer and send it: English, Chinese or a mix; full sentences or notes.",

  score: (score: number): string => `Score ${score} / 100`,
  best: (best: number, count: number, most: number): string => `best ${best} · answer ${count} of ${most}`,
  attemptsLabel: "Answers",
  streakLabel: "Streak",
  judged: (host: string): string =>
    `Your answer is scored on this machine first; then a language model at ${host} reads it too, so its text leaves this machine.`,
  revised: (changes: number, before: number): string =>
    `Read a second time: ${changes === 1 ? "one verdict" : `${changes} verdicts`} changed. The score was ${before} before.`,
  notJudged,
  pending:
    "Your answer is saved but could not be scored just now. The day is protected; it will be scored later.",
  practised: "Practice",
  practisedNote: "does not touch the streak",

  noRound: "No question is open in this channel. /quiz gives you one for practice.",
  empty: "There is nothing to score: the answer is empty. No attempt was used.",
  tooShort: "That is too short to score: say at least one point in a few words. No attempt was used.",
  tooLong: (length: number, most: number): string =>
    `Your answer has ${length.toLocaleString("en")} characters; the most is ${most.toLocaleString("en")}. Shorten it and send it again: nothing was recorded, no attempt was used.`,
  late: "The round had closed when you sent this, so it does not count. /quiz gives you another question for practice.",
  noAttempts: (most: number): string =>
    `You have used your ${most} answers to this question; the best one counts.`,
  stillOpen:
    "Today's question is still open; answer it first. Other questions come for practice once it has closed.",
  noSuchQuestion: (typed: string, topics: readonly Bilingual[]): string =>
    `There is no question “${typed}”. Give a number or a topic: ${topics.map(({ en }) => en).join(", ")}.`,
  noQuestions: "There is no other question in the bank.",

  hintOf: (number: number, total: number): string => `Hint ${number} of ${total}`,
  noMoreHints: (total: number): string =>
    `These are all ${total} hints. The key points have hints too: /hint 3 gives the one of key point 3.`,
  noSuchPoint: (typed: string, total: number): string =>
    `There is no key point “${typed}”; this question has ${total}. For example: /hint 1.`,
  hintOfPoint: (number: number, total: number): string => `Hint for key point ${number} of ${total}`,
  hintLate:
    "This round is over: its key points can be read in full now, and /quiz gives you a question for practice.",
  /** @param points of the board */
  hintCost: (points: number): string =>
    `A hint never lowers your score. It takes ${points} leaderboard points off answers you send after it; seeing it again costs nothing.`,
  hintFree: "In practice a hint costs no points; what you answer after it comes back sooner.",

  closed: "The round is closed",
  alreadyClosed: "This round is over; here is every key point",
  nothingToClose: "No round is open here.",
  allPoints: "All key points",
  modelAnswer: "A model answer",
  followUps: "What an interviewer may ask next",
  goOn: "/quiz gives you another question for practice.",
  weight: (weight: number): string => `weight ${weight}`,

  historyTitle: "Your answers",
  historyEmpty: "You have not answered yet. /quiz shows today's question.",
  historyDate: "Date",
  historyQuestion: "Question",
  historyScore: "Score",
  historyTopic: "Topic",
  historyAnswers: "Answers",
  historyPending: "pending",
  historyMore: (question: string): string => `/history ${question} shows the evidence of your best answer.`,
  historyNone: "You have not answered that question yet.",
  yourWords: "What you wrote",
};
