import type { TenantId } from "#core/ids";
import type { Bilingual } from "#core/language";
import type { CompiledRubric } from "#core/scoring/rubric";
import type { Question, SourceDocument } from "./question.ts";

/** The questions that loaded, ready to be asked and graded. */
export interface Library {
  /** Reviewed questions in pack order: what may be scheduled. */
  readonly questions: readonly Question[];
  /** A question by its id; drafts can be found here too, so that their author can try them. */
  question(id: string): Question | undefined;
  /** How a question's answers are judged; undefined for an unknown id and for a draft without rules. */
  rubric(id: string): CompiledRubric | undefined;
  /** A topic as people read it. */
  topic(id: string): Bilingual | undefined;
  /** The document that a key point's `source.document` names. */
  document(id: string): SourceDocument | undefined;
  /** The same with what a tenant has published itself; absent where nobody publishes. */
  readonly of?: (tenant: TenantId) => Promise<Library>;
  /** What a tenant has published is another thing now: it is read anew. */
  readonly renew?: (tenant: TenantId) => void;
}

/** What works with questions, for one tenant: with those that it has published itself. */
export async function inTenant<Parts extends { readonly library: Pick<Library, "of"> }>(
  tenant: TenantId,
  parts: Parts,
): Promise<Parts> {
  const { of } = parts.library;
  return of === undefined ? parts : { ...parts, library: await of(tenant) };
}
