import type { practice as english } from "#core/messages/en/practice";

export const practice = {
  title: "练习",
  because: (weak) => (weak === 0 ? "这题你还没练过。" : `选它是因为有 ${weak} 个要点该复习了。`),
  cramming: (weak, date) => `冲刺 ${date} 的面试：这题有 ${weak} 个要点到那天可能记不牢。`,
  left: (due) => (due === 0 ? "没有别的要点该复习了。" : `一共有 ${due} 个要点该复习。`),
  nextDue: "下一个要点的复习时间",
  useButton: "请用下面的按钮作答：/answer 会算到这里正在进行的那道题。",
  interviewSet: (date) => `记下了：练习会围绕 ${date} 来安排。想取消就发 /practice until off。`,
  interviewOff: "记下了：不再围绕某个日期，恢复平时的复习节奏。",
  noDate: (typed) => `“${typed}”不是日期。请写成 2026-12-24 或 12-24，取消请写 off。`,
  datePassed: (date) => `${date} 已经过了，请给一个还没到的日期。`,
  dateTooFar: "那是一年以后了，请给一年之内的日期。",

  explainWhich: "讲讲某个要点",
  lastTime: "你上次的回答",
  sourceTitle: "出处",
  sourceHeading: "章节",
  sourceUrl: "原文",
  sourceRead: "查阅日期",
  sourceNote: "说明",
  recall: (percent) => `按现在的记忆，你大约有 ${percent}% 的把握想起它。`,
  pointDue: "下次复习",
  again: "练这道题",
  noSuchPoint: "这个要点已经不在了。",
  askedNow: "这道题正在作答中，截止之后再讲它的要点。",
  answerFirst: "先答一次这道题，再看要点讲解。",
} satisfies typeof english;
