import type { Dossier, Dossiers } from "./dossier.ts";

/** More than will ever press at the same moment: each time round somebody's change is kept. */
const TRIES = 200;

/** What a dossier is to become. */
type Change = Pick<Dossier, "text" | "wakeAt">;

/**
 * Changes a dossier, or writes the first one of that id; again from what stands then, where somebody was quicker.
 *
 * @param change what becomes of the dossier as it stands, or of none; null leaves it so. It is called any number of
 * times and has no effects. Its text says who did what (a member, a submission): of two changes to one and the same
 * text only one counts, and a delivery that comes again finds there that it was heard.
 * @returns the dossier as it stands then, null where there is none
 * @throws what `change` throws, such as a Refusal
 */
export const changeDossier = async (
  store: Pick<Dossiers, "dossier" | "keepDossier">,
  { tenant, kind, id }: Pick<Dossier, "tenant" | "kind" | "id">,
  change: (standing: Dossier | null) => Change | null,
): Promise<Dossier | null> => {
  let standing = await store.dossier(tenant, kind, id);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const next = change(standing);
    if (next === null) return standing;
    const { text, wakeAt } = next;
    const revision = (standing?.revision ?? 0) + 1;
    const kept = await store.keepDossier({ tenant, kind, id, revision, text, wakeAt });
    if (kept?.revision === revision && kept.text === text && kept.wakeAt === wakeAt) return kept;
    standing = kept;
  }
  throw new Error(`others were quicker ${TRIES} times in changing the ${kind} ${id}`);
};
