import { z } from "zod";
import type { Dossiers } from "./dossier.ts";
import { changeDossier } from "./dossier-change.ts";
import { type MemberId, memberIdSchema, type TenantId } from "./ids.ts";
import { type Locale, localeSchema } from "./language.ts";
import type { Request } from "./request.ts";

const editorSchema = z.strictObject({ member: memberIdSchema, locale: localeSchema });
const editorsSchema = z.strictObject({ editors: z.array(editorSchema) });

/** Somebody who may decide, and the language in which they read. */
export interface Editor {
  readonly member: MemberId;
  readonly locale: Locale;
}

/** More hardly share one queue; the ones who looked last stay. */
const MOST_EDITORS = 25;

const ID = "known";

const read = (text: string | undefined): readonly Editor[] =>
  text === undefined ? [] : editorsSchema.parse(JSON.parse(text)).editors;

export const isEditor = ({ role }: Pick<Request, "role">): boolean => role !== "member";

/** The tenant's editors as far as they have shown themselves: no platform tells the bot who has a role. */
export async function knownEditors(store: Dossiers, tenant: TenantId): Promise<readonly Editor[]> {
  return read((await store.dossier(tenant, "editors", ID))?.text);
}

/** Remembers an editor who asked for anything; from then on they hear of what waits for one. */
export async function noteEditor(
  store: Dossiers,
  { tenant, member, locale }: Pick<Request, "tenant" | "member" | "locale">,
): Promise<void> {
  await changeDossier(store, { tenant, kind: "editors", id: ID }, (standing) => {
    const known = read(standing?.text);
    if (known.some((editor) => editor.member === member && editor.locale === locale)) return null;
    const others = known.filter((editor) => editor.member !== member);
    const editors = [...others, { member, locale }].slice(-MOST_EDITORS);
    return { text: JSON.stringify({ editors }), wakeAt: null };
  });
}

/** The list without a member; null where they are not in it. */
export function editorsWithout(text: string, member: MemberId): string | null {
  const known = read(text);
  const editors = known.filter((editor) => editor.member !== member);
  return editors.length === known.length ? null : JSON.stringify({ editors });
}
