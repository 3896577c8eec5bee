export const drafting = {
  empty: "The file is empty. Give one with questions and answers in it.",
  binary:
    "This is no text: the file holds binary data. Save it as Markdown, plain text, HTML, CSV, DOCX or PDF.",
  noTable:
    "The rows of this table cannot be read: a quotation mark is opened and never closed. Export it once more.",
  notWord: "This is no Word document, or a damaged one. Open it and save it as .docx again.",
  notPdf: "This PDF cannot be read: it is damaged or locked with a password. Save it without one.",
  noText: "This PDF holds pictures of pages and no text. Run text recognition (OCR) on it first.",
  bomb: "This file unpacks to far more than a document has, so it was not opened.",
  tooLarge: (bytes: number): string =>
    `The file is larger than ${Math.round(bytes / 1024 / 1024)} MB. Split it and import the parts.`,
  unknownFormat: (ending: string): string =>
    `Files that end in “${ending === "" ? "(nothing)" : ending.slice(0, 20)}” cannot be read. Give Markdown, plain text, HTML, CSV, TSV, DOCX or PDF.`,
  noFile: (path: string): string => `There is no file “${path.slice(0, 200)}”. Check the name.`,
  notAFile: (path: string): string => `“${path.slice(0, 200)}” is neither a file nor a folder.`,
  linkLoop: (path: string): string =>
    `“${path.slice(0, 200)}” is a link that leads to itself. Give the file.`,
  link: "This is a link, and links in a folder are not followed. Put the file itself there.",
  linkGiven: (path: string): string =>
    `“${path.slice(0, 200)}” is a link, and links are not followed. Give the file or folder itself.`,
  hidden: "Its name begins with a full stop, and what is hidden is not read. Rename it if it is meant.",
  ofProgram: "This folder holds the parts of a program, and is not read.",
  sameDocument: (name: string): string =>
    `This is the same document as “${name.slice(0, 200)}”, which is imported once.`,
  skipped: (file: string, reason: string): string => `${file}: left alone. ${reason}`,
  notAllowed: (path: string): string =>
    `“${path.slice(0, 200)}” may not be read. Change its permissions, or copy it.`,
  emptyFolder: (path: string): string =>
    `There is nothing to read in “${path.slice(0, 200)}”: no Markdown, text, HTML, CSV, TSV, DOCX or PDF.`,
  tooDeep: (most: number): string => `This folder lies more than ${most} folders deep. Import it by itself.`,
  tooManyFiles: (files: number, most: number): string =>
    `The folder has ${files} documents; at most ${most} are imported at once. Give one of its folders.`,
  tooManyQuestions: (questions: number, most: number): string =>
    `The document asks ${questions} questions; at most ${most} are imported at once. Split it.`,
  cannotWrite: (path: string): string =>
    `Nothing can be written to “${path.slice(0, 200)}”: no permission, no space, or a name too long. Give another folder.`,
  interrupted: "The import was interrupted. Nothing of it was kept; begin it again.",
  refused: (file: string, reason: string): string => `${file}: not read. ${reason}`,
  alike: (id: string, percent: number): string => `much like ${id} (${percent} %): one question or two?`,
  reading: "reading",
  writing: "writing",
  outExists: (path: string): string =>
    `“${path.slice(0, 200)}” is there already and is no draft pack. Give a new folder.`,
  outOfOthers: (path: string, names: readonly string[]): string =>
    `“${path.slice(0, 200)}” holds the draft of ${names
      .slice(0, 3)
      .map((name) => `“${name}”`)
      .join(
        ", ",
      )}${names.length > 3 ? ` and ${names.length - 3} more` : ""}, which would be lost. Give a new folder.`,
  untranslated: "[not translated]",
  toWrite: "[to be written]",
  nothingToWrite: "No question with an answer was found, so there is nothing to write.",
  counts: (questions: number, points: number, unscored: number): string =>
    `${questions} ${questions === 1 ? "question" : "questions"} with ${points} key points${unscored === 0 ? "" : `; ${unscored} without an answer, which will not be asked`}`,
  droppedLines: (from: number, to: number, reason: string): string =>
    `left out: ${from === to ? `line ${from}` : `lines ${from}–${to}`} (${reason})`,
  unusedLines: (from: number, to: number): string =>
    `${from === to ? `line ${from} is` : `lines ${from}–${to} are`} in no key point`,
  reasons: {
    "before the first question": "before the first question",
    "page furniture": "the page's own buttons and counts",
    "small talk": "small talk of an interview",
    "chapter heading": "a chapter's title",
    references: "references",
    "a section that asks nothing": "a section that asks nothing",
    "outside the article": "outside the article",
    "a row without a question": "a row without a question",
  },
  warnings: {
    "no answer: cannot be scored": "no answer: cannot be scored",
    "few points": "few points: see whether some are missing",
    "many points merged": "some points were joined: see whether each is one idea",
    "repeats a known slip": "repeats something known to be wrong: the erratum says what is right",
    "no question found": "no question was found",
  },
  wrote: (path: string): string =>
    `The draft is in ${path}. Nothing of it is asked until somebody has reviewed it.`,
};
