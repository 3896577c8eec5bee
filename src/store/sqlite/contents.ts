import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { type TenantId, tenantIdSchema } from "#core/ids";
import { type StoreContents, type StoredRecord, storedRecordSchema } from "#core/migration/record";
import { StoreFailure } from "#core/store-failure";
import { fromColumn, toColumn } from "./columns.ts";
import { openDatabase } from "./database.ts";
import { dossierIn } from "./dossiers.ts";
import { readingFailureOf } from "./failure.ts";

const tenantRowSchema = z.object({ tenant: fromColumn.pipe(tenantIdSchema) });
const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
type Row = z.infer<typeof rowSchema>;

const tables = [
  "rounds",
  "attempts",
  "study_days",
  "hints",
  "practice",
  "schedules",
  "post_records",
  "offers",
  "named_members",
  "hidden_members",
  "kept_actions",
  "installations",
  "streak_choices",
  "excusals",
  "dossiers",
  "erased",
] as const;

/** A column of ids or texts, undone; of practice the round is '', which is no JSON. */
const text = (row: Row, column: string): unknown => {
  const value = row[column];
  return value === "" || value === null || value === undefined ? null : fromColumn.parse(value);
};

/** How each table's rows are read, in the order in which they can be written again. */
const readings: readonly {
  readonly sql: string;
  readonly record: (tenant: TenantId, row: Row) => unknown;
}[] = [
  {
    sql: "SELECT * FROM erased WHERE tenant = ? ORDER BY who",
    record: (_, row) => ({ kind: "erased", who: row.who, at: row.at }),
  },
  {
    sql: "SELECT * FROM rounds WHERE tenant = ? ORDER BY opens_at, id",
    record: (tenant, row) => ({
      kind: "round",
      round: {
        id: text(row, "id"),
        tenant,
        channel: text(row, "channel"),
        date: row.date,
        question: text(row, "question"),
        opensAt: row.opens_at,
        closesAt: row.closes_at,
        closedAt: row.closed_at,
      },
    }),
  },
  {
    sql: "SELECT * FROM attempts WHERE tenant = ? ORDER BY sent_at, round, submission",
    record: (tenant, row) => ({
      kind: "answer",
      attempt: {
        tenant,
        member: text(row, "member"),
        round: text(row, "round"),
        question: text(row, "question"),
        submission: text(row, "submission"),
        sentAt: row.sent_at,
        text: text(row, "text"),
        result: text(row, "result"),
      },
      hintCost: row.hint_cost,
      earned: row.earned === 1,
    }),
  },
  {
    sql: "SELECT * FROM study_days WHERE tenant = ? ORDER BY member, date",
    record: (_, row) => ({
      kind: "day",
      member: text(row, "member"),
      day: { date: row.date, kind: row.kind, ...(row.at === null ? {} : { at: row.at }) },
    }),
  },
  {
    sql: "SELECT * FROM practice WHERE tenant = ? ORDER BY member",
    record: (_, row) => ({ kind: "practice", member: text(row, "member"), question: text(row, "question") }),
  },
  {
    sql: "SELECT * FROM hints WHERE tenant = ? ORDER BY member, asked, before",
    record: (_, row) => ({
      kind: "hint",
      member: text(row, "member"),
      asked: text(row, "asked"),
      submission: text(row, "submission"),
      before: row.before,
    }),
  },
  {
    sql: "SELECT * FROM streak_choices WHERE tenant = ? ORDER BY member, key",
    record: (_, row) => ({ kind: "choice", member: text(row, "member"), choice: text(row, "choice") }),
  },
  {
    sql: "SELECT * FROM named_members WHERE tenant = ? ORDER BY member",
    record: (_, row) => ({ kind: "named", member: text(row, "member") }),
  },
  {
    sql: "SELECT * FROM hidden_members WHERE tenant = ? ORDER BY member",
    record: (_, row) => ({ kind: "hidden", member: text(row, "member") }),
  },
  {
    sql: "SELECT * FROM schedules WHERE tenant = ? ORDER BY channel",
    record: (_, row) => ({ kind: "schedule", schedule: text(row, "schedule"), wakeAt: row.wake_at }),
  },
  {
    sql: "SELECT * FROM post_records WHERE tenant = ? ORDER BY channel, date",
    record: (tenant, row) => ({
      kind: "post",
      record: {
        tenant,
        channel: text(row, "channel"),
        date: row.date,
        dueAt: row.due_at,
        post: text(row, "post"),
        reveal: text(row, "reveal"),
      },
    }),
  },
  {
    sql: "SELECT * FROM excusals WHERE tenant = ? ORDER BY channel, date",
    record: (_, row) => ({
      kind: "excusal",
      channel: text(row, "channel"),
      excusal: { date: row.date, by: text(row, "decided_by"), at: row.decided_at },
    }),
  },
  {
    sql: "SELECT * FROM offers WHERE tenant = ? ORDER BY round, member",
    record: (tenant, row) => ({
      kind: "offer",
      offer: {
        tenant,
        round: text(row, "round"),
        member: text(row, "member"),
        submission: text(row, "submission"),
        named: row.named === 1,
      },
    }),
  },
  {
    sql: "SELECT * FROM kept_actions WHERE tenant = ? ORDER BY key",
    record: (_, row) => ({
      kind: "action",
      key: text(row, "key"),
      action: text(row, "action"),
      expiresAt: row.expires_at,
    }),
  },
  {
    sql: "SELECT * FROM installations WHERE tenant = ?",
    record: (_, row) => ({ kind: "installation", sealed: text(row, "sealed") }),
  },
  {
    sql: "SELECT * FROM dossiers WHERE tenant = ? ORDER BY kind, id",
    record: (_, row) => ({ kind: "dossier", dossier: dossierIn(row) }),
  },
];

/** The records of a tenant in an open database. */
export function* recordsIn(database: DatabaseSync, tenant: TenantId, now: number): Generator<StoredRecord> {
  for (const { sql, record } of readings)
    for (const row of database.prepare(sql).iterate(toColumn(tenant))) {
      const read = storedRecordSchema.parse(record(tenant, rowSchema.parse({ ...row })));
      if (read.kind !== "action" || read.expiresAt > now) yield read;
    }
}

/** Pages that are damaged may look like rows that were never there: what reads all of a file first asks whether it is whole. */
const requireWhole = (database: DatabaseSync, file: string): void => {
  const told = database
    .prepare("PRAGMA integrity_check(1)")
    .all()
    .flatMap((row) => Object.values(row));
  if (told[0] !== "ok") throw new StoreFailure("damaged", file, { cause: new Error(String(told[0])) });
};

/**
 * Everything that a data file keeps. It is this process's alone meanwhile.
 *
 * @param shown names it in failures, where it is a copy of another
 * @throws StoreFailure `damaged` where any page of it is, and as `openDatabase`
 */
export const openSqliteContents = ({
  file,
  shown = file,
}: {
  readonly file: string;
  readonly shown?: string;
}): StoreContents => {
  const within = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw error instanceof StoreFailure
        ? new StoreFailure(error.trouble, shown, { cause: error })
        : readingFailureOf(error, shown);
    }
  };
  const database = within(() => openDatabase(file));
  try {
    within(() => requireWhole(database, file));
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    tenants: async () =>
      within(() => {
        const everywhere = tables.map((table) => `SELECT tenant FROM ${table}`).join(" UNION ");
        return database
          .prepare(everywhere)
          .all()
          .map((row) => tenantRowSchema.parse(row).tenant)
          .toSorted();
      }),
    records: async function* (tenant, now) {
      try {
        yield* recordsIn(database, tenant, now);
      } catch (error) {
        throw readingFailureOf(error, shown);
      }
    },
    close: async () => database.close(),
  };
};
