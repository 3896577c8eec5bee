import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { BoardPage, BoardQuery } from "#core/board/boards";
import { periodsOf } from "#core/board/period";
import { boardPoints } from "#core/board/points";
import { type MemberId, memberIdSchema, type RoundId, studyDateSchema, type TenantId } from "#core/ids";
import { fromColumn, toColumn } from "./columns.ts";

const dateRowSchema = z.object({ date: studyDateSchema });
const pointsRowSchema = z.object({ points: z.int().nullable() });
const countRowSchema = z.object({ count: z.int(), next: z.int().nullable() });
const rowSchema = z.object({ member: fromColumn.pipe(memberIdSchema), points: z.int() });
const answerRowSchema = z
  .object({ score: z.int().nullable(), earned: z.int(), hint_cost: z.int().nullable() })
  .transform(({ score, earned, hint_cost: hintCost }) => ({ score, earned: earned === 1, hintCost }));

/** The boards. `settle` and `setShown` are called inside a transaction. */
export const boardsTables = (database: DatabaseSync) => {
  const dateOf = database.prepare("SELECT date FROM rounds WHERE tenant = ? AND id = ?");
  // CROSS JOIN has SQLite begin with the rounds: by its own choice it reads every answer of the tenant.
  const answersOf = database.prepare(
    `SELECT attempts.result ->> '$.score' AS score, attempts.earned, attempts.hint_cost
     FROM rounds CROSS JOIN attempts ON attempts.tenant = rounds.tenant AND attempts.round = rounds.id
     WHERE rounds.tenant = ? AND rounds.date = ? AND attempts.member = ?`,
  );
  const dayOf = database.prepare(
    "SELECT points FROM board_days WHERE tenant = ? AND member = ? AND date = ?",
  );
  const setDay = database.prepare(
    "INSERT OR REPLACE INTO board_days (tenant, member, date, points) VALUES (?, ?, ?, ?)",
  );
  const add = database.prepare(
    `INSERT INTO boards (tenant, period, member, points) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT DO UPDATE SET points = points + ?4`,
  );
  const first = database.prepare(
    `SELECT member, points FROM boards WHERE tenant = ?1 AND period = ?2 AND points > 0
       AND member NOT IN (SELECT member FROM hidden_members WHERE tenant = ?1)
     ORDER BY points DESC, member LIMIT ?3`,
  );
  const above = database.prepare(
    `SELECT count(*) AS count, min(points) AS next FROM boards WHERE tenant = ?1 AND period = ?2 AND points > ?3
       AND member NOT IN (SELECT member FROM hidden_members WHERE tenant = ?1)`,
  );
  const pointsOf = database.prepare(
    "SELECT points FROM boards WHERE tenant = ? AND period = ? AND member = ?",
  );
  const hide = database.prepare("INSERT OR IGNORE INTO hidden_members (tenant, member) VALUES (?, ?)");
  const show = database.prepare("DELETE FROM hidden_members WHERE tenant = ? AND member = ?");
  const hidden = database.prepare("SELECT 1 FROM hidden_members WHERE tenant = ? AND member = ?");

  const isHidden = (tenant: TenantId, member: MemberId): boolean =>
    hidden.get(toColumn(tenant), toColumn(member)) !== undefined;
  const pointsIn = (row: unknown): number =>
    row === undefined ? 0 : (pointsRowSchema.parse(row).points ?? 0);

  return {
    /** Works out anew what a member's answers to the rounds of a round's date win. */
    settle: (tenant: TenantId, member: MemberId, round: RoundId): void => {
      const of = [toColumn(tenant), toColumn(member)] as const;
      const row = dateOf.get(of[0], toColumn(round));
      if (row === undefined) return;
      const { date } = dateRowSchema.parse(row);
      const answers = answersOf.all(of[0], date, of[1]).map((answer) => answerRowSchema.parse(answer));
      const points = Math.max(0, ...answers.map(boardPoints));
      const before = pointsIn(dayOf.get(...of, date));
      if (points === before) return;
      setDay.run(...of, date, points);
      for (const period of periodsOf(date)) add.run(of[0], period, of[1], points - before);
    },

    board: ({ tenant, period, member, limit }: BoardQuery): BoardPage => {
      const of = [toColumn(tenant), period] as const;
      const points = pointsIn(pointsOf.get(...of, toColumn(member)));
      const better = countRowSchema.parse(above.get(...of, points));
      return {
        rows: first.all(...of, limit).map((row) => rowSchema.parse(row)),
        members: countRowSchema.parse(above.get(...of, 0)).count,
        own: points === 0 ? null : { points, above: better.count, next: better.next },
        shown: !isHidden(tenant, member),
      };
    },

    setShown: (tenant: TenantId, member: MemberId, shown: boolean): void => {
      (shown ? show : hide).run(toColumn(tenant), toColumn(member));
    },

    hiddenAmong: (tenant: TenantId, members: readonly MemberId[]): MemberId[] =>
      members.filter((member) => isHidden(tenant, member)),
  };
};
