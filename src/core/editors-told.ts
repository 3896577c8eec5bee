import { knownEditors } from "./editors.ts";
import type { Instant, MemberId, TenantId } from "./ids.ts";
import type { Locale } from "./language.ts";
import { tellMember } from "./member-told.ts";
import { privateReply } from "./reply.ts";
import type { Services } from "./services.ts";

export interface EditorsNews {
  readonly tenant: TenantId;
  /** Who is not told: whose own matter it is. */
  readonly but: MemberId;
  /** One message a day and matter at most. */
  readonly about: "appeal" | "suggestion";
  /** When it came. */
  readonly at: Instant;
  /** What waits, and where it is seen; never whose it is or what it says. */
  readonly text: (locale: Locale) => string;
}

/**
 * Tells every editor that has shown themselves that something waits: alone, since a channel would let everybody guess
 * who appealed.
 */
export async function tellEditors(
  { tenant, but, about, at, text }: EditorsNews,
  services: Pick<Services, "store" | "directMessages">,
): Promise<void> {
  const day = new Date(at).toISOString().slice(0, 10);
  const both = { zh: text("zh"), en: text("en") };
  for (const { member, locale } of await knownEditors(services.store, tenant)) {
    if (member === but) continue;
    const reply = privateReply({ kind: "text", text: both[locale] });
    const key = `editors/${about}/${day}`;
    await tellMember({ tenant, member, locale, key, text: both, reply }, services);
  }
}
