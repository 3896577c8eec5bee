import type { cli as english } from "#core/messages/en/cli";

export const cli = {
  notJson: (empty) => (empty ? "这一行是空的" : "这一行不是 JSON"),
  badId: "id 既不是文本，也不是小于 2^53 的整数",
  noSuchQuestion: (id, suggestion, known) =>
    `没有“${id}”这道题。${suggestion === null ? "" : `你是想写 ${suggestion} 吗？`}现有：${known.join("、")}。`,
  noRubric: (id) => `题目 ${id} 没有评分规则（${id}.rubric.json），评不了分。`,
  noDataFile: (file) => `没有 ${file} 这个数据文件。`,
  noRedis: "REHEARSAL_REDIS_URL 没有设置。请设上它，或者不写 redis，直接写地址。",
  noLines: "迁移是一次全部搬完，不按行处理。",
  moved: (tenants, records, digest) =>
    `搬完并核对过了：${tenants} 个租户，共 ${records} 条记录，两边一致（${digest}）。`,
} satisfies typeof english;
