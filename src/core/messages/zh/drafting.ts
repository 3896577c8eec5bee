import type { drafting as english } from "#core/messages/en/drafting";

export const drafting = {
  empty: "文件是空的，请换一个有题目和答案的文件。",
  binary: "这不是文本，里面是二进制数据。请另存为 Markdown、纯文本、HTML、CSV、DOCX 或 PDF。",
  noTable: "这张表读不了：有引号打开了却没有合上。请重新导出一次。",
  notWord: "这不是 Word 文档，或者文件已损坏。请打开后重新存成 .docx。",
  notPdf: "这个 PDF 读不了：文件已损坏，或者设了密码。请去掉密码另存一份。",
  noText: "这个 PDF 里只有页面图片，没有文字。请先做文字识别（OCR）。",
  bomb: "这个文件解压后大得不像文档，所以没有打开。",
  tooLarge: (bytes) => `文件超过 ${Math.round(bytes / 1024 / 1024)} MB，请拆成几份再导入。`,
  unknownFormat: (ending) =>
    `读不了以“${ending === "" ? "（无后缀）" : ending.slice(0, 20)}”结尾的文件。请给 Markdown、纯文本、HTML、CSV、TSV、DOCX 或 PDF。`,
  noFile: (path) => `没有“${path.slice(0, 200)}”这个文件，请检查文件名。`,
  notAFile: (path) => `“${path.slice(0, 200)}”既不是文件，也不是文件夹。`,
  outExists: (path) => `“${path.slice(0, 200)}”已经存在，而且不是草稿题包。请换一个新文件夹。`,
  untranslated: "〔未翻译〕",
  toWrite: "〔待写〕",
  nothingToWrite: "没有找到带答案的题目，所以没什么可写。",
  counts: (questions, points, unscored) =>
    `共 ${questions} 道题、${points} 个要点${unscored === 0 ? "" : `；其中 ${unscored} 道没有答案，不会出题`}`,
  droppedLines: (from, to, reason) => `略去：第 ${from === to ? from : `${from}–${to}`} 行（${reason}）`,
  reasons: {
    "before the first question": "第一道题之前的内容",
    "page furniture": "网页自带的按钮和计数",
    "chapter heading": "章节标题",
    references: "参考资料",
    "a section that asks nothing": "没有提问的小节",
    "outside the article": "正文之外",
    "a row without a question": "没有题目的行",
  },
  warnings: {
    "no answer: cannot be scored": "没有答案，无法评分",
    "few points": "要点偏少，看看是不是漏了",
    "many points merged": "有几个要点并到了一起，看看是不是各说一件事",
    "no question found": "没有找到题目",
  },
  wrote: (path) => `草稿在 ${path}。审过之前，一道题也不会出。`,
} satisfies typeof english;
