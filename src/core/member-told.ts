import { fingerprint } from "./fingerprint.ts";
import type { MemberId, TenantId } from "./ids.ts";
import { leaveNote } from "./inbox.ts";
import type { Bilingual, Locale } from "./language.ts";
import type { Reply } from "./reply.ts";
import type { Services } from "./services.ts";

/** Something that a member is told once. */
export interface News {
  readonly tenant: TenantId;
  readonly member: MemberId;
  readonly locale: Locale;
  /** No other news of the member's has it. */
  readonly key: string;
  /** All of it in words, for the next command of a member who takes no direct messages. */
  readonly text: Bilingual;
  /** The same as a direct message. */
  readonly reply: Reply;
}

/** Tells a member by a direct message, or with the reply to their next command. Again with the same key is once. */
export async function tellMember(
  { tenant, member, locale, key, text, reply }: News,
  { store, directMessages }: Pick<Services, "store" | "directMessages">,
): Promise<void> {
  const name = `${key.slice(0, 100)}/${fingerprint([member])}`;
  const outcome = (await directMessages?.send(tenant, member, reply, name, locale)) ?? "not-taken";
  if (outcome === "not-taken") await leaveNote(store, tenant, member, { key: name, text });
}
