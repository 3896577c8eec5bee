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
  outExists: (path: string): string =>
    `“${path.slice(0, 200)}” is there already and is no draft pack. Give a new folder.`,
  untranslated: "[not translated]",
  toWrite: "[to be written]",
  nothingToWrite: "No question with an answer was found, so there is nothing to write.",
  counts: (questions: number, points: number, unscored: number): string =>
    `${questions} ${questions === 1 ? "question" : "questions"} with ${points} key points${unscored === 0 ? "" : `; ${unscored} without an answer, which will not be asked`}`,
  droppedLines: (from: number, to: number, reason: string): string =>
    `left out: ${from === to ? `line ${from}` : `lines ${from}–${to}`} (${reason})`,
  reasons: {
    "before the first question": "before the first question",
    "page furniture": "the page's own buttons and counts",
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
    "no question found": "no question was found",
  },
  wrote: (path: string): string =>
    `The draft is in ${path}. Nothing of it is asked until somebody has reviewed it.`,
};
