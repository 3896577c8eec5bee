import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import {
  type ChannelId,
  channelIdSchema,
  type Instant,
  instantSchema,
  type RoundId,
  roundIdSchema,
  studyDateSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import { closedEarly } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { fromColumn, toColumn } from "./columns.ts";

const rowSchema = z
  .object({
    tenant: fromColumn.pipe(tenantIdSchema),
    id: fromColumn.pipe(roundIdSchema),
    channel: fromColumn.pipe(channelIdSchema),
    date: studyDateSchema,
    question: fromColumn.pipe(z.string().min(1)),
    opens_at: instantSchema,
    closes_at: instantSchema,
    closed_at: instantSchema.nullable(),
  })
  .transform(
    ({ opens_at: opensAt, closes_at: closesAt, closed_at: closedAt, ...row }): Round => ({
      ...row,
      opensAt,
      closesAt,
      closedAt,
    }),
  );

/** The rounds table. Every write is called inside a transaction. */
export const roundsTable = (database: DatabaseSync) => {
  const insert = database.prepare(
    "INSERT INTO rounds (tenant, id, channel, date, question, opens_at, closes_at, closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const ofDate = database.prepare("SELECT * FROM rounds WHERE tenant = ? AND channel = ? AND date = ?");
  const byId = database.prepare("SELECT * FROM rounds WHERE tenant = ? AND id = ?");
  const newest = database.prepare(
    "SELECT * FROM rounds WHERE tenant = ? AND channel = ? ORDER BY date DESC LIMIT ?",
  );
  const close = database.prepare("UPDATE rounds SET closed_at = ? WHERE tenant = ? AND id = ?");
  const closeEarlier = database.prepare(
    `UPDATE rounds SET closed_at = ?3
     WHERE tenant = ?1 AND channel = ?2 AND opens_at < ?3 AND min(closes_at, ifnull(closed_at, closes_at)) > ?3`,
  );
  const nextOpening = database.prepare(
    "SELECT min(opens_at) AS at FROM rounds WHERE tenant = ? AND channel = ? AND opens_at > ?",
  );
  const nextSchema = z.object({ at: instantSchema.nullable() });

  const find = (tenant: TenantId, id: RoundId): Round | null => {
    const row = byId.get(toColumn(tenant), toColumn(id));
    return row === undefined ? null : rowSchema.parse(row);
  };

  return {
    find,

    newest: (tenant: TenantId, channel: ChannelId, limit: number): Round[] =>
      newest.all(toColumn(tenant), toColumn(channel), limit).map((row) => rowSchema.parse(row)),

    open: (round: Round): Round => {
      const tenant = toColumn(round.tenant);
      const channel = toColumn(round.channel);
      const kept = ofDate.get(tenant, channel, round.date);
      if (kept !== undefined) return rowSchema.parse(kept);
      closeEarlier.run(tenant, channel, round.opensAt);
      // Openings may arrive out of order: a round that comes after its successor is closed by it all the same.
      const { at } = nextSchema.parse(nextOpening.get(tenant, channel, round.opensAt));
      const opened = at === null ? round : closedEarly(round, at);
      insert.run(
        tenant,
        toColumn(round.id),
        channel,
        round.date,
        toColumn(round.question),
        round.opensAt,
        round.closesAt,
        opened.closedAt,
      );
      return opened;
    },

    close: (tenant: TenantId, id: RoundId, at: Instant): Round | null => {
      const round = find(tenant, id);
      if (round === null || round.closedAt !== null) return round;
      const closed = closedEarly(round, at);
      if (closed.closedAt !== null) close.run(closed.closedAt, toColumn(tenant), toColumn(id));
      return closed;
    },
  };
};
