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
  linkLoop: (path) => `“${path.slice(0, 200)}”是一个绕回自己的链接，请直接给文件。`,
  link: "这是链接，文件夹里的链接不会跟过去读。请把文件本身放进来。",
  linkGiven: (path) => `“${path.slice(0, 200)}”是链接，不会跟过去读。请直接给文件或文件夹本身。`,
  hidden: "名字以句点开头，隐藏的内容不会读。需要的话请改个名字。",
  ofProgram: "这个文件夹里是程序的组件，不会读。",
  sameDocument: (name) => `和“${name.slice(0, 200)}”是同一份文档，只导入一次。`,
  skipped: (file, reason) => `${file}：跳过。${reason}`,
  notAllowed: (path) => `没有权限读“${path.slice(0, 200)}”，请改一下权限，或复制一份。`,
  emptyFolder: (path) =>
    `“${path.slice(0, 200)}”里没有能读的文件：Markdown、文本、HTML、CSV、TSV、DOCX、PDF 都没有。`,
  tooDeep: (most) => `这个文件夹嵌套超过 ${most} 层，请单独导入它。`,
  tooManyFiles: (files, most) =>
    `文件夹里有 ${files} 份文档，一次最多导入 ${most} 份。请改给其中的子文件夹。`,
  tooManyQuestions: (questions, most) => `文档里有 ${questions} 道题，一次最多导入 ${most} 道。请拆成几份。`,
  cannotWrite: (path) => `写不进“${path.slice(0, 200)}”：没有权限、空间不足，或名字太长。请换一个文件夹。`,
  interrupted: "导入被中断，什么也没有留下。请重新导入。",
  refused: (file, reason) => `${file}：没有读取。${reason}`,
  alike: (id, percent) => `和 ${id} 很像（${percent}%）：是同一道题吗？`,
  reading: "读取中",
  writing: "写入中",
  outExists: (path) => `“${path.slice(0, 200)}”已经存在，而且不是草稿题包。请换一个新文件夹。`,
  outOfOthers: (path, names) =>
    `“${path.slice(0, 200)}”里是${names
      .slice(0, 3)
      .map((name) => `“${name}”`)
      .join(
        "、",
      )}${names.length > 3 ? ` 等 ${names.length} 份文档` : ""}的草稿，写进去就没了。请换一个新文件夹。`,
  untranslated: "〔未翻译〕",
  toWrite: "〔待写〕",
  nothingToWrite: "没有找到带答案的题目，所以没什么可写。",
  counts: (questions, points, unscored) =>
    `共 ${questions} 道题、${points} 个要点${unscored === 0 ? "" : `；其中 ${unscored} 道没有答案，不会出题`}`,
  droppedLines: (from, to, reason) => `略去：第 ${from === to ? from : `${from}–${to}`} 行（${reason}）`,
  unusedLines: (from, to) => `第 ${from === to ? from : `${from}–${to}`} 行没有进任何要点`,
  reasons: {
    "before the first question": "第一道题之前的内容",
    "page furniture": "网页自带的按钮和计数",
    "small talk": "面试里的寒暄",
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
    "repeats a known slip": "沿用了一处已知的错误说法，勘误里写了正确的",
    "no question found": "没有找到题目",
  },
  wrote: (path) => `草稿在 ${path}。审过之前，一道题也不会出。`,
} satisfies typeof english;
