import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Instant, TenantId } from "#core/ids";
import { fromColumn, toColumn } from "./columns.ts";

const rowSchema = z.object({ action: fromColumn.pipe(z.string()) });

/** Actions under short keys. `keep` and `keepOnce` are called inside a transaction. */
export const keptActionsTable = (database: DatabaseSync) => {
  const replace = database.prepare(
    `INSERT INTO kept_actions (tenant, key, action, expires_at) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT DO UPDATE SET action = ?3, expires_at = max(expires_at, ?4)`,
  );
  const drop = database.prepare("DELETE FROM kept_actions WHERE expires_at <= ?");
  const find = database.prepare(
    "SELECT action FROM kept_actions WHERE tenant = ? AND key = ? AND expires_at > ?",
  );

  const insert = database.prepare(
    "INSERT INTO kept_actions (tenant, key, action, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const findKept = (tenant: TenantId, key: string, now: Instant): string | null => {
    const row = find.get(toColumn(tenant), toColumn(key), now);
    return row === undefined ? null : rowSchema.parse(row).action;
  };

  return {
    keep: (tenant: TenantId, key: string, action: string, now: Instant, expiresAt: Instant): void => {
      drop.run(now);
      replace.run(toColumn(tenant), toColumn(key), toColumn(action), expiresAt);
    },

    keepOnce: (tenant: TenantId, key: string, action: string, now: Instant, expiresAt: Instant): string => {
      drop.run(now);
      insert.run(toColumn(tenant), toColumn(key), toColumn(action), expiresAt);
      return findKept(tenant, key, now) ?? action;
    },

    find: findKept,
  };
};
