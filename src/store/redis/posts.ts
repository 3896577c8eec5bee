import { z } from "zod";
import type { ChannelId, Instant, TenantId } from "#core/ids";
import { type Claim, type Lease, leased } from "#core/schedule/lease";
import {
  type FinalPostState,
  type FinalRevealState,
  isUnsettled,
  type PostKey,
  type PostRecord,
  postRecordSchema,
  type SkipReason,
} from "#core/schedule/post-record";
import type { Effects } from "./effects.ts";
import { tenantKeys, toPart } from "./keys.ts";
import { dayNumber, jsonSchema, textsSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";

const recordSchema = jsonSchema.pipe(postRecordSchema);

interface Decision<Result> {
  /** The record as it is to stand, or null where nothing changes. */
  readonly next: PostRecord | null;
  readonly result: Result;
}

/** The post records. What becomes of one is decided here, by the core's rules, and kept only if nobody decided meanwhile. */
export const postsIn = (server: RedisServer, effects: Effects) => {
  const standing = ({ tenant, channel, date }: PostKey): Promise<string | null> =>
    server.ask((client) => client.hget(tenantKeys(tenant).posts(channel), date));

  /** Decides from the record as it stands, again where another was quicker. */
  const change = async <Result>(
    { tenant, channel, date }: PostKey,
    decide: (record: PostRecord | null) => Decision<Result>,
  ): Promise<Result> => {
    let text = (await standing({ tenant, channel, date })) ?? "";
    for (;;) {
      const { next, result } = decide(text === "" ? null : recordSchema.parse(text));
      if (next === null) return result;
      const other = z
        .string()
        .parse(
          await effects.apply(tenant, "post-record", [
            toPart(channel),
            date,
            dayNumber(date),
            text,
            JSON.stringify(next),
            isUnsettled(next) ? "1" : "",
          ]),
        );
      if (other === "") return result;
      text = other === "none" ? "" : other;
    }
  };

  const read = async (
    tenant: TenantId,
    channel: ChannelId,
    dates: string,
    limit: number,
  ): Promise<PostRecord[]> =>
    textsSchema
      .parse(
        await server.read("posts-of-channel", [tenantKeys(tenant).posts(channel), dates], [String(limit)]),
      )
      .map((text) => recordSchema.parse(text));

  return {
    claim: ({ tenant, channel, date }: PostKey, dueAt: Instant, lease: Lease): Promise<Claim> =>
      change<Claim>({ tenant, channel, date }, (record) => {
        if (record !== null && record.post.kind !== "intent")
          return { next: null, result: { outcome: "final", record } };
        const post = leased(record?.post.kind === "intent" ? record.post : null, lease);
        if (post === null && record !== null) return { next: null, result: { outcome: "held", record } };
        if (post === null) throw new Error("a post that nobody holds could not be claimed");
        const next: PostRecord = { tenant, channel, date, dueAt, reveal: null, ...record, post };
        return { next, result: { outcome: "claimed", record: next } };
      }),

    finish: (key: PostKey, token: string, post: FinalPostState): Promise<PostRecord | null> =>
      change<PostRecord | null>(key, (record) => {
        if (record?.post.kind !== "intent" || record.post.token !== token)
          return { next: null, result: record };
        const next = { ...record, post };
        return { next, result: next };
      }),

    skip: (
      { tenant, channel, date }: PostKey,
      dueAt: Instant,
      reason: SkipReason,
      at: Instant,
    ): Promise<PostRecord> =>
      change<PostRecord>({ tenant, channel, date }, (record) => {
        if (record !== null) return { next: null, result: record };
        const post = { kind: "skipped", reason, at } as const;
        const next: PostRecord = { tenant, channel, date, dueAt, post, reveal: null };
        return { next, result: next };
      }),

    claimReveal: (key: PostKey, lease: Lease): Promise<Claim | null> =>
      change<Claim | null>(key, (record) => {
        if (record === null) return { next: null, result: null };
        const { post, reveal: before } = record;
        if (post.kind !== "sent" || (before !== null && before.kind !== "intent"))
          return { next: null, result: { outcome: "final", record } };
        const reveal = leased(before, lease);
        if (reveal === null) return { next: null, result: { outcome: "held", record } };
        const next = { ...record, reveal };
        return { next, result: { outcome: "claimed", record: next } };
      }),

    finishReveal: (key: PostKey, token: string, reveal: FinalRevealState): Promise<PostRecord | null> =>
      change<PostRecord | null>(key, (record) => {
        if (record?.reveal?.kind !== "intent" || record.reveal.token !== token)
          return { next: null, result: record };
        const next = { ...record, reveal };
        return { next, result: next };
      }),

    newest: (tenant: TenantId, channel: ChannelId, limit: number): Promise<PostRecord[]> =>
      read(tenant, channel, tenantKeys(tenant).postsByDate(channel), limit),

    unsettled: (tenant: TenantId, channel: ChannelId): Promise<PostRecord[]> =>
      read(tenant, channel, tenantKeys(tenant).unsettled(channel), -1),
  };
};
