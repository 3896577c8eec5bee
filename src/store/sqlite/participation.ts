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

const rowSchema = z.object({
  id: fromColumn.pipe(roundIdSchema),
  date: studyDateSchema,
  question: fromColumn.pipe(z.string().min(1)),
  opens_at: instantSchema,
  closes_at: instantSchema,
  closed_at: instantSchema.nullable(),
  member: fromColumn.pipe(memberIdSchema).nullable(),
  passed: z.int().min(0).max(1),
  best: z.int().min(0).max(100).nullable(),
});

/** Who answered a channel's rounds, and for whom their dates count. */
export const participationQuery = (database: DatabaseSync) => {
  const rows = database.prepare(
    `SELECT rounds.id, rounds.date, rounds.question, rounds.opens_at, rounds.closes_at, rounds.closed_at,
            attempts.member AS member,
            max(study_days.kind IN ('pass', 'madeup')) IS 1 AS passed,
            max(attempts.result ->> '$.score') AS best
     FROM (SELECT * FROM rounds WHERE tenant = ?1 AND channel = ?2 ORDER BY date DESC LIMIT ?3) AS rounds
     LEFT JOIN attempts ON attempts.tenant = ?1 AND attempts.round = rounds.id
     LEFT JOIN study_days
       ON study_days.tenant = ?1 AND study_days.member = attempts.member AND study_days.date = rounds.date
     GROUP BY rounds.id, attempts.member ORDER BY rounds.date DESC, attempts.member`,
  );

  return (tenant: TenantId, channel: ChannelId, limit: number): Participation[] => {
    const found = rows.all(toColumn(tenant), toColumn(channel), limit).map((row) => rowSchema.parse(row));
    const byRound = Map.groupBy(found, ({ id }) => id);
    return [...byRound.values()].flatMap((answers) => {
      const [first] = answers;
      if (first === undefined) return [];
      const { id, date, question, opens_at: opensAt, closes_at: closesAt, closed_at: closedAt } = first;
      const members = answers.flatMap(({ member, passed, best }) =>
        member === null ? [] : [{ member, passed: passed === 1, best }],
      );
      return [{ round: { id, date, question, opensAt, closesAt, closedAt }, members }];
    });
  };
};
