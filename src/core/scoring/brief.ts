import type { MemberId, TenantId } from "#core/ids";
import type { Question } from "#core/pack/question";
import { hideDecoy } from "./decoys.ts";
import type { BriefedPoint, JudgeBrief } from "./judge.ts";
import { type Normalised, normalise } from "./normalise.ts";
import type { CompiledRubric } from "./rubric.ts";

/** UTF-16 units of an answer that a judge reads: a long interview answer, and a bound on what a call costs. */
const READ_BY_JUDGE = 1_500;

/** A brief and what is needed to check the reply to it. */
export interface Briefing {
  readonly brief: JudgeBrief;
  /** The id of the point that no answer makes. */
  readonly decoy: string;
  readonly normalised: Normalised;
  /** Where in the raw answer the judge's reading ended. */
  readonly readTo: number;
}

/** How one place of the answer was written. Mark-up, and what it hides, is longer than a letter and read as one. */
function written(raw: string, read: string): string {
  if (read === " " || read === "\n") return /^[-\u2010-\u2015]$/.test(raw) ? raw : read;
  return raw.length > 2 ? read : raw;
}

/** The raw answer without what a person does not see, cut at a bound. */
function visible(raw: string, { text, starts, ends }: Normalised): { text: string; readTo: number } {
  let seen = "";
  let readTo = 0;
  for (let at = 0; at < text.length; at += 1) {
    const start = starts[at] ?? 0;
    const end = ends[at] ?? 0;
    // Several units come from one raw place, like the two letters of ㎆.
    if (at > 0 && start === starts[at - 1] && end === ends[at - 1]) continue;
    const piece = written(raw.slice(start, end), text.charAt(at));
    if (seen.length + piece.length > READ_BY_JUDGE) return { text: seen, readTo };
    seen += piece;
    readTo = end;
  }
  return { text: seen, readTo: raw.length };
}

/** What a judge is to read of an answer to a question. */
export function briefFor(
  answer: string,
  question: Question,
  rubric: CompiledRubric,
  { tenant, member }: { readonly tenant: TenantId; readonly member: MemberId },
): Briefing {
  const normalised = normalise(answer);
  const points = rubric.points.map(({ id, enough }): BriefedPoint => {
    const point = question.points.find((candidate) => candidate.id === id);
    if (point === undefined) throw new Error(`question ${question.id} lacks the point ${id} of its rubric`);
    const { statement, erratum } = point;
    return { id, statement, enough, ...(erratum === undefined ? {} : { erratum }) };
  });
  const reads = normalised.text.trim();
  const hidden = hideDecoy(points, [rubric.hash, reads]);
  const { text, readTo } = visible(answer, normalised);
  return {
    brief: {
      tenant,
      member,
      rubricHash: rubric.hash,
      question: question.text,
      points: hidden.points,
      text,
      normalised: reads,
    },
    decoy: hidden.decoy,
    normalised,
    readTo,
  };
}
