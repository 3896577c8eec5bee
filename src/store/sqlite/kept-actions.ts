import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Instant, TenantId } from "#core/ids";
import { fromColumn, toColumn } from "./columns.ts";

const rowSchema = z.object({ action: fromColumn.pipe(z.string()) });

/** Actions under short keys. `keep` is called inside a transaction. */
export const keptActionsTable = (database: DatabaseSync) => {
  const replace = database.prepare(
    `INSERT INTO kept_actions (tenant, key, action, expires_at) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT DO UPDATE SET action = ?3, expires_at = max(expires_at, ?4)`,
  );
  const drop = database.prepare("DELETE FROM kept_actions WHERE expires_at <= ?");
  const find = database.prepare(
    "SELECT action FROM kept_actions WHERE tenant = ? AND key = ? AND expires_at > ?",
  );

  return {
    keep: (tenant: TenantId, key: string, action: string, now: Instant, expiresAt: Instant): void => {
      drop.run(now);
      replace.run(toColumn(tenant), toColumn(key), toColumn(action), expiresAt);
    },

    find: (tenant: TenantId, key: string, now: Instant): string | null => {
      const row = find.get(toColumn(tenant), toColumn(key), now);
      return row === undefined ? null : rowSchema.parse(row).action;
    },
  };
};
