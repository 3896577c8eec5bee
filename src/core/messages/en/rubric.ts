const points = (count: number): string => (count === 1 ? "One key point" : `${count} key points`);
const texts = (count: number): string => (count === 1 ? "One text is" : `${count} texts are`);
const have = (count: number): string => (count === 1 ? "has" : "have");

/** What `rehearsal rubric lint` says of a draft: what it is still without, and what to do about it. */
export const rubric = {
  toDo: "None of this keeps the draft from being graded. Before it is published:",
  lacks: {
    untranslated: {
      what: (count: number): string => `${texts(count)} in one language only.`,
      remedy: (mark: string): string =>
        `Write the other half where “${mark}” stands, and take the mark away.`,
    },
    unwritten: {
      what: (count: number): string =>
        `${texts(count)} still to be written, such as hints and follow-up questions.`,
      remedy: (mark: string): string => `Write them where “${mark}” stands.`,
    },
    "chinese-words": {
      what: (count: number): string => `${points(count)} cannot be hit in Chinese.`,
      remedy: (): string =>
        "Give each Chinese phrases, or the concepts of its rules Chinese aliases in a glossary.json beside pack.json.",
    },
    "english-words": {
      what: (count: number): string => `${points(count)} cannot be hit in English.`,
      remedy: (): string =>
        "Give each English phrases, or the concepts of its rules English aliases in a glossary.json beside pack.json.",
    },
    "chinese-hit": {
      what: (count: number): string => `${points(count)} ${have(count)} no Chinese example of a hit.`,
      remedy: (): string => "Add an answer in Chinese to its examples.hit.",
    },
    "english-hit": {
      what: (count: number): string => `${points(count)} ${have(count)} no English example of a hit.`,
      remedy: (): string => "Add an answer in English to its examples.hit.",
    },
    contradiction: {
      what: (count: number): string => `${points(count)} ${have(count)} no example of a contradiction.`,
      remedy: (): string =>
        'Add a wrong answer, as a member would give it, to its examples.contradict, or say "contradictable": false.',
    },
    rule: {
      what: (count: number): string =>
        count === 1
          ? "One rule or phrase does nothing, or too much."
          : `${count} rules and phrases do nothing, or too much.`,
      remedy: (): string => "What to do stands behind each.",
    },
  },
  more: (count: number): string =>
    count === 1
      ? "and in one more place (--json names it)"
      : `and in ${count} more places (--json names them)`,
  last: 'Once somebody else has read the questions, set their "status" to "reviewed", take "draft" out of pack.json, and run npm run content:publish.',
};
