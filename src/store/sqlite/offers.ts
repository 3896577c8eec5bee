import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import {
  type MemberId,
  memberIdSchema,
  type RoundId,
  roundIdSchema,
  submissionIdSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import type { Offer } from "#core/round/offer";
import { fromColumn, toColumn } from "./columns.ts";

const rowSchema = z
  .object({
    tenant: fromColumn.pipe(tenantIdSchema),
    round: fromColumn.pipe(roundIdSchema),
    member: fromColumn.pipe(memberIdSchema),
    submission: fromColumn.pipe(submissionIdSchema),
    named: z.int().min(0).max(1),
  })
  .transform((row): Offer => ({ ...row, named: row.named === 1 }));
const memberRowSchema = z.object({ member: fromColumn.pipe(memberIdSchema) });

/** What members have agreed to have shown. `offer`, `withdraw` and `setNamed` are called inside a transaction. */
export const offersTables = (database: DatabaseSync) => {
  const replace = database.prepare(
    "INSERT OR REPLACE INTO offers (tenant, round, member, submission, named) VALUES (?, ?, ?, ?, ?)",
  );
  const remove = database.prepare("DELETE FROM offers WHERE tenant = ? AND round = ? AND member = ?");
  const ofRound = database.prepare("SELECT * FROM offers WHERE tenant = ? AND round = ? ORDER BY member");
  const name = database.prepare(
    "INSERT INTO named_members (tenant, member) VALUES (?, ?) ON CONFLICT DO NOTHING",
  );
  const unname = database.prepare("DELETE FROM named_members WHERE tenant = ? AND member = ?");
  const named = database.prepare("SELECT member FROM named_members WHERE tenant = ? ORDER BY member");

  return {
    offer: (offer: Offer): void => {
      replace.run(
        toColumn(offer.tenant),
        toColumn(offer.round),
        toColumn(offer.member),
        toColumn(offer.submission),
        offer.named ? 1 : 0,
      );
    },

    withdraw: (tenant: TenantId, round: RoundId, member: MemberId): void => {
      remove.run(toColumn(tenant), toColumn(round), toColumn(member));
    },

    ofRound: (tenant: TenantId, round: RoundId): Offer[] =>
      ofRound.all(toColumn(tenant), toColumn(round)).map((row) => rowSchema.parse(row)),

    setNamed: (tenant: TenantId, member: MemberId, isNamed: boolean): void => {
      (isNamed ? name : unname).run(toColumn(tenant), toColumn(member));
    },

    named: (tenant: TenantId): MemberId[] =>
      named.all(toColumn(tenant)).map((row) => memberRowSchema.parse(row).member),
  };
};
