import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { FORGOTTEN, isPartOf, namesMember } from "#core/erasure/naming";
import { withoutQuotes } from "#core/erasure/quotes";
import type { Erased } from "#core/erasure/safeguards";
import { type Instant, instantSchema, type MemberId, type TenantId } from "#core/ids";
import { gradeResultSchema } from "#core/scoring/grader";
import { fromColumn, toColumn } from "./columns.ts";

/** What stands for a member whose id is to be known no more: the same in every store. */
const digestOf = (tenant: TenantId, member: MemberId): string =>
  createHash("sha256")
    .update(JSON.stringify([tenant, member]))
    .digest("base64url")
    .slice(0, 22);
const TENANT = "";

/** Every table in which a column says whose a row is. */
const ofMembers = [
  "attempts",
  "study_days",
  "hints",
  "practice",
  "offers",
  "named_members",
  "hidden_members",
  "streak_choices",
  "board_days",
  "boards",
] as const;
const ofTenants = [
  ...ofMembers,
  "rounds",
  "schedules",
  "post_records",
  "kept_actions",
  "installations",
  "excusals",
  "dossiers",
  "erased",
] as const;

const atRowSchema = z.object({ at: instantSchema.nullable() });
const textColumn = fromColumn.pipe(z.string());
const actionRowSchema = z.object({ key: textColumn, action: textColumn });
const answerRowSchema = z.object({
  round: z.string(),
  member: z.string(),
  submission: z.string(),
  result: fromColumn.pipe(gradeResultSchema).nullable(),
});

/** What was erased, and erasing. Every write is called inside a transaction, `purge` outside of any. */
export const erasuresTable = (database: DatabaseSync) => {
  const mark = database.prepare(
    `INSERT INTO erased (tenant, who, at) VALUES (?1, ?2, ?3)
     ON CONFLICT DO UPDATE SET at = max(at, ?3)`,
  );
  const latest = database.prepare("SELECT max(at) AS at FROM erased WHERE tenant = ? AND who IN (?, ?)");
  const forgetMember = ofMembers.map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE tenant = ? AND member = ?`),
  );
  const forgetTenant = ofTenants.map((table) => database.prepare(`DELETE FROM ${table} WHERE tenant = ?`));
  const renameExcuser = database.prepare(
    "UPDATE excusals SET decided_by = ? WHERE tenant = ? AND decided_by = ?",
  );
  const actions = database.prepare("SELECT key, action FROM kept_actions WHERE tenant = ?");
  const dropAction = database.prepare("DELETE FROM kept_actions WHERE tenant = ? AND key = ?");
  const withTexts = database.prepare(
    `SELECT round, member, submission, result FROM attempts
     WHERE tenant = ? AND text <> '""' AND sent_at < ? ORDER BY sent_at LIMIT ?`,
  );
  const empty = database.prepare(
    `UPDATE attempts SET text = '""', result = ? WHERE tenant = ? AND round = ? AND member = ? AND submission = ?`,
  );

  const restore = (tenant: TenantId, { who, at }: Erased): void => {
    mark.run(toColumn(tenant), who, at);
  };
  const erasedAt = (tenant: TenantId, member: MemberId): Instant | null =>
    atRowSchema.parse(latest.get(toColumn(tenant), digestOf(tenant, member), TENANT)).at;

  return {
    restore,
    erasedAt,

    eraseMember: (tenant: TenantId, member: MemberId, at: Instant): void => {
      const of = toColumn(tenant);
      for (const forget of forgetMember) forget.run(of, toColumn(member));
      renameExcuser.run(toColumn(FORGOTTEN), of, toColumn(member));
      for (const row of actions.all(of)) {
        const { key, action } = actionRowSchema.parse(row);
        if (namesMember(action, member) || isPartOf(member, key)) dropAction.run(of, toColumn(key));
      }
      restore(tenant, { who: digestOf(tenant, member), at });
    },

    eraseTenant: (tenant: TenantId, at: Instant | null): void => {
      for (const forget of forgetTenant) forget.run(toColumn(tenant));
      if (at !== null) restore(tenant, { who: TENANT, at });
    },

    forgetTexts: (tenant: TenantId, before: Instant, limit: number): number => {
      const of = toColumn(tenant);
      const rows = withTexts.all(of, before, limit).map((row) => answerRowSchema.parse(row));
      for (const { round, member, submission, result } of rows) {
        const kept = result === null ? null : JSON.stringify(withoutQuotes(result));
        empty.run(kept, of, round, member, submission);
      }
      return rows.length;
    },

    purge: (): void => {
      // Deleted rows leave their bytes in free pages, and in the log of what was written last.
      database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    },
  };
};
