import { changeDossier } from "#core/dossier-change";
import type { TenantId } from "#core/ids";
import type { Clock, Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import {
  type DraftIndex,
  type DraftPack,
  INDEX,
  MOST_PACKS,
  packId,
  packText,
  readDraftPack,
  readIndex,
} from "./pack.ts";
import { type DraftQuestion, draftText, questionId, readDraft } from "./question.ts";
import type { Acting } from "./versions.ts";

type Kept = Pick<Store, "dossier" | "keepDossier" | "dossiers" | "dropDossier">;

const KIND = "draft" as const;
/** As many as are read or written at a time. */
const AT_A_TIME = 32;

export const actingFor = (request: Request, clock: Clock): Acting => ({
  by: request.member,
  at: clock.now(),
  submission: request.submission,
});

/** Does something with each item, some at a time, in order. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_A_TIME)
    results.push(...(await Promise.all(items.slice(at, at + AT_A_TIME).map(act))));
  return results;
}

export const readPacks = async (store: Kept, tenant: TenantId): Promise<DraftIndex> =>
  readIndex(await store.dossier(tenant, KIND, INDEX));

/** @throws Refusal where the tenant has no such pack */
export async function findPack(store: Kept, tenant: TenantId, id: string): Promise<DraftPack> {
  const kept = await store.dossier(tenant, KIND, packId(id.slice(0, 40)));
  if (kept === null) throw new Refusal((say) => say.content.noSuchPack);
  return readDraftPack(kept);
}

/** @throws Refusal where the tenant has no such question */
export async function findDraft(store: Kept, tenant: TenantId, id: string): Promise<DraftQuestion> {
  const kept = await store.dossier(tenant, KIND, questionId(id.slice(0, 40)));
  if (kept === null) throw new Refusal((say) => say.content.noSuchQuestion);
  return readDraft(kept);
}

/** The questions of a pack in its order. */
export async function draftsOf(
  store: Kept,
  tenant: TenantId,
  { questions }: Pick<DraftPack, "questions">,
): Promise<readonly DraftQuestion[]> {
  const kept = await inTurns(questions, (id) => store.dossier(tenant, KIND, questionId(id)));
  return kept.flatMap((dossier) => (dossier === null ? [] : [readDraft(dossier)]));
}

/**
 * Changes a question as it stands.
 *
 * @throws Refusal where there is none, and what `change` throws
 */
export async function changeDraft(
  store: Kept,
  tenant: TenantId,
  id: string,
  change: (question: DraftQuestion) => DraftQuestion,
): Promise<DraftQuestion> {
  const kept = await changeDossier(store, { tenant, kind: KIND, id: questionId(id) }, (standing) => {
    if (standing === null) return null;
    const before = readDraft(standing);
    const next = change(before);
    return next === before ? null : draftText(next);
  });
  if (kept === null) throw new Refusal((say) => say.content.noSuchQuestion);
  return readDraft(kept);
}

/** Writes a question that is new, or changes the one that stands there. */
export const putDraft = async (
  store: Kept,
  tenant: TenantId,
  question: DraftQuestion,
  change: (now: DraftQuestion) => DraftQuestion,
): Promise<void> => {
  await changeDossier(store, { tenant, kind: KIND, id: questionId(question.id) }, (standing) => {
    if (standing === null) return draftText(question);
    const before = readDraft(standing);
    const next = change(before);
    return next === before ? null : draftText(next);
  });
};

/** @throws Refusal where there is no such pack, and what `change` throws */
export async function changePack(
  store: Kept,
  tenant: TenantId,
  id: string,
  change: (pack: DraftPack) => DraftPack,
): Promise<DraftPack> {
  const kept = await changeDossier(store, { tenant, kind: KIND, id: packId(id) }, (standing) => {
    if (standing === null) return null;
    const next = packText(change(readDraftPack(standing)));
    return next.text === standing.text ? null : next;
  });
  if (kept === null) throw new Refusal((say) => say.content.noSuchPack);
  return readDraftPack(kept);
}

/** Writes a pack, and has it listed. Last of an import: what was interrupted before shows nowhere. */
export async function putPack(store: Kept, tenant: TenantId, pack: DraftPack, at: number): Promise<void> {
  await changeDossier(store, { tenant, kind: KIND, id: packId(pack.id) }, (standing) => {
    const next = packText(pack);
    return standing?.text === next.text ? null : next;
  });
  const { id, title } = pack;
  await changeIndex(store, tenant, (index) => {
    if (index.packs.some((entry) => entry.id === id)) return index;
    if (index.packs.length >= MOST_PACKS) throw new Refusal((say) => say.content.tooManyPacks(MOST_PACKS));
    return { ...index, packs: [...index.packs, { id, title, at }] };
  });
}

export async function changeIndex(
  store: Kept,
  tenant: TenantId,
  change: (index: DraftIndex) => DraftIndex,
): Promise<void> {
  await changeDossier(store, { tenant, kind: KIND, id: INDEX }, (standing) => {
    const before = readIndex(standing);
    const next = change(before);
    return next === before ? null : { text: JSON.stringify(next), wakeAt: null };
  });
}
