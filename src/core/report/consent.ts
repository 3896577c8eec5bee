import { type MemberId, memberIdSchema, type TenantId } from "#core/ids";
import type { Store } from "#core/ports";

/** Under this the consent to be named among the most improved is kept; the member's id stands behind it. */
const PREFIX = "improved/";
const PAGE = 500;
/** What says that a member agreed; who takes it back has none. */
const AGREED = JSON.stringify({ agreed: true });

export const consentId = (member: MemberId): string => `${PREFIX}${member}`;

type Sources = Pick<Store, "dossier" | "dossiers" | "keepDossier" | "dropDossier">;

/** Whether a member is named where they improve most; nobody is who has not said so. */
export async function setNamedForGain(
  tenant: TenantId,
  member: MemberId,
  named: boolean,
  store: Sources,
): Promise<void> {
  const id = consentId(member);
  if (!named) return store.dropDossier(tenant, "consent", id);
  // The same again changes nothing.
  await store.keepDossier({ tenant, kind: "consent", id, revision: 1, text: AGREED, wakeAt: null });
}

/** Those of the tenant who agreed. */
export async function namedForGain(tenant: TenantId, store: Sources): Promise<ReadonlySet<MemberId>> {
  const agreed = new Set<MemberId>();
  for (let after: string | undefined; ; ) {
    const query = { tenant, kind: "consent" as const, prefix: PREFIX, limit: PAGE };
    const page = await store.dossiers(after === undefined ? query : { ...query, after });
    for (const { id } of page) agreed.add(memberIdSchema.parse(id.slice(PREFIX.length)));
    after = page.at(-1)?.id;
    if (page.length < PAGE || after === undefined) return agreed;
  }
}
