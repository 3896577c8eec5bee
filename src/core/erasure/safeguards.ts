import type { Instant, MemberId, TenantId } from "#core/ids";
import type { Allowances } from "#core/limits/allowance";
import type { StoredRecord } from "#core/migration/record";

/**
 * Where what is kept of people is forgotten again: part of the store, with the same promises. Whoever was erased leaves
 * one thing: a digest of their id with the instant, so that what was sent before it and arrives after it stays away.
 */
interface Erasures {
  /**
   * Forgets what is kept under a member's id: answers, days, hints, practice, choices, offers, names, board points; and
   * the id itself where an admin excused a date, or a button holds it. Dossiers and schedules are their owners' affair
   * (`eraseMember` of `erasure/member.ts`). Answers sent up to `at` are refused from now on. Again changes nothing.
   */
  eraseMember(tenant: TenantId, member: MemberId, at: Instant): Promise<void>;
  /**
   * Forgets all of a tenant, its dossiers, schedules and installation included; as `eraseMember` for everybody.
   *
   * @param at null where not even that is to be remembered: of what nothing is sent to
   */
  eraseTenant(tenant: TenantId, at: Instant | null): Promise<void>;
  /** When the member was last erased, alone or with the tenant; null where they never were. */
  erasedAt(tenant: TenantId, member: MemberId): Promise<Instant | null>;
  /** Writes that somebody was erased, unless it is known for the same or a later instant: for what was kept elsewhere before. */
  restoreErased(tenant: TenantId, erased: Erased): Promise<void>;
  /**
   * Empties the texts of a tenant's answers that were sent before an instant, and the quotes in their results; scores and
   * verdicts stay. At most `limit` of them; returns how many.
   */
  forgetTexts(tenant: TenantId, before: Instant, limit: number): Promise<number>;
  /** Has the medium itself let go of what was forgotten: free pages of a file, removed entries of a journal. */
  purge(tenant: TenantId): Promise<void>;
  /**
   * Has the medium write its own log of all that was done anew, without what was purged before `since` by the store's
   * clock. False until that is done: to be asked again in a minute. Absent where there is no such log.
   */
  rewriteLog?(since: Instant): Promise<boolean>;
  /** Everything that is kept of a tenant, rounds before the answers to them; what has ended by `now` is left out. */
  records(tenant: TenantId, now: Instant): AsyncIterable<StoredRecord>;
}

/** What a store does for the safety of those whose things it keeps. */
export interface Safeguards extends Erasures, Allowances {}

/** Who was erased, and when. */
export interface Erased {
  /** A digest of the member's id; empty for the whole tenant. */
  readonly who: string;
  readonly at: Instant;
}
