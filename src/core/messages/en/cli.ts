export const cli = {
  notJson: (empty: boolean): string => (empty ? "the line is empty" : "the line is not JSON"),
  noSuchQuestion: (id: string, suggestion: string | null, known: readonly string[]): string =>
    `There is no question “${id}”.${suggestion === null ? "" : ` Did you mean ${suggestion}?`} Known: ${known.join(", ")}.`,
  noRubric: (id: string): string =>
    `Question ${id} has no grading rules (${id}.rubric.json) and cannot be scored.`,
};
