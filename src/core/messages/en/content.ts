const questions = (count: number): string => (count === 1 ? "one question" : `${count} questions`);
/** The same where a sentence begins. */
const beginning = (count: number): string => (count === 1 ? "One question" : questions(count));
const points = (count: number): string => (count === 1 ? "one key point" : `${count} key points`);
const are = (count: number): string => (count === 1 ? "is" : "are");

export const content = {
  noDrafting: "Documents cannot be imported here.",
  noDocument:
    "Give the document with it (Markdown, text, HTML, CSV, TSV, Word or PDF). On Discord attach it to the command; on Slack to a message that mentions the bot and says /content import; on the page drop it; in the terminal: /content import path/to/file.md owner=whose it is",
  noQuestions:
    "No question was found in this document, so nothing was kept. Headings, numbers or “Q:” before each question help.",
  tooManyQuestions: (most: number): string =>
    `That is more than ${most} questions for one pack. Split the document and import the parts. Nothing was kept.`,
  tooLong:
    "This question has more text than can be kept of one. Shorten its statements or take key points out. Nothing was changed.",
  tooManyPacks: (most: number): string =>
    `There are ${most} packs already, which is the most. Nothing was kept.`,
  otherDocument: (name: string): string =>
    `“${name}” was imported before, and this is a different document. Give the file another name. The pack stays as it was.`,
  documentTooLarge: (megabytes: number): string =>
    `The document is larger than ${megabytes} MB. Split it, or use rehearsal import on the server.`,
  ownerMissing:
    "Say first whose the document is and why you may use it (author, licence, or “our own”). Nothing was published.",
  ownerTooLong: (most: number): string => `Keep the note on the owner to ${most} characters.`,
  noSuchPack: "There is no such pack. /content lists them.",
  noSuchQuestion: "There is no such question any more. /content lists the packs.",
  pointGone:
    "Somebody has changed that key point meanwhile. Here is the question as it stands now: look again.",
  proposalGone: "That proposal has been decided already.",
  mergeWithItself: "There is no key point to merge it with.",
  splitInTwo: "Write at least two statements, one a line. Nothing was changed.",
  tooManyPoints: (most: number): string => `A question has ${most} key points at most. Nothing was changed.`,
  noSuchVersion: "There is nothing earlier to go back to.",
  nothingToApprove: "A question without key points cannot be approved: add what a good answer says first.",
  approveFirst: (count: number): string =>
    `Nothing is ready: ${questions(count)} ${count === 1 ? "waits" : "wait"} for approval. Look through the key points and approve them.`,
  nothingToPublish: "Everything that is approved is published already.",
  nothingPublished: "None of these questions is asked at the moment.",
  nothingToExport: "There is nothing to export: no question of this pack has a key point.",

  noPlace: "added by an editor",
  placeLines: (from: number, to: number): string => (from === to ? `line ${from}` : `lines ${from}–${to}`),
  pointHint: (section: string | null): string =>
    section === null
      ? "The document makes a point here that your answer does not."
      : `Look again at “${section}”.`,
  firstHint: (count: number): string =>
    `The document makes ${points(count)} here. Name as many as you can, each with its reason.`,
  secondHint: (title: string): string => `One of them is about: ${title}`,
  followUp: (title: string): string => `Explain “${title}” as you would to somebody new on the team.`,

  title: "Questions from your own documents",
  none: "No document has been imported yet.",
  how: "To import one: /content import with a file attached (Markdown, text, HTML, CSV, Word or PDF). It becomes a draft that only editors see; members are asked nothing before it is reviewed and published.",
  columns: { pack: "pack", questions: "questions", approved: "approved", asked: "asked" },
  whichPack: "Which pack?",
  suggestionsWait: (count: number): string =>
    `${count === 1 ? "One suggested question is" : `${count} suggested questions are`} approved and can become a draft.`,
  takeSuggestions: "Make drafts of them",
  suggestionsTaken: (count: number): string =>
    `${beginning(count)} suggested by members: now drafts, in the pack “Suggested by members”.`,
  suggestedPack: "Suggested by members",

  imported: (name: string, added: number): string =>
    added === 0
      ? `“${name}” holds nothing new.`
      : `“${name}”: ${questions(added)} drafted. Nothing is asked before you publish.`,
  importedAgain: (changed: number, proposals: number, gone: number): string =>
    [
      `${changed === 1 ? "One question has" : `${changed} questions have`} changed in the document`,
      proposals === 0
        ? ""
        : `${proposals === 1 ? "one change waits" : `${proposals} changes wait`} for your decision`,
      gone === 0 ? "" : `${questions(gone)} ${are(gone)} not in it any more`,
    ]
      .filter((part) => part !== "")
      .join("; ")
      .concat(". What you edited was kept."),
  unchanged: "The document is the same as before: nothing was changed.",
  unscorable: (count: number): string =>
    `${beginning(count)} without an answer: listed, and never asked until somebody adds key points.`,
  duplicates: (count: number): string =>
    `${beginning(count)} ${are(count)} much like one that is there already; the review offers to merge them.`,
  left: (lines: number): string => `${lines === 1 ? "One line was" : `${lines} lines were`} left out:`,
  leftLines: (from: number, to: number, reason: string, begins: string): string =>
    `${from === to ? `line ${from}` : `lines ${from}–${to}`}: ${reason} (“${begins}”)`,
  unused: (lines: number, asked: number): string =>
    `${lines === 1 ? "One line" : `${lines} lines`} of the answers to ${asked === 1 ? "one question" : `${asked} questions`} ${are(lines)} in no key point. See whether one is missing:`,
  unusedLine: (number: number, text: string): string => `line ${number}: “${text}”`,
  unusedMore: (count: number): string =>
    `and ${count === 1 ? "one more line" : `${count} more lines`}; the review of each question names its own`,
  unusedHere: (count: number): string =>
    `${count === 1 ? "One line of this answer is" : `${count} lines of this answer are`} in no key point; “Add a point” makes one of it:`,
  unusedRest: (count: number): string => `and ${count === 1 ? "one more line" : `${count} more lines`}`,
  lineGone:
    "That line has become a key point meanwhile, or the document does not have it any more. Nothing was changed.",
  leftMore: (count: number): string => `and ${count} more stretches`,
  reviewNow: "Review",
  ownerTitle: "Whose document is this?",
  ownerLabel: "Owner and licence",
  ownerHint: "For example: our own notes; or: A. Author, CC BY 4.0",
  ownerSave: "Save",
  ownerIs: "Owner and licence",
  ownerKept: "Noted whose the document is.",
  ownerAsk: "Say whose it is",

  packColumns: { question: "question", points: "points", state: "state" },
  whichQuestion: "Which question?",
  nextOpen: "Next to review",
  more: "More questions",
  states: {
    unscorable: "no answer",
    open: "to review",
    approved: "approved",
    live: "asked",
    ahead: "asked; changed since",
    withdrawn: "withdrawn",
    gone: "not in the document any more",
  },
  publishReady: (count: number): string => `Publish ${questions(count)}`,
  unpublishButton: "Withdraw",
  exportButton: "Export",
  back: "Back to the pack",
  backToList: "All packs",

  reviewTitle: (at: number, of: number): string => `Question ${at} of ${of}`,
  document: "document",
  state: "state",
  lines: "lines",
  version: "version",
  pointTitle: (at: number, of: number): string => `Key point ${at} of ${of}`,
  weightIs: (weight: number): string => `weight ${weight}`,
  approvedMark: "approved",
  statement: "statement",
  wordings: "also counts",
  hintLabel: "hint",
  sourceLines: (from: number, to: number): string =>
    `In the document, ${from === to ? `line ${from}` : `lines ${from}–${to}`}:`,
  previousPoint: "Previous",
  nextPoint: "Next point",
  approvePoint: "Approve",
  approveAll: "Approve all",
  edit: "Edit",
  translate: "Translate",
  mergeNext: "Merge with next",
  split: "Split",
  drop: "Drop",
  restore: (title: string): string => `Bring back: ${title}`,
  up: "Up",
  down: "Down",
  heavier: "Weight +",
  lighter: "Weight −",
  tryAnswer: "Try an answer",
  editQuestion: "Edit the question",
  addPoint: "Add a point",
  undo: "Undo",
  history: "History",
  droppedTitle: "Taken out",
  whichDropped: "Bring one back",
  alike: (text: string, share: number): string =>
    `Much like a question that is there already (${share} %): “${text}”`,
  mergeInto: "Drop this one",
  different: "Keep both",
  goneNote: "The document does not have this any more.",
  proposalAdd: (title: string, statement: string): string => `New in the document: ${title}. ${statement}`,
  proposalJudge: (title: string, statement: string): string =>
    `Proposed by the language model: ${title}. ${statement}`,
  proposalChange: (title: string, statement: string): string =>
    `The document now says: ${title}. ${statement}`,
  take: "Take it",
  leave: "Leave it",
  phraseOffered: (phrase: string): string => `A member said it so, and an editor agreed: “${phrase}”`,
  askModel: "Ask the language model",
  modelProposed: (count: number): string =>
    count === 0
      ? "The language model proposes nothing new."
      : `The language model proposes ${points(count)}; you decide.`,
  modelFailed: "The language model gave nothing usable. The draft stays as it was.",

  formTitle: "Edit the key point",
  formTranslate: "The other language",
  formPointTitle: "Title",
  formPointTitleHint: "A few words",
  formStatement: "Statement",
  formStatementHint: "What is true, in full",
  formAliases: "Other wordings, one a line",
  formAliasesHint: "Each of them counts as the point",
  formHint: "Hint",
  formHintHint: "Leads there without giving it away",
  formSave: "Save",
  formSplit: "Split the key point",
  formSplitLabel: "Its statements, one a line",
  formAdd: "Add a key point",
  formQuestion: "Edit the question",
  formText: "Question",
  formModel: "Model answer",
  formModelHint: "Empty: the key points one after the other",
  formFirstHint: "First hint",
  formSecondHint: "Second hint",
  formTry: "Try an answer",
  formTryLabel: "An answer",
  formTryHint: "As a member would write it",
  formTryDo: "Grade it",
  tried: (score: number): string => `This answer would score ${score} of 100.`,
  tryNothing: "Write an answer to try. Nothing was graded.",

  did: {
    import: "imported",
    approve: "approved",
    edit: "edited",
    weigh: "weighed",
    merge: "merged",
    split: "split",
    drop: "took out",
    restore: "brought back",
    move: "moved",
    add: "added",
    accept: "took a proposal",
    decline: "left a proposal",
    back: "went back",
    publish: "published",
    unpublish: "withdrew",
    propose: "asked the language model",
  },
  historyTitle: "History",
  historyColumns: { version: "version", when: "when", what: "what" },
  whichVersion: "Go back to",
  versionLabel: (version: number, what: string): string => `before version ${version}: ${what}`,

  published: (count: number): string =>
    `${count === 1 ? "One question is" : `${count} questions are`} asked from now on, in this server or workspace only.`,
  publishedWaiting: (waiting: number): string => `${beginning(waiting)} ${are(waiting)} not approved yet.`,
  withdrawn: (count: number): string =>
    `${count === 1 ? "One question is" : `${count} questions are`} not asked any more. What members answered stays readable.`,
  exported: (count: number): string =>
    `${beginning(count)} as one file. rehearsal grade --pack FILE grades with it.`,

  lint: {
    "too-long": "long: a member will hardly say all of it; split it",
    "too-short": "too short to be a statement",
    "title-long": "the title is long",
    twin: "says much the same as another key point",
    untranslated: "in one language only; members see the mark",
    unreachable: "its own statement would not be counted: give other wordings",
    leans: "begins with a word that leans on what stood before it",
    furniture: "looks like a page's button or count",
    code: "holds code or a link",
    echo: "mostly repeats the question",
    gone: "not in the document any more",
    "few-points": "few key points: see whether some are missing",
    "many-points": "more than ten key points: merge some",
    "no-points": "no key points: cannot be scored",
    "no-owner": "nobody has said whose document it is",
  },
};
