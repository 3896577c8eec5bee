import type { suggestion as english } from "#core/messages/en/suggestion";

const decided = (approved: boolean): string => (approved ? "已通过。" : "没有采用。");

export const suggestion = {
  formTitle: "推荐一道题",
  formQuestion: "题目",
  formQuestionHint: "像面试官那样问，中文英文都行。",
  formPoints: "要点，一行一个",
  formPointsHint: "好的回答会说到什么：一行一个，最多十个。",
  formSource: "出处",
  formSourceHint: "论文、网页或某次面试，可以不填。",
  formSubmit: "交给编辑",
  howTo: "也可以写成一行：/suggest dropout 为什么有用？| 相当于训练很多个变瘦的网络；避免神经元互相依赖",
  filed: (points) => `谢谢！这道题和它的 ${points} 个要点已交给编辑，有结果会告诉你。`,

  tooMuch: (most) => `单个字段最多 ${most} 个字符，这次没有提交。`,
  questionShort: (least) => `题目太短了，至少 ${least} 个字符。这次没有提交。`,
  questionLong: (most) => `题目太长了，最多 ${most} 个字符。这次没有提交。`,
  noPoints: "至少要有一个要点：写出好的回答会说到什么，一行一个。",
  tooManyPoints: (most) => `要点太多了，最多 ${most} 个。这次没有提交。`,
  pointShort: (point) => `“${point}”太短，算不上一个要点。这次没有提交。`,
  pointLong: (number, most) => `要点 ${number} 太长了，最多 ${most} 个字符。这次没有提交。`,
  inBank: "题库里已经有这道题了。",
  knownAlready: "这道题已经有人推荐过了。",
  enoughOfYours: (most) => `你有 ${most} 条推荐还在等编辑，等处理一些再发吧。`,
  enough: "编辑手上的推荐已经堆满了，过几天再来吧。",

  queueTitle: "等你处理的推荐题",
  queueEmpty: "没有等待处理的推荐题。",
  queueCount: (count) => `有 ${count} 道等着处理，先来的排在前面。`,
  queueWhich: "看哪一道？",
  editorsOnly: "只有编辑能处理推荐。",
  caseTitle: "推荐题",
  casePoints: "要点",
  approve: "通过",
  decline: "不采用",
  declineTitle: "不采用这道题",
  declineLabel: "用一句话说明原因",
  declineHint: "推荐人会看到。",
  sayWhy: "请用一句话说明为什么不采用，推荐人会看到。这次还没有决定。",
  sentenceLong: (most) => `请控制在 ${most} 个字符以内。这次还没有决定。`,
  noSuch: "这条推荐已经不在了。",
  decidedBefore: (approved) => `已经有人先处理了：${decided(approved)}这次没有改动。`,
  decisionMade: (approved) =>
    approved
      ? "已通过：现在是一道草稿题，可以用 /content 继续加工。结果会告诉推荐人。"
      : "没有采用。结果会告诉推荐人。",
  next: "下一道推荐题",
  suggestOwn: "我也推荐一道",
  exportButton: "导出已通过的",
  nothingApproved: "没有已通过、还没做成题目的推荐。",
  exported: (count) => `已通过、还没做成题目的推荐共 ${count} 条：`,

  told: (approved, question) =>
    approved
      ? `你推荐的“${question}”通过了，现在是草稿，加工好就会进入题库。`
      : `你推荐的“${question}”这次没有采用。`,
  editorSays: (sentence) => `编辑说：${sentence}`,
  editorsTold: (count) => `有 ${count} 道推荐题等编辑处理，发 /suggest 查看。`,
} satisfies typeof english;
