import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import {
  checkDossier,
  type Dossier,
  type DossierKind,
  type DossierQuery,
  dossierSchema,
  fromSorting,
  toSorting,
} from "#core/dossier";
import type { Instant, TenantId } from "#core/ids";
import { fromColumn, toColumn } from "./columns.ts";

const rowSchema = z
  .object({
    tenant: fromColumn,
    kind: z.string(),
    id: z.string().transform(fromSorting),
    revision: z.int(),
    text: fromColumn,
    wake_at: z.int().nullable(),
  })
  .transform(({ wake_at: wakeAt, ...row }) => ({ ...row, wakeAt }))
  .pipe(dossierSchema);

export const dossierIn = (row: unknown): Dossier => rowSchema.parse(row);

const COLUMNS = "tenant, kind, id, revision, text, wake_at";
/** Behind every id that is written so that it sorts. */
const END = "\u007f";

/** The dossiers. Every write is called inside a transaction. */
export const dossiersTable = (database: DatabaseSync) => {
  const byId = database.prepare(`SELECT ${COLUMNS} FROM dossiers WHERE tenant = ? AND kind = ? AND id = ?`);
  const listed = database.prepare(
    `SELECT ${COLUMNS} FROM dossiers
     WHERE tenant = ? AND kind = ? AND id >= ? AND id < ? AND id > ? ORDER BY id LIMIT ?`,
  );
  const replace = database.prepare(
    `INSERT OR REPLACE INTO dossiers (${COLUMNS}, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)`,
  );
  const drop = database.prepare("DELETE FROM dossiers WHERE tenant = ? AND kind = ? AND id = ?");
  const due = database.prepare(
    `SELECT ${COLUMNS} FROM dossiers WHERE kind = ? AND due_at <= ? ORDER BY due_at, tenant, id LIMIT ?`,
  );
  const putOff = database.prepare("UPDATE dossiers SET due_at = ? WHERE tenant = ? AND kind = ? AND id = ?");

  const find = (tenant: TenantId, kind: DossierKind, id: string): Dossier | null => {
    const row = byId.get(toColumn(tenant), kind, toSorting(id));
    return row === undefined ? null : dossierIn(row);
  };

  const write = ({ tenant, kind, id, revision, text, wakeAt }: Dossier): void => {
    replace.run(toColumn(tenant), kind, toSorting(id), revision, toColumn(text), wakeAt);
  };

  return {
    find,

    keep: (dossier: Dossier): Dossier | null => {
      const next = checkDossier(dossier);
      const kept = find(next.tenant, next.kind, next.id);
      if ((kept?.revision ?? 0) !== next.revision - 1) return kept;
      write(next);
      return next;
    },

    restore: (dossier: Dossier): void => {
      const next = checkDossier(dossier);
      const kept = find(next.tenant, next.kind, next.id);
      if (kept === null || kept.revision < next.revision) write(next);
    },

    list: ({ tenant, kind, prefix = "", after = "", limit }: DossierQuery): Dossier[] => {
      const begin = toSorting(prefix);
      return listed
        .all(toColumn(tenant), kind, begin, `${begin}${END}`, toSorting(after), limit)
        .map(dossierIn);
    },

    drop: (tenant: TenantId, kind: DossierKind, id: string): void => {
      drop.run(toColumn(tenant), kind, toSorting(id));
    },

    take: (kind: DossierKind, now: Instant, leaseMs: number, limit: number): Dossier[] => {
      const taken = due.all(kind, now, limit).map(dossierIn);
      for (const { tenant, id } of taken) putOff.run(now + leaseMs, toColumn(tenant), kind, toSorting(id));
      return taken;
    },
  };
};
