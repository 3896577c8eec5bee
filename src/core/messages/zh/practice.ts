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
} satisfies typeof english;
