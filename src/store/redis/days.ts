import { z } from "zod";
import {
  type ChannelId,
  channelIdSchema,
  type MemberId,
  type StudyDate,
  studyDateSchema,
  type TenantId,
} from "#core/ids";
import type { AnsweredDate, StudyDay } from "#core/streak/ledger";
import type { Effects } from "./effects.ts";
import { fromPart, tenantKeys, toPart } from "./keys.ts";
import { instantTextSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";

/** The stronger kind has the smaller rank; the odd rank behind each is the same kind with an instant. In the database. */
const ranks = { pass: 0, madeup: 2 } satisfies Record<StudyDay["kind"], number>;
const kinds: Readonly<Record<string, StudyDay["kind"]>> = { 0: "pass", 1: "pass", 2: "madeup", 3: "madeup" };

const monthRowSchema = z.string().max(31);
const rowSchema = z.record(z.string(), z.string());

const byDate = <Row extends { readonly date: string }>(one: Row, other: Row): number =>
  one.date < other.date ? -1 : 1;

/** What begins with a letter in a member's row, without it. */
const startingWith = (letter: string, row: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(row).flatMap(([field, value]) =>
    field.startsWith(letter) ? [[field.slice(1), value] satisfies [string, string]] : [],
  );

/** One date of a member: the rank of its row in the ledger, and whether a round of it was answered. */
interface DaySigns {
  readonly date: StudyDate;
  readonly rank: string | null;
  readonly isAnswered: boolean;
}

/** Ranks of days that were answered as well. In the database. */
const answeredRanks: Readonly<Record<string, string>> = { p: "0", q: "1", r: "2", s: "3" };

/**
 * What a member's row says of every date, one sign a day: `..p` of the month `S2026-06` is a day that was passed, 3 June.
 * An older release kept what was answered in rows of `A` and the ledger in rows of `L`.
 */
const daysOf = (row: Readonly<Record<string, string>>): DaySigns[] => {
  const days = new Map<string, { rank: string | null; isAnswered: boolean }>();
  for (const letter of ["S", "A", "L"])
    for (const [month, signs] of startingWith(letter, row))
      for (const [at, sign] of [...monthRowSchema.parse(signs)].entries()) {
        if (sign === ".") continue;
        const date = `${month}-${String(at + 1).padStart(2, "0")}`;
        const day = days.get(date) ?? { rank: null, isAnswered: false };
        const rank = answeredRanks[sign] ?? (sign === "a" ? null : sign);
        if (rank !== null && (day.rank === null || rank < day.rank)) day.rank = rank;
        day.isAnswered ||= sign === "a" || answeredRanks[sign] !== undefined;
        days.set(date, day);
      }
  return [...days].map(([date, day]) => ({ date: studyDateSchema.parse(date), ...day })).toSorted(byDate);
};

export const ledgerIn = (row: Readonly<Record<string, string>>): StudyDay[] =>
  daysOf(row).flatMap(({ date, rank }): StudyDay[] => {
    if (rank === null) return [];
    const kind = kinds[rank];
    if (kind === undefined)
      throw new z.ZodError([{ code: "custom", path: [date], message: "no rank", input: rank }]);
    const at = row[`D${date}`];
    return [at === undefined ? { date, kind } : { date, kind, at: instantTextSchema.parse(at) }];
  });

export const daysIn = (server: RedisServer, effects: Effects) => {
  const rowOf = async (tenant: TenantId, member: MemberId): Promise<Record<string, string>> =>
    rowSchema.parse(await server.ask((client) => client.hgetall(tenantKeys(tenant).member(member))));

  return {
    credit: async (tenant: TenantId, member: MemberId, { date, kind, at }: StudyDay): Promise<void> => {
      const rank = ranks[kind] + (at === undefined ? 0 : 1);
      await effects.apply(tenant, "credit", [
        toPart(member),
        date,
        String(rank),
        at === undefined ? "" : String(at),
      ]);
    },

    ledger: async (tenant: TenantId, member: MemberId): Promise<StudyDay[]> =>
      ledgerIn(await rowOf(tenant, member)),

    answeredDates: async (tenant: TenantId, member: MemberId): Promise<AnsweredDate[]> => {
      const row = await rowOf(tenant, member);
      const pending = new Set(startingWith("P", row).map(([, date]) => date));
      return daysOf(row)
        .filter(({ isAnswered }) => isAnswered)
        .map(({ date }) => ({ date, pending: pending.has(date) }));
    },

    homeChannel: async (tenant: TenantId, member: MemberId): Promise<ChannelId | null> => {
      const home = await server.ask((client) => client.hget(tenantKeys(tenant).member(member), "h"));
      return home === null ? null : channelIdSchema.parse(fromPart(home.split(" ")[2] ?? ""));
    },

    practice: async (tenant: TenantId, member: MemberId): Promise<string | null> => {
      const question = await server.ask((client) => client.hget(tenantKeys(tenant).member(member), "q"));
      return question === null ? null : fromPart(question);
    },

    setPractice: async (tenant: TenantId, member: MemberId, question: string | null): Promise<void> => {
      await effects.apply(tenant, "field", [
        "practises",
        toPart(member),
        "q",
        question === null ? "" : toPart(question),
      ]);
    },

    /**
     * On which of some dates each of some members has a study day. A member's row is read once, however many the dates
     * are: who answers every day stands in every round.
     */
    passedOn: async (
      tenant: TenantId,
      dates: readonly StudyDate[],
      members: readonly MemberId[],
    ): Promise<ReadonlyMap<MemberId, ReadonlySet<StudyDate>>> => {
      const keys = tenantKeys(tenant);
      const months = [...new Set(dates.map((date) => date.slice(0, 7)))];
      const fields = months.flatMap((month) => [`S${month}`, `L${month}`]);
      if (fields.length === 0) return new Map();
      const rows = await server.ask((client) =>
        Promise.all(members.map((member) => client.hmget(keys.member(member), ...fields))),
      );
      const counts = (row: readonly (string | null)[], date: StudyDate): boolean => {
        const at = 2 * months.indexOf(date.slice(0, 7));
        return row.slice(at, at + 2).some((signs) => {
          const sign = signs?.[Number(date.slice(8)) - 1] ?? ".";
          return kinds[answeredRanks[sign] ?? sign] !== undefined;
        });
      };
      return new Map(
        members.map((member, at) => [member, new Set(dates.filter((date) => counts(rows[at] ?? [], date)))]),
      );
    },
  };
};
export type Days = ReturnType<typeof daysIn>;
