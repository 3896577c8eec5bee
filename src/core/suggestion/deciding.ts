import { cleanText } from "#core/clean-text";
import { changeDossier } from "#core/dossier-change";
import type { TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { shelve, unshelve } from "#core/shelf";
import {
  LONGEST_SENTENCE,
  questionOf,
  type SuggestedQuestion,
  type SuggestionCase,
  suggestionShelf,
  suggestionText,
} from "./suggestion.ts";

type Found = SuggestionCase<SuggestedQuestion>;

/** @throws Refusal where there is no such suggested question */
export async function findSuggestion(
  id: string,
  tenant: TenantId,
  { store }: Pick<Services, "store">,
): Promise<Found> {
  const kept = await store.dossier(tenant, "suggestion", id.slice(0, 200));
  const found = kept === null ? null : questionOf(kept);
  if (found === null) throw new Refusal((say) => say.suggestion.noSuch);
  return found;
}

/**
 * Approves or declines a suggested question, once: of several who do so at the same moment one is kept.
 *
 * @throws Refusal where somebody has decided it, or a declined one comes without a sentence
 */
export async function decideSuggestion(
  id: string,
  approved: boolean,
  typed: string,
  request: Request,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<Found> {
  const { tenant, member, submission } = request;
  const found = await findSuggestion(id, tenant, { store });
  const sentence = cleanText(typed);
  if (sentence.length > LONGEST_SENTENCE)
    throw new Refusal((say) => say.suggestion.sentenceLong(LONGEST_SENTENCE));
  if (!approved && sentence === "") throw new Refusal((say) => say.suggestion.sayWhy);
  const at = clock.now();
  const decision = { approved, by: member, submission, at, sentence: sentence === "" ? null : sentence };
  if (approved && found.suggestion.decision === null)
    await shelve(store, suggestionShelf(tenant, "approved"), id, at);
  const kept = await changeDossier(store, { tenant, kind: "suggestion", id }, (standing) => {
    const now = standing === null ? null : questionOf(standing);
    if (now === null || now.suggestion.decision !== null) return null;
    return suggestionText({ ...now.suggestion, announced: true, decision });
  });
  const decided = kept === null ? null : questionOf(kept);
  const made = decided?.suggestion.decision ?? null;
  if (decided === null || made === null) throw new Refusal((say) => say.suggestion.noSuch);
  await unshelve(store, suggestionShelf(tenant, "waiting"), id, decided.suggestion.filedAt);
  if (made.by !== member || made.submission !== submission)
    throw new Refusal((say) => say.suggestion.decidedBefore(made.approved));
  return decided;
}
