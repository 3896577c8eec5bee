import { z } from "zod";
import { periodsOf } from "#core/board/period";
import { dossierKindSchema } from "#core/dossier";
import { FORGOTTEN, isPartOf, namesMember } from "#core/erasure/naming";
import { withoutQuotes } from "#core/erasure/quotes";
import type { Erased } from "#core/erasure/safeguards";
import {
  channelIdSchema,
  type Instant,
  type MemberId,
  memberIdSchema,
  type RoundId,
  roundIdSchema,
  studyDateSchema,
  type TenantId,
} from "#core/ids";
import { gradeResultSchema } from "#core/scoring/grader";
import { excusalSchema } from "#core/streak/excusal";
import { resultText } from "./answers.ts";
import { dossiersIn, dossiersOf } from "./dossiers.ts";
import { answerKeys, type EffectArgs, type Effects } from "./effects.ts";
import { digestOf, WHOLE_TENANT } from "./erased-name.ts";
import { entriesWith, eraseEntries, type FoundEntry, oldTexts, rewriteJournal } from "./journal-entries.ts";
import { dossierShardOf, fromPart, shardKeys, shardOf, tenantKeys, toPart } from "./keys.ts";
import { journalOf } from "./places.ts";
import { instantTextSchema, jsonSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";

/** Whether an entry of a tenant's journal is about a member; of an excused date only the name is theirs. */
const isOf = (part: string, { name, args }: FoundEntry): boolean => {
  const [first, whose, field] = args;
  if (name === "answer" || name === "credit" || name === "hint" || name === "hide") return first === part;
  if (name !== "field" && name !== "swap-field") return false;
  if (first === "choices" || first === "practises") return whose === part;
  return (first === "named" || first === "offers") && field === part;
};

const isExcusal = ({ name, args: [first] }: FoundEntry): boolean =>
  (name === "field" || name === "swap-field") && first === "excusals";

/** What an older release kept under a name of its own is in no list. */
const OLDER_ACTIONS = ["seen-in", "last-admin"];

const keptExcusal = jsonSchema.pipe(excusalSchema);
const keptResult = jsonSchema.pipe(gradeResultSchema);
const textSchema = jsonSchema.pipe(z.string());

export const erasuresIn = (server: RedisServer, effects: Effects) => {
  const erase = async (key: string, part = ""): Promise<void> => {
    await server.write("erase", [key], [part]);
  };
  const restore = async (tenant: TenantId, { who, at }: Erased): Promise<void> => {
    await effects.apply(tenant, "forget", [who, String(at)]);
  };

  /** Takes an answer off its round and the boards. */
  const eraseAnswer = async (tenant: TenantId, { number, args }: FoundEntry): Promise<void> => {
    const [member = "", round = ""] = args;
    if (round === "") return;
    const [, , , live = "", , packed = "", ...boards] = answerKeys(tenantKeys(tenant), args);
    await erase(live, member);
    await server.write("erase-packed", [packed], [String(number)]);
    for (const board of boards) await erase(board, member);
  };

  /** The same date, excused by nobody in particular; the entry with the name goes. */
  const renameExcuser = async (tenant: TenantId, member: MemberId, entry: FoundEntry): Promise<void> => {
    const [, channel = "", date = ""] = entry.args;
    const key = tenantKeys(tenant).excusals(channelIdSchema.parse(fromPart(channel)));
    const kept = await server.ask((client) => client.hget(key, date));
    const excusal = kept === null ? null : keptExcusal.parse(kept);
    if (excusal?.by === member) {
      const text = JSON.stringify({ ...excusal, by: FORGOTTEN });
      await effects.apply(tenant, "field", ["excusals", channel, date, text]);
    }
    // What stands there now is in another entry, or in this one where somebody else excused the date.
    const written = entry.args.at(-1) ?? "";
    if (written !== "" && keptExcusal.parse(written).by === member)
      await eraseEntries(server, tenantKeys(tenant).journal, [entry.number]);
  };

  /** The periods on whose boards a member has points, by the days in their row. */
  const eraseBoards = async (tenant: TenantId, member: MemberId): Promise<void> => {
    const keys = tenantKeys(tenant);
    const months = await server.ask((client) => client.hkeys(keys.member(member)));
    const periods = new Set(
      months
        .filter((field) => field.startsWith("B"))
        .flatMap((field) =>
          Array.from({ length: 31 }, (_, day) => `${field.slice(1)}-${String(day + 1).padStart(2, "0")}`),
        )
        .flatMap((date) => {
          const { data } = studyDateSchema.safeParse(date);
          return data === undefined ? [] : periodsOf(data);
        }),
    );
    for (const period of periods) await erase(keys.board(period), toPart(member));
  };

  const eraseActions = async (tenant: TenantId, member: MemberId): Promise<void> => {
    const keys = tenantKeys(tenant);
    const names = await server.ask((client) => client.zrange(keys.actions, "0", "-1"));
    for (const name of [...names, ...OLDER_ACTIONS, toPart(`interview-date:${member}`)]) {
      const key = keys.action(fromPart(name));
      const kept = await server.ask((client) => client.get(key));
      const text = kept === null ? "" : textSchema.parse(kept.slice(kept.indexOf(" ") + 1));
      if (!namesMember(text, member) && !isPartOf(member, fromPart(name))) continue;
      await erase(key);
      await erase(keys.actions, name);
    }
  };

  /** Schedules that were replaced may name editors that are none any more. */
  const eraseOldSchedules = async (tenant: TenantId): Promise<void> => {
    const keys = shardKeys(shardOf(tenant));
    const own = toPart(tenant);
    const newest = new Map<string, number>();
    const entries: FoundEntry[] = [];
    for await (const entry of entriesWith(server, keys.journal, [own, own])) {
      if (entry.name !== "schedule" || entry.args[0] !== own) continue;
      entries.push(entry);
      const [, channel = "", revision = ""] = entry.args;
      newest.set(channel, Math.max(newest.get(channel) ?? 0, Number(revision)));
    }
    const old = entries.filter(
      ({ args: [, channel = "", revision] }) => newest.get(channel) !== Number(revision),
    );
    await eraseEntries(
      server,
      keys.journal,
      old.map(({ number }) => number),
    );
  };

  const eraseMember = async (tenant: TenantId, member: MemberId, at: Instant): Promise<void> => {
    const keys = tenantKeys(tenant);
    const part = toPart(member);
    await restore(tenant, { who: digestOf(tenant, member), at });
    await eraseBoards(tenant, member);
    // What was on its way when the first look began is found by the next.
    for (let left = true; left; ) {
      left = false;
      const numbers: number[] = [];
      for await (const entry of entriesWith(server, keys.journal, [part, JSON.stringify(member)])) {
        if (isExcusal(entry)) await renameExcuser(tenant, member, entry);
        if (!isOf(part, entry)) continue;
        if (entry.name === "answer") await eraseAnswer(tenant, entry);
        const [, whose = ""] = entry.args;
        if (entry.args[0] === "offers") await erase(keys.offers(roundIdSchema.parse(fromPart(whose))), part);
        numbers.push(entry.number);
      }
      await eraseEntries(server, keys.journal, numbers);
      left = numbers.length > 0;
      for (const key of [keys.answers, keys.practice, keys.hints, keys.choices, keys.member])
        await erase(key(member));
    }
    await erase(keys.named, part);
    await erase(keys.hidden, part);
    await eraseActions(tenant, member);
    await eraseOldSchedules(tenant);
  };

  /** Every key of a tenant, out of its journal, its rounds and its lists. */
  const keysOf = async (tenant: TenantId): Promise<ReadonlySet<string>> => {
    const keys = tenantKeys(tenant);
    const all = new Set<string>([
      ...[keys.rounds, keys.closed, keys.named, keys.hidden, keys.installation, keys.actions, keys.erased],
      ...[keys.journalCopy, keys.journalCopier, keys.journal],
    ]);
    const member = (part: string): void => {
      const id = memberIdSchema.parse(fromPart(part));
      for (const key of [keys.answers, keys.practice, keys.hints, keys.choices, keys.member])
        all.add(key(id));
    };
    const channel = (part: string): void => {
      const id = channelIdSchema.parse(fromPart(part));
      for (const key of [keys.roundsByDate, keys.roundsByOpening, keys.excusals]) all.add(key(id));
      for (const key of [keys.posts, keys.postsByDate, keys.unsettled]) all.add(key(id));
    };
    const round = (id: RoundId): void => {
      for (const key of [keys.live, keys.packed, keys.offers]) all.add(key(id));
      for (const board of keys.endingBoards(id)) all.add(board);
    };
    const visit = (name: string, args: EffectArgs): void => {
      const [first = "", second = ""] = args;
      if (name === "answer") for (const board of answerKeys(keys, args).slice(6)) all.add(board);
      if (name === "answer" || name === "credit" || name === "hint") member(first);
      if (name === "open-round" || name === "post-record") channel(first);
      if (name === "field" || name === "swap-field") {
        if (first === "choices" || first === "practises") member(second);
        if (first === "excusals") channel(second);
        if (first === "offers") round(roundIdSchema.parse(fromPart(second)));
      }
    };
    for await (const entries of journalOf(server, keys.journal))
      for (const { name, args } of entries) visit(name, args);
    for (const part of await server.client.hkeys(keys.rounds)) round(roundIdSchema.parse(fromPart(part)));
    for (const name of await server.client.zrange(keys.actions, "0", "-1"))
      all.add(keys.action(fromPart(name)));
    return all;
  };

  const eraseSchedules = async (tenant: TenantId): Promise<void> => {
    const keys = shardKeys(shardOf(tenant));
    const own = toPart(tenant);
    const channels = await server.ask((client) => client.smembers(keys.channels(tenant)));
    for (const channel of channels) {
      await erase(keys.due, `${own}|${channel}`);
      await erase(keys.schedules, `${own}|${channel}`);
    }
    await erase(keys.channels(tenant));
    const numbers: number[] = [];
    for await (const { number, name, args } of entriesWith(server, keys.journal, [own, own]))
      if (name === "schedule" && args[0] === own) numbers.push(number);
    await eraseEntries(server, keys.journal, numbers);
  };

  return {
    eraseMember,
    restoreErased: restore,

    erasedAt: async (tenant: TenantId, member: MemberId): Promise<Instant | null> => {
      const key = tenantKeys(tenant).erased;
      const both = await server.ask((client) => client.hmget(key, WHOLE_TENANT, digestOf(tenant, member)));
      const known = both.flatMap((at) => (at === null ? [] : [instantTextSchema.parse(at)]));
      return known.length === 0 ? null : Math.max(...known);
    },

    eraseTenant: async (tenant: TenantId, at: Instant | null): Promise<void> => {
      const mark = async (): Promise<void> => {
        if (at !== null) await restore(tenant, { who: WHOLE_TENANT, at });
      };
      await mark();
      const { drop } = dossiersIn(server);
      for await (const { kind, id } of dossiersOf(server, tenant))
        await drop(tenant, dossierKindSchema.parse(kind), id);
      await eraseSchedules(tenant);
      for (const key of await keysOf(tenant)) await erase(key);
      await mark();
    },

    forgetTexts: async (tenant: TenantId, before: Instant, limit: number): Promise<number> => {
      const keys = tenantKeys(tenant);
      let count = 0;
      for await (const { number, args } of oldTexts(server, keys.journal, before)) {
        const result = args[6] ?? "";
        const emptied = result === "" ? "" : resultText(withoutQuotes(keptResult.parse(result)));
        const own = [String(number), result, emptied];
        count += z.int().parse(await server.write("forget-text", answerKeys(keys, args), own));
        if (count >= limit) break;
      }
      return count;
    },

    purge: async (tenant: TenantId): Promise<void> => {
      const shards = [...new Set([shardOf(tenant), dossierShardOf(tenant)])].map(shardKeys);
      for (const keys of [tenantKeys(tenant), ...shards])
        if (!(await rewriteJournal(server, keys)))
          throw new Error(`the journal ${keys.journal} was never still enough to be written anew`);
    },
  };
};
