import { changeDossier } from "#core/dossier-change";
import type { TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import { compileRubric } from "#core/scoring/rubric";
import type { Services } from "#core/services";
import { questionOf, rulesOf } from "./building.ts";
import type { Drafting } from "./drafting.ts";
import { changeDraft, changeIndex, draftsOf, findPack, inTurns } from "./keeping.ts";
import { type LiveQuestion, liveId, liveText, readLive } from "./live.ts";
import type { DraftPack } from "./pack.ts";
import { contentVersion, type DraftQuestion, isAhead, isApproved, isLive } from "./question.ts";
import { type Acting, recorded } from "./versions.ts";

type Parts = Pick<Services, "store" | "library"> & { readonly drafting: Drafting };

/** What is asked of a draft, and by what rules it is graded. */
export async function built(draft: DraftQuestion, pack: DraftPack, drafting: Drafting) {
  const question = questionOf(draft, pack.id);
  const rubric = await rulesOf(draft, drafting);
  return { question, rubric };
}

/** Whether a question is ready and members are not asked it as it stands. */
export const isPublishable = (draft: DraftQuestion): boolean =>
  isApproved(draft) && (!isLive(draft) || isAhead(draft));

async function putLive(tenant: TenantId, live: LiveQuestion, { store }: Pick<Parts, "store">): Promise<void> {
  await changeDossier(store, { tenant, kind: "draft", id: liveId(live.question.id) }, (standing) => {
    const next = liveText(live);
    return standing?.text === next.text ? null : next;
  });
}

/** All processes read a tenant's questions anew after this; this one at once. */
async function announce(
  tenant: TenantId,
  { store, library }: Pick<Parts, "store" | "library">,
): Promise<void> {
  await changeIndex(store, tenant, (index) => ({ ...index, published: index.published + 1 }));
  library.renew?.(tenant);
}

async function publishOne(
  tenant: TenantId,
  draft: DraftQuestion,
  pack: DraftPack,
  acting: Acting,
  parts: Parts,
): Promise<void> {
  const { drafting, store } = parts;
  const { question, rubric } = await built(draft, pack, drafting);
  // What cannot be graded must not reach members: this throws before anything is written.
  compileRubric(question, rubric, drafting.glossary());
  const document = pack.documents.find(({ id }) => id === draft.document);
  const version = contentVersion(draft);
  await putLive(
    tenant,
    {
      schema: 1,
      pack: pack.id,
      place: Math.max(0, pack.questions.indexOf(draft.id)),
      asked: true,
      version,
      at: acting.at,
      by: acting.by,
      question,
      rubric,
      topic: pack.title,
      document: {
        id: document?.id ?? pack.id,
        title: document?.name ?? pack.title.en,
        sha256: document?.sha256 ?? "0".repeat(64),
        owner: pack.owner ?? "",
      },
    },
    { store },
  );
  await changeDraft(store, tenant, draft.id, (now) =>
    recorded({ ...now, published: { version, asked: true } }, now, "publish", acting),
  );
}

export interface Published {
  readonly published: number;
  /** Those that nobody has approved in full. */
  readonly waiting: number;
  /** Those without an answer. */
  readonly unscorable: number;
}

/**
 * Has members asked every approved question of a pack, or one of them; what is not approved stays a draft.
 *
 * @throws Refusal where nobody has said whose document it is, or nothing is ready
 */
export async function publish(
  tenant: TenantId,
  packId: string,
  only: string | null,
  acting: Acting,
  parts: Parts,
): Promise<Published> {
  const pack = await findPack(parts.store, tenant, packId);
  if (pack.owner === null) throw new Refusal((say) => say.content.ownerMissing);
  const drafts = (await draftsOf(parts.store, tenant, pack)).filter(({ id }) => only === null || only === id);
  const ready = drafts.filter(isPublishable);
  const waiting = drafts.filter((draft) => draft.content.points.length > 0 && !isApproved(draft)).length;
  const unscorable = drafts.filter(({ content }) => content.points.length === 0).length;
  if (ready.length === 0)
    throw new Refusal((say) =>
      waiting > 0 ? say.content.approveFirst(waiting) : say.content.nothingToPublish,
    );
  await inTurns(ready, (draft) => publishOne(tenant, draft, pack, acting, parts));
  await announce(tenant, parts);
  return { published: ready.length, waiting, unscorable };
}

/**
 * Has members asked a pack's questions no more, or one of them; what they answered stays readable.
 *
 * @returns how many were asked before
 */
export async function unpublish(
  tenant: TenantId,
  packId: string,
  only: string | null,
  acting: Acting,
  parts: Pick<Parts, "store" | "library">,
): Promise<number> {
  const { store } = parts;
  const pack = await findPack(store, tenant, packId);
  const drafts = (await draftsOf(store, tenant, pack)).filter(
    (draft) => isLive(draft) && (only === null || only === draft.id),
  );
  if (drafts.length === 0) throw new Refusal((say) => say.content.nothingPublished);
  await inTurns(drafts, async ({ id }) => {
    await changeDossier(store, { tenant, kind: "draft", id: liveId(id) }, (standing) =>
      standing === null ? null : liveText({ ...readLive(standing), asked: false }),
    );
    await changeDraft(store, tenant, id, (now) =>
      now.published === null
        ? now
        : recorded({ ...now, published: { ...now.published, asked: false } }, now, "unpublish", acting),
    );
  });
  await announce(tenant, parts);
  return drafts.length;
}
