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

/** The dates of a month's row with their signs: `..0` of `2026-06` is 3 June. */
const datesIn = (month: string, row: string): { readonly date: StudyDate; readonly sign: string }[] =>
  [...monthRowSchema.parse(row)].flatMap((sign, at) =>
    sign === "."
      ? []
      : [{ date: studyDateSchema.parse(`${month}-${String(at + 1).padStart(2, "0")}`), sign }],
  );

const byDate = <Row extends { readonly date: string }>(one: Row, other: Row): number =>
  one.date < other.date ? -1 : 1;

/** What begins with a letter in a member's row, without it. */
const startingWith = (letter: string, row: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(row).flatMap(([field, value]) =>
    field.startsWith(letter) ? [[field.slice(1), value] satisfies [string, string]] : [],
  );

export const ledgerIn = (row: Readonly<Record<string, string>>): StudyDay[] =>
  startingWith("L", row)
    .flatMap(([month, signs]) => datesIn(month, signs))
    .map(({ date, sign }): StudyDay => {
      const kind = kinds[sign];
      if (kind === undefined)
        throw new z.ZodError([{ code: "custom", path: [date], message: "no rank", input: sign }]);
      const at = row[`D${date}`];
      return at === undefined ? { date, kind } : { date, kind, at: instantTextSchema.parse(at) };
    })
    .toSorted(byDate);

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
      return startingWith("A", row)
        .flatMap(([month, signs]) => datesIn(month, signs))
        .map(({ date }) => ({ date, pending: pending.has(date) }))
        .toSorted(byDate);
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

    /** For whom a date counts, of many. */
    passedOn: async (tenant: TenantId, date: StudyDate, members: readonly MemberId[]): Promise<boolean[]> => {
      const keys = tenantKeys(tenant);
      const rows = await server.ask((client) =>
        Promise.all(members.map((member) => client.hget(keys.member(member), `L${date.slice(0, 7)}`))),
      );
      return rows.map((row) => kinds[row?.[Number(date.slice(8)) - 1] ?? "."] !== undefined);
    },
  };
};
export type Days = ReturnType<typeof daysIn>;
