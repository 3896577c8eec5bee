import type { TenantId } from "#core/ids";
import { type Pack, packSchema } from "#core/pack/question";
import { Refusal } from "#core/refusal";
import type { Services } from "#core/services";
import type { Drafting } from "./drafting.ts";
import { draftsOf, findPack, inTurns } from "./keeping.ts";
import { built } from "./publishing.ts";
import { isApproved } from "./question.ts";

/** A pack as the files of a folder, each with its name: what the loader of content reads. */
export interface ExportedPack {
  readonly id: string;
  readonly questions: number;
  readonly files: Readonly<Record<string, unknown>>;
}

const NO_FILE = "0".repeat(64);

/**
 * A pack with all its questions that can be graded: those that are approved as reviewed, the others as drafts.
 *
 * @throws Refusal where there is none
 */
export async function exportPack(
  tenant: TenantId,
  id: string,
  { store, drafting }: Pick<Services, "store"> & { readonly drafting: Drafting },
): Promise<ExportedPack> {
  const pack = await findPack(store, tenant, id);
  const drafts = (await draftsOf(store, tenant, pack)).filter(({ content }) => content.points.length > 0);
  if (drafts.length === 0) throw new Refusal((say) => say.content.nothingToExport);
  const files = await inTurns(drafts, async (draft) => {
    const { question, rubric } = await built(draft, pack, drafting);
    const status = isApproved(draft) ? "reviewed" : "draft";
    return [
      [`${draft.id}.json`, { ...question, status }] as const,
      [`${draft.id}.rubric.json`, rubric] as const,
    ];
  });
  const owner = pack.owner === null ? {} : { note: { zh: pack.owner, en: pack.owner } };
  const documents: Pack["documents"] = [
    ...pack.documents.map(({ id: document, name, sha256 }) => ({
      id: document,
      title: name,
      sha256,
      ...owner,
    })),
    ...(drafts.some(({ document }) => document === null)
      ? [{ id: pack.id, title: pack.title.en, sha256: NO_FILE, ...owner }]
      : []),
  ];
  const head = packSchema.parse({
    schema: 1,
    id: pack.id,
    title: pack.title,
    documents,
    topics: { [pack.id]: pack.title },
    questions: drafts.map((draft) => draft.id),
  });
  return {
    id: pack.id,
    questions: drafts.length,
    files: { "pack.json": head, ...Object.fromEntries(files.flat()) },
  };
}
