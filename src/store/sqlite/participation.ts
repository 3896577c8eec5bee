import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import {
  type ChannelId,
  instantSchema,
  memberIdSchema,
  roundIdSchema,
  studyDateSchema,
  type TenantId,
} from "#core/ids";
import type { Participation } from "#core/streak/team";
import { fromColumn, toColumn } from "./columns.ts";

const roundRowSchema = z
  .object({
    id: fromColumn.pipe(roundIdSchema),
    date: studyDateSchema,
    question: fromColumn.pipe(z.string().min(1)),
    opens_at: instantSchema,
    closes_at: instantSchema,
    closed_at: instantSchema.nullable(),
  })
  .transform(({ opens_at: opensAt, closes_at: closesAt, closed_at: closedAt, ...row }) => ({
    ...row,
    opensAt,
    closesAt,
    closedAt,
  }));

const memberRowSchema = z
  .object({
    member: fromColumn.pipe(memberIdSchema),
    passed: z.int().min(0).max(1),
    best: z.int().min(0).max(100).nullable(),
  })
  .transform(({ member, passed, best }) => ({ member, passed: passed === 1, best }));

/** Who answered a channel's rounds, and for whom their dates count. */
export const participationQuery = (database: DatabaseSync) => {
  const newest = database.prepare(
    `SELECT id, date, question, opens_at, closes_at, closed_at FROM rounds
     WHERE tenant = ? AND channel = ? ORDER BY date DESC LIMIT ?`,
  );
  // A round at a time its answers lie in the order of their members; all at once they would have to be sorted.
  const membersOf = database.prepare(
    `SELECT member, best, EXISTS (
       SELECT 1 FROM study_days
       WHERE tenant = ?1 AND member = answered.member AND date = ?3 AND kind IN ('pass', 'madeup')
     ) AS passed
     FROM (
       SELECT member, max(result ->> '$.score') AS best FROM attempts
       WHERE tenant = ?1 AND round = ?2 GROUP BY member
     ) AS answered`,
  );

  return (tenant: TenantId, channel: ChannelId, limit: number): Participation[] =>
    newest.all(toColumn(tenant), toColumn(channel), limit).map((row) => {
      const round = roundRowSchema.parse(row);
      const answered = membersOf.all(toColumn(tenant), toColumn(round.id), round.date);
      return { round, members: answered.map((one) => memberRowSchema.parse(one)) };
    });
};
