import { fingerprint } from "#core/fingerprint";
import type { TenantId } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import {
  approvedSuggestions,
  type SuggestedPhrase,
  type SuggestedQuestion,
  type SuggestionCase,
  takeUpSuggestion,
} from "#core/suggestion/suggestion";
import { packIdFor } from "./importing.ts";
import { actingFor, putDraft, putPack } from "./keeping.ts";
import { newQuestion } from "./new-question.ts";
import { type DraftPack, packId, readDraftPack } from "./pack.ts";
import type { DraftQuestion } from "./question.ts";
import { addedPoint } from "./shaping.ts";
import type { Acting } from "./versions.ts";

const MOST_TAKEN = 100;

/** The pack that suggested questions go into; no file can have this name. */
const SUGGESTED = "suggested by members/";

type Waiting = SuggestionCase<SuggestedQuestion>;

/** Approved questions of members that nobody has made a draft of. */
export async function waitingSuggestions(
  tenant: TenantId,
  { store }: Pick<Services, "store">,
): Promise<readonly Waiting[]> {
  const approved = await approvedSuggestions(store, tenant, MOST_TAKEN);
  return approved.flatMap(({ id, suggestion }) =>
    suggestion.type === "question" && suggestion.decision?.approved === true ? [{ id, suggestion }] : [],
  );
}

/** Wordings that upheld appeals have brought, of one question. */
export async function waitingPhrases(
  tenant: TenantId,
  question: string,
  { store }: Pick<Services, "store">,
): Promise<readonly SuggestionCase<SuggestedPhrase>[]> {
  const approved = await approvedSuggestions(store, tenant, MOST_TAKEN);
  return approved.flatMap(({ id, suggestion }) =>
    suggestion.type === "phrase" && suggestion.question === question ? [{ id, suggestion }] : [],
  );
}

function draftOf({ id: suggested, suggestion }: Waiting, pack: string, acting: Acting): DraftQuestion {
  const id = `own-${fingerprint(["suggested", suggested]).slice(0, 10)}`;
  const points = suggestion.points.map((statement, at) => ({
    ...addedPoint(`${id}-${at + 1}`, "", statement),
    edited: [],
    approved: false,
  }));
  const source = suggestion.source === null ? [] : [suggestion.source];
  return newQuestion(
    { id, pack, document: null, lines: null, source, title: suggestion.text },
    points,
    acting,
  );
}

/**
 * Makes drafts of the approved suggestions, in a pack of their own. Twice is as good as once.
 *
 * @returns how many, and the pack
 */
export async function takeSuggestions(
  request: Request,
  services: Pick<Services, "store" | "clock">,
): Promise<{ readonly taken: number; readonly pack: string }> {
  const { store, clock } = services;
  const { tenant, member } = request;
  const acting = actingFor(request, clock);
  const id = packIdFor(SUGGESTED);
  const waiting = await waitingSuggestions(tenant, services);
  if (waiting.length === 0) return { taken: 0, pack: id };
  const drafts = waiting.map((one) => draftOf(one, id, acting));
  for (const draft of drafts) await putDraft(store, tenant, draft, (now) => now);
  const standing = await store.dossier(tenant, "draft", packId(id));
  const before = standing === null ? null : readDraftPack(standing);
  const title = { zh: messagesFor("zh").content.suggestedPack, en: messagesFor("en").content.suggestedPack };
  const pack: DraftPack = {
    schema: 1,
    id,
    title,
    owner: before?.owner ?? null,
    documents: [],
    questions: [...new Set([...(before?.questions ?? []), ...drafts.map((draft) => draft.id)])],
  };
  await putPack(store, tenant, pack, acting.at);
  for (const one of waiting) await takeUpSuggestion(store, tenant, one.id, member, acting.at);
  return { taken: waiting.length, pack: id };
}
