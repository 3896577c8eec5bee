import { createHash } from "node:crypto";
import type { TenantId } from "#core/ids";
import { recordText, type StoreContents } from "#core/migration/record";
import { restoreInto } from "#core/migration/restore";
import type { Store } from "#core/ports";

/** How many records are written at once. */
const AT_ONCE = 200;

/** Where records come from: a store, or a file that was made of one. */
type Records = Pick<StoreContents, "records">;

interface Sum {
  readonly records: number;
  readonly digest: string;
}

/** Counts what is kept of a tenant and digests it, in whatever order it comes. */
const sumOf = async (contents: Records, tenant: TenantId, now: number): Promise<Sum> => {
  const digests: string[] = [];
  for await (const record of contents.records(tenant, now))
    digests.push(createHash("sha256").update(recordText(record)).digest("hex"));
  const digest = createHash("sha256").update(digests.toSorted().join("\n")).digest("hex");
  return { records: digests.length, digest };
};

export const copyTenant = async (from: Records, to: Store, tenant: TenantId, now: number): Promise<void> => {
  const restore = restoreInto(to, tenant, now);
  let group: Promise<void>[] = [];
  let kind = "";
  for await (const record of from.records(tenant, now)) {
    // A kind is written whole before the next; rounds, hints and posts one after the other: their order counts.
    const isOrdered = record.kind === "round" || record.kind === "hint" || record.kind === "post";
    if (group.length >= AT_ONCE || record.kind !== kind || isOrdered) {
      await Promise.all(group);
      group = [];
    }
    kind = record.kind;
    group.push(restore(record));
  }
  await Promise.all(group);
};

export interface Moved {
  readonly tenants: number;
  readonly records: number;
  /** Of every tenant's digest, the same on both sides. */
  readonly digest: string;
}

/**
 * Compares what arrived with what was read.
 *
 * @returns null where anything differs
 */
export const compare = async (
  source: Records,
  arrived: Records,
  tenants: readonly TenantId[],
  now: number,
): Promise<Moved | null> => {
  const whole = createHash("sha256");
  let records = 0;
  for (const tenant of tenants) {
    const sent = await sumOf(source, tenant, now);
    const got = await sumOf(arrived, tenant, now);
    if (sent.digest !== got.digest || sent.records !== got.records) return null;
    whole.update(sent.digest);
    records += sent.records;
  }
  return { tenants: tenants.length, records, digest: whole.digest("hex") };
};
