import type { MemberId, TenantId } from "#core/ids";

/** What an adapter keeps of a member outside of the tenant that they ask in, like where their direct messages belong. */
export interface Elsewhere {
  /** Forgets what belongs to the tenant, and all where nothing else is left. */
  erase(tenant: TenantId, member: MemberId): Promise<void>;
  /** What there is, in words of the adapter's own; null where there is nothing. */
  find(tenant: TenantId, member: MemberId): Promise<unknown>;
}
