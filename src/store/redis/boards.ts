import { z } from "zod";
import type { BoardPage, BoardQuery, BoardRow, TakenHints } from "#core/board/boards";
import { type BoardPeriod, datesOfWeek, isoWeekSchema } from "#core/board/period";
import { type MemberId, memberIdSchema, type TenantId } from "#core/ids";
import type { Effects } from "./effects.ts";
import { fromPart, type TenantKeys, tenantKeys, toPart } from "./keys.ts";
import { rowsOf } from "./replies.ts";
import type { RedisServer } from "./server.ts";

const pointsSchema = z.coerce.number().pipe(z.int().nonnegative());
const repliedSchema = z.union([
  z.tuple([z.literal("old")]),
  z
    .tuple([z.literal("kept"), z.int(), z.int(), z.int(), z.string(), z.int()], z.string())
    .transform(([, members, points, above, next, isHidden, ...rows]) => ({
      members,
      points,
      above,
      next,
      isHidden,
      rows,
    })),
]);

const MEMBERS_AT_ONCE = 1_000;
const EVERYTHING = "all" as BoardPeriod;

/** The months that a week or a month touches, each with its days in it: all, for a month. */
const daysIn = (period: BoardPeriod): ReadonlyMap<string, readonly number[]> => {
  const { data: week } = isoWeekSchema.safeParse(period);
  if (week === undefined) return new Map([[period, Array.from({ length: 31 }, (_, at) => at + 1)]]);
  const byMonth = Map.groupBy(datesOfWeek(week), (date) => date.slice(0, 7));
  return new Map([...byMonth].map(([month, dates]) => [month, dates.map((date) => Number(date.slice(8)))]));
};

/** The board of a week or a month that was let go of, out of the days of all who ever won points. */
const oldBoard = async (
  server: RedisServer,
  keys: TenantKeys,
  period: BoardPeriod,
): Promise<readonly BoardRow[]> => {
  const days = daysIn(period);
  const rows: BoardRow[] = [];
  let cursor = "0";
  do {
    const [next, flat] = await server.ask((client) =>
      client.zscan(keys.board(EVERYTHING), cursor, "COUNT", MEMBERS_AT_ONCE),
    );
    cursor = next;
    const members = rowsOf(flat, 2).map(([part = ""]) => memberIdSchema.parse(fromPart(part)));
    const months = await server.ask((client) =>
      Promise.all(
        members.map((member) =>
          client.hmget(keys.member(member), ...[...days.keys()].map((month) => `B${month}`)),
        ),
      ),
    );
    for (const [at, member] of members.entries()) {
      const points = [...days.values()].reduce(
        (sum, some, place) =>
          sum + some.reduce((all, day) => all + (months[at]?.[place]?.charCodeAt(day - 1) || 0), 0),
        0,
      );
      if (points > 0) rows.push({ member, points });
    }
  } while (cursor !== "0");
  // A scan may name somebody twice.
  return [...new Map(rows.map((row) => [row.member, row])).values()].toSorted(
    (one, other) => other.points - one.points || (one.member < other.member ? -1 : 1),
  );
};

export const boardsIn = (server: RedisServer, effects: Effects) => {
  const hiddenAmong = async (tenant: TenantId, members: readonly MemberId[]): Promise<MemberId[]> => {
    if (members.length === 0) return [];
    const flags = await server.ask((client) =>
      client.smismember(tenantKeys(tenant).hidden, ...members.map(toPart)),
    );
    return members.filter((_, at) => flags[at] === 1);
  };

  const slowly = async ({ tenant, period, member, limit }: BoardQuery): Promise<BoardPage> => {
    const rows = await oldBoard(server, tenantKeys(tenant), period);
    const hidden = new Set(await hiddenAmong(tenant, [member, ...rows.map((row) => row.member)]));
    const shown = rows.filter((row) => !hidden.has(row.member));
    const points = rows.find((row) => row.member === member)?.points ?? 0;
    const above = shown.filter((row) => row.points > points);
    return {
      rows: shown.slice(0, limit),
      members: shown.length,
      own: points === 0 ? null : { points, above: above.length, next: above.at(-1)?.points ?? null },
      shown: !hidden.has(member),
    };
  };

  return {
    hiddenAmong,

    board: async (query: BoardQuery): Promise<BoardPage> => {
      const { tenant, period, member, limit } = query;
      const keys = tenantKeys(tenant);
      const reply = repliedSchema.parse(
        await server.read("board", [keys.board(period), keys.hidden], [toPart(member), String(limit)]),
      );
      if (Array.isArray(reply)) return slowly(query);
      const { members, points, above, next, isHidden, rows } = reply;
      return {
        rows: rowsOf(rows, 2).map(([part = "", theirs]) => ({
          member: memberIdSchema.parse(fromPart(part)),
          points: pointsSchema.parse(theirs),
        })),
        members,
        own: points === 0 ? null : { points, above, next: next === "" ? null : pointsSchema.parse(next) },
        shown: isHidden === 0,
      };
    },

    setShown: async (tenant: TenantId, member: MemberId, shown: boolean): Promise<void> => {
      await effects.apply(tenant, "hide", [toPart(member), shown ? "" : "1"]);
    },

    hintsTaken: async (tenant: TenantId, member: MemberId, asked: readonly string[]): Promise<number> => {
      if (asked.length === 0) return 0;
      const counts = await server.ask((client) =>
        client.hmget(tenantKeys(tenant).hints(member), ...asked.map(toPart)),
      );
      return counts.reduce((sum, count) => sum + pointsSchema.parse(count ?? 0), 0);
    },

    hintsOf: async (tenant: TenantId, member: MemberId): Promise<readonly TakenHints[]> => {
      const kept = await server.ask((client) => client.hgetall(tenantKeys(tenant).hints(member)));
      // Beside each number stand the submissions that it is made of.
      return Object.entries(kept).flatMap(([name, taken]) =>
        name.includes("|") ? [] : [{ of: fromPart(name), taken: pointsSchema.parse(taken) }],
      );
    },
  };
};
