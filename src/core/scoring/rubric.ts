/** Placeholder until the grader lands: what a grader needs to know of one question. */
export interface CompiledRubric {
  readonly questionId: string;
  readonly hash: string;
}
