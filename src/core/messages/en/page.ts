export const page = {
  skip: "Skip to the question",
  light: "Light",
  dark: "Dark",
  theme: "Colours",
  ownContent: "Your documents",
  language: "Language",
  member: (name: string): string => `as ${name}`,

  today: "Today's question",
  practice: "For practice",
  lastQuestion: "The last question",
  about: (topic: string, difficulty: number, points: number): string =>
    `${topic} · difficulty ${difficulty} of 3 · ${points} key points`,
  openUntil: (time: string): string => `Open until ${time}`,
  closedAt: (time: string): string => `Closed ${time}`,
  takesUntil: (time: string): string => `What you began in time may still be sent until ${time}`,
  takesNoMore: "What you wrote can be sent no more",
  inZone: (zone: string): string => ` (${zone})`,
  attemptsLeft: (left: number): string =>
    left === 0
      ? "All three answers sent; the best one counts"
      : left === 1
        ? "One answer left"
        : `${left} answers left`,
  anyAttempts: "As often as you like",
  nothingOpen: "There is no question yet.",
  notShown: "The question cannot be shown",
  unread: (sentence: string): string =>
    `The data file could not be read. ${sentence} Then load the page again.`,
  badName:
    "The address of this page names no member. Behind ?as= comes a name of 1 to 40 letters, digits or signs that can be printed, like ?as=ada; without it you are the one who started Rehearsal.",

  answerLabel: "What would you say in the interview?",
  answerPlaceholder: "English, Chinese or a mix; full sentences or notes.",
  count: (count: string, most: string): string => `${count} / ${most}`,
  draftKept: "Draft kept",
  draftNotKept: "No room in this browser: the draft is lost when the tab closes",
  draftsOff: "This browser keeps no drafts: the text is lost when the tab closes",
  unsent: (question: string): string => `Not sent in time: what you wrote on “${question}”`,
  discard: "Discard it",
  send: "Send answer",
  sending: "Scoring…",
  sendKeys: "Ctrl + Enter sends",
  hint: "Get a hint",
  reveal: "Close and reveal",
  revealAsk: "Closing ends the round for everybody here. Close it now?",
  revealYes: "Close it",
  revealNo: "Keep it open",
  seeReveal: "See every key point",
  another: "Another question",
  unchanged: "This is what you sent last. Change something, or leave it: the best answer counts.",
  emptyAnswer: "Nothing was sent: the answer is empty.",

  result: "Your result",
  yourAnswer: "Your answer",
  evidence: (number: number): string => `key point row ${number}`,
  erratum: "Erratum",
  inFigures: "The same in figures",
  streak: "Streak",
  history: "History",
  stage: "Mock interviews",
  forYou: "For you",
  forYouAlone: "For you alone",
  bank: "Other questions",
  bankLater: (count: number): string => `${count} more to practise once today's question has closed.`,

  commandTitle: "Commands",
  commandLabel: "Type a command",
  commandPlaceholder: "/vram 7b qlora bs=4",
  commandHelp:
    "Tab completes, Enter sends. Drop a log here to ask /oom, or a document to make questions of it.",
  completions: "Completions",
  run: "Send",
  chooseFile: "Open a log or a document…",
  dropHere: "Drop it: /oom reads a log, /content a document",
  fileNotText: (name: string): string => `${name} is not a text file. /oom reads logs as text.`,
  fileUnread: (name: string): string => `${name} could not be read.`,
  fileCut: (name: string, kilobytes: number): string =>
    `${name} is long: only its last ${kilobytes} kB were read.`,
  choose: "Choose",
  save: (name: string): string => `Save ${name}`,
  dismiss: "Remove this reply",

  tooBig: "That is more than 1 MB; nothing was sent and your text is still here. Send the part that matters.",
  pasteTooBig:
    "That is more than 1 MB, so it was not pasted; what you had written is untouched. Paste the part that matters, or drop a long log as a file.",
  outdated: "Rehearsal was upgraded while this tab was open. Load the page again.",
  draftWaits: "Your draft is kept.",
  draftGoes: "Copy your text first: this browser does not keep it.",
  reload: "Load again",
  withoutName: "Open it without a name",
  offline:
    "Rehearsal cannot be reached: it has stopped, or is just starting. Your text stays here; start it again and send.",
  roundClosed: "This round has closed. What you began in time may still be sent for ten minutes.",
  roundOver: "This round has closed.",
  newQuestion: "A new question is open.",
  roundOpened: "A new question is open. Your text below belongs to the one before.",
  revealReady: "The last round is over: every key point and a model answer can be read.",
  showNew: "Show it",

  notOurs: (url: string): string =>
    `This address answers only its own page: open ${url} in your browser, and send nothing to it from another site.`,
  badRequest: "The page sent something that cannot be read, so nothing was recorded. Load it again.",
  notFound: "There is nothing at this address. The page is at /.",
  failed: "Something went wrong on our side, and it has been logged. Please try again.",
  portInUse: (port: number): string =>
    `Port ${port} is taken, perhaps by another Rehearsal. Stop that one, or choose a free port: REHEARSAL_PORT=${port === 65535 ? 4000 : port + 1} npm start`,
  portForbidden: (port: number): string =>
    `Port ${port} may not be opened by this user. Choose one above 1023: REHEARSAL_PORT=4747 npm start`,
};
