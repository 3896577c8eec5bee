import type { TenantId } from "#core/ids";
import { askedOf, likenessIndex } from "#core/pack/likeness";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import type { Drafting, FoundQuestion, ReadDocument } from "./drafting.ts";
import { type ImportedPack, imported, packIdFor } from "./importing.ts";
import { actingFor, draftsOf, inTurns, putDraft, putPack } from "./keeping.ts";
import { LONGEST_OWNER, packId as packDossier, readDraftPack } from "./pack.ts";
import type { DraftQuestion } from "./question.ts";

/** Larger documents are for the command line. */
const MOST_MEGABYTES = 8;
/** Less alike are two questions on one subject; the five that are in both the source article and the bank have 0.47 and more. */
const LEAST_SHARE = 0.42;

export interface GivenDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What came of an import, for whoever sent the document. */
export interface ImportOutcome extends ImportedPack {
  readonly read: ReadDocument;
  /** All questions of the pack, as they stand now. */
  readonly questions: readonly DraftQuestion[];
}

/** The bytes that a text in base64 stands for. */
export const bytesIn = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** @throws Refusal where editors cannot import here at all */
export function draftingOf({ drafting }: Pick<Services, "drafting">): Drafting {
  if (drafting === undefined) throw new Refusal((say) => say.content.noDrafting);
  return drafting;
}

/** Finds the question that asks the same as a found one: in the bank, or in the pack's other documents. */
function alikeIn(
  { library }: Pick<Services, "library">,
  drafting: Drafting,
  own: readonly DraftQuestion[],
): (found: FoundQuestion) => DraftQuestion["alike"] {
  const ids = new Set(own.map(({ id }) => id));
  const index = likenessIndex(drafting.glossary());
  for (const question of library.questions)
    if (!ids.has(question.id)) index.add(question.id, askedOf(question));
  return ({ title, points }) => {
    const [best] = index.alike({
      titles: [title],
      points: points.flatMap((point) => [point.title, point.statement]),
    });
    return best === undefined || best.share < LEAST_SHARE
      ? null
      : { id: best.id, share: Math.min(1, best.share) };
  };
}

/** The name of a file, whatever path it came with. */
const nameOf = (path: string): string => path.split(/[\\/]/u).at(-1)?.trim().slice(0, 200) || "document.txt";

async function packNow(tenant: TenantId, id: string, { store }: Pick<Services, "store">) {
  const kept = await store.dossier(tenant, "draft", packDossier(id));
  const pack = kept === null ? null : readDraftPack(kept);
  return { pack, questions: pack === null ? [] : await draftsOf(store, tenant, pack) };
}

/**
 * Makes drafts of a document, or brings those up to date that were made of it before. Questions are written first and
 * the pack last: whatever interrupts it, no half pack shows, and the same import again completes it.
 *
 * @throws Refusal that says what is wrong with the document; nothing was kept then
 */
export async function importDocument(
  { name: path, bytes }: GivenDocument,
  owner: string | null,
  request: Request,
  services: Pick<Services, "store" | "clock" | "library" | "drafting">,
): Promise<ImportOutcome> {
  const drafting = draftingOf(services);
  const { tenant } = request;
  if (bytes.byteLength > MOST_MEGABYTES * 1024 * 1024)
    throw new Refusal((say) => say.content.documentTooLarge(MOST_MEGABYTES));
  if ((owner ?? "").length > LONGEST_OWNER)
    throw new Refusal((say) => say.content.ownerTooLong(LONGEST_OWNER));
  const name = nameOf(path);
  const read = await drafting.read(name, bytes);
  const packId = packIdFor(name);
  const { pack, questions } = await packNow(tenant, packId, services);
  const acting = actingFor(request, services.clock);
  const alike = alikeIn(services, drafting, questions);
  const result = imported({ name, read, pack, packId, questions, owner, alike }, acting);
  await inTurns(result.changed, ({ question, again }) => putDraft(services.store, tenant, question, again));
  await putPack(services.store, tenant, result.pack, acting.at);
  const changed = new Map(result.changed.map(({ question }) => [question.id, question]));
  const known = new Map([...questions.map((question) => [question.id, question] as const), ...changed]);
  return { ...result, read, questions: result.pack.questions.flatMap((id) => known.get(id) ?? []) };
}
