import type { cli as english } from "#core/messages/en/cli";

export const cli = {
  notJson: (empty) => (empty ? "这一行是空的" : "这一行不是 JSON"),
  badId: "id 既不是文本，也不是小于 2^53 的整数",
  noSuchQuestion: (id, suggestion, known) =>
    `没有“${id}”这道题。${suggestion === null ? "" : `你是想写 ${suggestion} 吗？`}现有：${known.join("、")}。`,
  noRubric: (id) => `题目 ${id} 没有评分规则（${id}.rubric.json），评不了分。`,
} satisfies typeof english;
