import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import {
  type ChannelId,
  channelIdSchema,
  type Instant,
  instantSchema,
  studyDateSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import { type Claim, type Lease, leased } from "#core/schedule/lease";
import {
  type FinalPostState,
  type FinalRevealState,
  isUnsettled,
  type PostKey,
  type PostRecord,
  postStateSchema,
  revealStateSchema,
  type SkipReason,
} from "#core/schedule/post-record";
import { fromColumn, toColumn } from "./columns.ts";

const rowSchema = z
  .object({
    tenant: fromColumn.pipe(tenantIdSchema),
    channel: fromColumn.pipe(channelIdSchema),
    date: studyDateSchema,
    due_at: instantSchema,
    post: fromColumn.pipe(postStateSchema),
    reveal: fromColumn.pipe(revealStateSchema).nullable(),
  })
  .transform(({ due_at: dueAt, ...row }): PostRecord => ({ ...row, dueAt }));

/** The post records. Every write is called inside a transaction. */
export const postRecordsTable = (database: DatabaseSync) => {
  const byKey = database.prepare("SELECT * FROM post_records WHERE tenant = ? AND channel = ? AND date = ?");
  const replace = database.prepare(
    "INSERT OR REPLACE INTO post_records (tenant, channel, date, due_at, post, reveal, unsettled) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const newest = database.prepare(
    "SELECT * FROM post_records WHERE tenant = ? AND channel = ? ORDER BY date DESC LIMIT ?",
  );
  const unsettled = database.prepare(
    "SELECT * FROM post_records WHERE tenant = ? AND channel = ? AND unsettled = 1 ORDER BY date",
  );

  const find = ({ tenant, channel, date }: PostKey): PostRecord | null => {
    const row = byKey.get(toColumn(tenant), toColumn(channel), date);
    return row === undefined ? null : rowSchema.parse(row);
  };

  const keep = (record: PostRecord): PostRecord => {
    replace.run(
      toColumn(record.tenant),
      toColumn(record.channel),
      record.date,
      record.dueAt,
      JSON.stringify(record.post),
      record.reveal === null ? null : JSON.stringify(record.reveal),
      isUnsettled(record) ? 1 : 0,
    );
    return record;
  };

  return {
    claim: ({ tenant, channel, date }: PostKey, dueAt: Instant, lease: Lease): Claim => {
      const record = find({ tenant, channel, date });
      if (record !== null && record.post.kind !== "intent") return { outcome: "final", record };
      const post = leased(record?.post.kind === "intent" ? record.post : null, lease);
      if (post === null && record !== null) return { outcome: "held", record };
      if (post === null) throw new Error("a post that nobody holds could not be claimed");
      const claimed = record === null ? { tenant, channel, date, dueAt, reveal: null } : record;
      return { outcome: "claimed", record: keep({ ...claimed, post }) };
    },

    finish: (key: PostKey, token: string, post: FinalPostState): PostRecord | null => {
      const record = find(key);
      if (record?.post.kind !== "intent" || record.post.token !== token) return record;
      return keep({ ...record, post });
    },

    skip: ({ tenant, channel, date }: PostKey, dueAt: Instant, reason: SkipReason, at: Instant): PostRecord =>
      find({ tenant, channel, date }) ??
      keep({ tenant, channel, date, dueAt, post: { kind: "skipped", reason, at }, reveal: null }),

    claimReveal: (key: PostKey, lease: Lease): Claim | null => {
      const record = find(key);
      if (record === null) return null;
      const { post, reveal: before } = record;
      if (post.kind !== "sent" || (before !== null && before.kind !== "intent"))
        return { outcome: "final", record };
      const reveal = leased(before, lease);
      if (reveal === null) return { outcome: "held", record };
      return { outcome: "claimed", record: keep({ ...record, reveal }) };
    },

    finishReveal: (key: PostKey, token: string, reveal: FinalRevealState): PostRecord | null => {
      const record = find(key);
      if (record?.reveal?.kind !== "intent" || record.reveal.token !== token) return record;
      return keep({ ...record, reveal });
    },

    newest: (tenant: TenantId, channel: ChannelId, limit: number): PostRecord[] =>
      newest.all(toColumn(tenant), toColumn(channel), limit).map((row) => rowSchema.parse(row)),

    unsettled: (tenant: TenantId, channel: ChannelId): PostRecord[] =>
      unsettled.all(toColumn(tenant), toColumn(channel)).map((row) => rowSchema.parse(row)),
  };
};
