import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { TakenHints } from "#core/board/boards";
import type { MemberId, SubmissionId, TenantId } from "#core/ids";
import { fromColumn, toColumn } from "./columns.ts";

const questionSchema = z.object({ question: fromColumn.pipe(z.string()) });
const takenSchema = z.object({ of: fromColumn.pipe(z.string()), taken: z.int().positive() });
const beforeSchema = z.object({ before: z.int().nonnegative() });

/** What a member practises, and the hints taken. `takeHint` and `set` are called inside a transaction. */
export const practiceTables = (database: DatabaseSync) => {
  const find = database.prepare("SELECT question FROM practice WHERE tenant = ? AND member = ?");
  const set = database.prepare("INSERT OR REPLACE INTO practice (tenant, member, question) VALUES (?, ?, ?)");
  const end = database.prepare("DELETE FROM practice WHERE tenant = ? AND member = ?");
  const taken = database.prepare(
    "SELECT before FROM hints WHERE tenant = ? AND member = ? AND asked = ? AND submission = ?",
  );
  const count = database.prepare(
    "SELECT count(*) AS before FROM hints WHERE tenant = ? AND member = ? AND asked = ?",
  );
  const everything = database.prepare(
    'SELECT asked AS "of", count(*) AS taken FROM hints WHERE tenant = ? AND member = ? GROUP BY asked',
  );
  const take = database.prepare(
    "INSERT INTO hints (tenant, member, asked, submission, before) VALUES (?, ?, ?, ?, ?)",
  );

  return {
    find: (tenant: TenantId, member: MemberId): string | null => {
      const row = find.get(toColumn(tenant), toColumn(member));
      return row === undefined ? null : questionSchema.parse(row).question;
    },

    set: (tenant: TenantId, member: MemberId, question: string | null): void => {
      if (question === null) end.run(toColumn(tenant), toColumn(member));
      else set.run(toColumn(tenant), toColumn(member), toColumn(question));
    },

    takeHint: (
      tenant: TenantId,
      member: MemberId,
      asked: string,
      available: number,
      submission: SubmissionId,
    ): number => {
      const key = [toColumn(tenant), toColumn(member), toColumn(asked)] as const;
      const repeated = taken.get(...key, toColumn(submission));
      if (repeated !== undefined) return Math.min(beforeSchema.parse(repeated).before, available);
      const { before } = beforeSchema.parse(count.get(...key));
      if (before >= available) return available;
      take.run(...key, toColumn(submission), before);
      return before;
    },

    hintsTaken: (tenant: TenantId, member: MemberId, asked: readonly string[]): number =>
      asked
        .map(
          (name) => beforeSchema.parse(count.get(toColumn(tenant), toColumn(member), toColumn(name))).before,
        )
        .reduce((sum, taken) => sum + taken, 0),

    hintsOf: (tenant: TenantId, member: MemberId): TakenHints[] =>
      everything.all(toColumn(tenant), toColumn(member)).map((row) => takenSchema.parse(row)),
  };
};
