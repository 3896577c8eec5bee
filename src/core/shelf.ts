import type { Dossier, DossierKind, Dossiers } from "./dossier.ts";
import type { Instant, TenantId } from "./ids.ts";

/** A pile of a tenant's dossiers of one kind, like those that wait for an editor, in the order in which they came. */
export interface Shelf {
  readonly tenant: TenantId;
  readonly kind: DossierKind;
  readonly name: "waiting" | "approved";
}

/** Digits of an instant up to the year 5138, so that ids are in the order of time. */
const DIGITS = 14;

const slipId = ({ name }: Shelf, id: string, at: Instant): string =>
  `${name}/${String(at).padStart(DIGITS, "0")}/${id}`;

/**
 * Puts a slip with a dossier's id on a shelf. Before the dossier is written: a process that dies in between leaves a
 * slip without a dossier, which is passed over, and never a dossier that nobody finds.
 */
export async function shelve(store: Dossiers, shelf: Shelf, id: string, at: Instant): Promise<void> {
  const { tenant, kind } = shelf;
  await store.keepDossier({ tenant, kind, id: slipId(shelf, id, at), revision: 1, text: id, wakeAt: null });
}

export async function unshelve(store: Dossiers, shelf: Shelf, id: string, at: Instant): Promise<void> {
  await store.dropDossier(shelf.tenant, shelf.kind, slipId(shelf, id, at));
}

/** As many slips as are read at a time. */
const SLIPS_READ = 100;

/**
 * The dossiers of a shelf, the oldest first.
 *
 * @param belongs whether a dossier still lies there; the slip of one that does not is thrown away
 */
export async function onShelf(
  store: Dossiers,
  { tenant, kind, name }: Shelf,
  limit: number,
  belongs: (dossier: Dossier) => boolean,
): Promise<readonly Dossier[]> {
  // Two who wrote the same dossier at once may each have left a slip.
  const found = new Map<string, Dossier>();
  const prefix = `${name}/`;
  let after: string | undefined;
  while (found.size < limit) {
    const from = after === undefined ? {} : { after };
    const slips = await store.dossiers({ tenant, kind, prefix, ...from, limit: SLIPS_READ });
    for (const slip of slips) {
      const dossier = await store.dossier(tenant, kind, slip.text);
      if (dossier === null) continue;
      if (belongs(dossier)) found.set(dossier.id, dossier);
      else await store.dropDossier(tenant, kind, slip.id);
    }
    after = slips.at(-1)?.id;
    if (slips.length < SLIPS_READ || after === undefined) break;
  }
  return [...found.values()].slice(0, limit);
}
