import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { TenantId } from "#core/ids";
import { fromColumn, toColumn } from "./columns.ts";

const rowSchema = z.object({ sealed: fromColumn.pipe(z.string()) });

/** Sealed installations of platforms. */
export const installationsTable = (database: DatabaseSync) => {
  const replace = database.prepare(
    "INSERT INTO installations (tenant, sealed) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET sealed = ?2",
  );
  const find = database.prepare("SELECT sealed FROM installations WHERE tenant = ?");
  const drop = database.prepare("DELETE FROM installations WHERE tenant = ?");

  return {
    keep: (tenant: TenantId, sealed: string): void => {
      replace.run(toColumn(tenant), toColumn(sealed));
    },

    find: (tenant: TenantId): string | null => {
      const row = find.get(toColumn(tenant));
      return row === undefined ? null : rowSchema.parse(row).sealed;
    },

    drop: (tenant: TenantId): void => {
      drop.run(toColumn(tenant));
    },
  };
};
