import type { DatabaseSync } from "node:sqlite";
import type { MemberId, TenantId } from "#core/ids";
import { type StudyDay, studyDaySchema } from "#core/streak/ledger";
import { toColumn } from "./columns.ts";

/** The ledgers of study days. `credit` is called inside a transaction. */
export const studyDaysTable = (database: DatabaseSync) => {
  const insert = database.prepare(
    "INSERT INTO study_days (tenant, member, date, kind) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const ofMember = database.prepare(
    "SELECT date, kind FROM study_days WHERE tenant = ? AND member = ? ORDER BY date",
  );

  return {
    credit: (tenant: TenantId, member: MemberId, { date, kind }: StudyDay): void => {
      insert.run(toColumn(tenant), toColumn(member), date, kind);
    },

    ofMember: (tenant: TenantId, member: MemberId): StudyDay[] =>
      ofMember.all(toColumn(tenant), toColumn(member)).map((row) => studyDaySchema.parse({ ...row })),
  };
};
