export const cli = {
  notJson: (empty: boolean): string => (empty ? "the line is empty" : "the line is not JSON"),
  badId: "id is neither a text nor a whole number below 2^53",
  noSuchQuestion: (id: string, suggestion: string | null, known: readonly string[]): string =>
    `There is no question “${id}”.${suggestion === null ? "" : ` Did you mean ${suggestion}?`} Known: ${known.join(", ")}.`,
  noRubric: (id: string): string =>
    `Question ${id} has no grading rules (${id}.rubric.json) and cannot be scored.`,
  noDataFile: (file: string): string => `There is no data file ${file}.`,
  noRedis: "REHEARSAL_REDIS_URL names no Redis. Set it, or write the address instead of the word redis.",
  noLines: "This moves everything once and takes no lines.",
  moved: (tenants: number, records: number, digest: string): string =>
    `Moved and read back: ${records} records of ${tenants} ${tenants === 1 ? "tenant" : "tenants"}, the same on both sides (${digest}).`,
};
