import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import {
  type ChannelId,
  instantSchema,
  type MemberId,
  memberIdSchema,
  studyDateSchema,
  type TenantId,
} from "#core/ids";
import {
  choiceKey,
  choiceText,
  laterChoice,
  type StreakChoice,
  streakChoiceSchema,
} from "#core/streak/choice";
import type { Excusal } from "#core/streak/excusal";
import { fromColumn, toColumn } from "./columns.ts";

const choiceRowSchema = z.object({ choice: fromColumn.pipe(streakChoiceSchema) });
const excusalRowSchema = z
  .object({ date: studyDateSchema, decided_by: fromColumn.pipe(memberIdSchema), decided_at: instantSchema })
  .transform(({ date, decided_by: by, decided_at: at }): Excusal => ({ date, by, at }));

/** What members and admins have decided about streaks. `keep` and `excuse` are called inside a transaction. */
export const streakChoicesTables = (database: DatabaseSync) => {
  const find = database.prepare(
    "SELECT choice FROM streak_choices WHERE tenant = ? AND member = ? AND key = ?",
  );
  const replace = database.prepare(
    "INSERT OR REPLACE INTO streak_choices (tenant, member, key, choice) VALUES (?, ?, ?, ?)",
  );
  const ofMember = database.prepare(
    "SELECT choice FROM streak_choices WHERE tenant = ? AND member = ? ORDER BY key",
  );
  const excuse = database.prepare(
    `INSERT INTO excusals (tenant, channel, date, decided_by, decided_at) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT DO UPDATE SET decided_at = decided_at RETURNING date, decided_by, decided_at`,
  );
  const excusals = database.prepare(
    "SELECT date, decided_by, decided_at FROM excusals WHERE tenant = ? AND channel = ? ORDER BY date",
  );

  return {
    keep: (tenant: TenantId, member: MemberId, choice: StreakChoice): void => {
      const key = [toColumn(tenant), toColumn(member), choiceKey(choice)] as const;
      const row = find.get(...key);
      const stays = row === undefined ? choice : laterChoice(choiceRowSchema.parse(row).choice, choice);
      replace.run(...key, choiceText(stays));
    },

    ofMember: (tenant: TenantId, member: MemberId): StreakChoice[] =>
      ofMember.all(toColumn(tenant), toColumn(member)).map((row) => choiceRowSchema.parse(row).choice),

    excuse: (tenant: TenantId, channel: ChannelId, { date, by, at }: Excusal): Excusal =>
      excusalRowSchema.parse(excuse.get(toColumn(tenant), toColumn(channel), date, toColumn(by), at)),

    excusals: (tenant: TenantId, channel: ChannelId): Excusal[] =>
      excusals.all(toColumn(tenant), toColumn(channel)).map((row) => excusalRowSchema.parse(row)),
  };
};
