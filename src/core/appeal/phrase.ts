import { fingerprint } from "#core/fingerprint";
import type { TenantId } from "#core/ids";
import type { Services } from "#core/services";
import { shelve } from "#core/shelf";
import {
  languageOf,
  type SuggestedPhrase,
  suggestionShelf,
  suggestionText,
} from "#core/suggestion/suggestion";
import type { AppealCase } from "./appeal.ts";
import { judgedAnswer } from "./finding.ts";

/** Longer is no wording of one point but a whole answer. */
const LONGEST_PHRASE = 160;

/**
 * The words that a decided appeal turned on: those that the member pointed at, else the only stretch that the answer
 * rests on now, else all of an answer that is short. Null where they are too long to be a wording.
 */
async function phraseOf(
  tenant: TenantId,
  { appeal }: AppealCase,
  services: Pick<Services, "store">,
): Promise<string | null> {
  const attempt = await judgedAnswer({ ...appeal, tenant }, services);
  const evidence = attempt?.result?.points.find(({ id }) => id === appeal.point)?.evidence ?? [];
  const phrase = appeal.words ?? evidence[0]?.quote ?? null;
  return phrase === null || phrase.length > LONGEST_PHRASE ? null : phrase;
}

/** The suggestion that the words of an appeal become, where they do. */
export const phraseId = (appeal: string): string => fingerprint(["phrase", appeal]);

/** Offers the words of an upheld appeal for the rubric: whoever looks after the questions may take them up. */
export async function suggestPhrase(
  tenant: TenantId,
  found: AppealCase,
  { store }: Pick<Services, "store">,
): Promise<void> {
  const { id: appeal, appeal: upheld } = found;
  const { decision } = upheld;
  if (decision === null || decision.ruling === "declined") return;
  const phrase = await phraseOf(tenant, found, { store });
  if (phrase === null) return;
  const id = phraseId(appeal);
  if ((await store.dossier(tenant, "suggestion", id)) !== null) return;
  const suggestion: SuggestedPhrase = {
    type: "phrase",
    language: languageOf(phrase),
    question: upheld.question,
    point: upheld.point,
    verdict: decision.ruling,
    phrase,
    appeal,
    approvedBy: decision.by,
    approvedAt: decision.at,
    takenUp: null,
  };
  await shelve(store, suggestionShelf(tenant, "approved"), id, decision.at);
  await store.keepDossier({ tenant, kind: "suggestion", id, revision: 1, ...suggestionText(suggestion) });
}
