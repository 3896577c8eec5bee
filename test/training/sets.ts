/** Answers to questions of imported documents that the grader of drafts is learnt from; the others are only measured. */
export const SETS = [
  "fine-tuning",
  "rag",
  "kalyan-2",
  "parallel",
  "kalyan",
  "serving",
  "pretraining",
  "retrieval",
  "stability",
] as const;
