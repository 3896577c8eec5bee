import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { instantSchema, type MemberId, studyDateSchema, type TenantId } from "#core/ids";
import { earnedKindSchema, type StudyDay, strongerDay } from "#core/streak/ledger";
import { toColumn } from "./columns.ts";

const rowSchema = z
  .object({ date: studyDateSchema, kind: earnedKindSchema, at: instantSchema.nullable() })
  .transform(({ at, ...day }): StudyDay => (at === null ? day : { ...day, at }));

/** The ledgers of study days. `credit` is called inside a transaction. */
export const studyDaysTable = (database: DatabaseSync) => {
  const find = database.prepare(
    "SELECT date, kind, at FROM study_days WHERE tenant = ? AND member = ? AND date = ?",
  );
  const replace = database.prepare(
    "INSERT OR REPLACE INTO study_days (tenant, member, date, kind, at) VALUES (?, ?, ?, ?, ?)",
  );
  const ofMember = database.prepare(
    "SELECT date, kind, at FROM study_days WHERE tenant = ? AND member = ? ORDER BY date",
  );

  return {
    credit: (tenant: TenantId, member: MemberId, day: StudyDay): void => {
      const key = [toColumn(tenant), toColumn(member), day.date] as const;
      const row = find.get(...key);
      const kept = row === undefined ? null : rowSchema.parse(row);
      if (kept !== null && strongerDay(kept, day) === kept) return;
      replace.run(...key, day.kind, day.at ?? null);
    },

    ofMember: (tenant: TenantId, member: MemberId): StudyDay[] =>
      ofMember.all(toColumn(tenant), toColumn(member)).map((row) => rowSchema.parse(row)),
  };
};
