import { createHash } from "node:crypto";
import type { MemberId, TenantId } from "#core/ids";

/** What stands for a member whose id is to be known no more: the same in every store. */
export const digestOf = (tenant: TenantId, member: MemberId): string =>
  createHash("sha256")
    .update(JSON.stringify([tenant, member]))
    .digest("base64url")
    .slice(0, 22);

/** In its place where all of a tenant was erased. */
export const WHOLE_TENANT = "";
