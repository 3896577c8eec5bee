import { z } from "zod";
import {
  channelIdSchema,
  memberIdSchema,
  roundIdSchema,
  submissionIdSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import type { StoreContents, StoredRecord } from "#core/migration/record";
import { postRecordSchema } from "#core/schedule/post-record";
import { scheduleSchema } from "#core/schedule/schedule";
import { streakChoiceSchema } from "#core/streak/choice";
import { excusalSchema } from "#core/streak/excusal";
import { attemptIn, winningsIn } from "./answers.ts";
import { ledgerIn } from "./days.ts";
import { dossiersOf, tenantsWithDossiers } from "./dossiers.ts";
import { failureOf, withFailure } from "./failure.ts";
import { fromPart, shardKeys, shardOf, tenantKeys } from "./keys.ts";
import { everyKey, journalOf, journalOwners } from "./places.ts";
import { instantTextSchema, jsonSchema } from "./replies.ts";
import { roundIn } from "./rounds.ts";
import { closingOnFailure, openServer, type RedisOptions, type RedisServer } from "./server.ts";

const memberIn = (part: string) => memberIdSchema.parse(fromPart(part));
const hashOf = async ({ client }: RedisServer, key: string): Promise<[string, string][]> =>
  Object.entries(await client.hgetall(key));

/** Whom and what a tenant's journal names, as parts of keys. */
interface Places {
  readonly members: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
  /** Of which an answer was offered. */
  readonly offered: ReadonlySet<string>;
}

/** Which argument names what; a scan of all keys for every tenant would never end. */
const placesIn = async (server: RedisServer, tenant: TenantId): Promise<Places> => {
  const members = new Set<string>();
  const channels = new Set<string>();
  const offered = new Set<string>();
  const ofHash: Readonly<Record<string, Set<string>>> = {
    choices: members,
    practises: members,
    excusals: channels,
    offers: offered,
  };
  for await (const entries of journalOf(server, tenantKeys(tenant).journal))
    for (const { name, args } of entries) {
      const [first = "", second = ""] = args;
      if (name === "answer" || name === "credit" || name === "hint") members.add(first);
      else if (name === "open-round" || name === "post-record") channels.add(first);
      else if (name === "field" || name === "swap-field") ofHash[first]?.add(second);
    }
  return { members, channels, offered };
};

async function* erasedOf(server: RedisServer, tenant: TenantId): AsyncGenerator<StoredRecord> {
  for (const [who, at] of await hashOf(server, tenantKeys(tenant).erased))
    yield { kind: "erased", who, at: instantTextSchema.parse(at) };
}

async function* roundsOf(server: RedisServer, tenant: TenantId): AsyncGenerator<StoredRecord> {
  const keys = tenantKeys(tenant);
  const closed = new Map(await hashOf(server, keys.closed));
  const rounds = (await hashOf(server, keys.rounds)).map(([id, row]) =>
    roundIn(tenant, id, row, closed.get(id) ?? ""),
  );
  for (const round of rounds.toSorted((one, other) => one.opensAt - other.opensAt))
    yield { kind: "round", round };
}

async function* answersOf(server: RedisServer, tenant: TenantId): AsyncGenerator<StoredRecord> {
  for await (const entries of journalOf(server, tenantKeys(tenant).journal))
    for (const { name, args } of entries)
      if (name === "answer")
        yield {
          kind: "answer",
          attempt: attemptIn(tenant, ["k", name, ...args.flatMap((arg, at) => [String(at + 2), arg])]),
          ...winningsIn(args),
        };
}

async function* ofMembers(
  server: RedisServer,
  tenant: TenantId,
  places: Places,
): AsyncGenerator<StoredRecord> {
  const keys = tenantKeys(tenant);
  for (const part of places.members) {
    const member = memberIn(part);
    const row = await server.client.hgetall(keys.member(member));
    for (const day of ledgerIn(row)) yield { kind: "day", member, day };
    if (row.q !== undefined) yield { kind: "practice", member, question: fromPart(row.q) };
    const hints = (await hashOf(server, keys.hints(member))).flatMap(([field, before]) => {
      const [asked = "", submission] = field.split("|");
      return submission === undefined
        ? []
        : [
            {
              asked: fromPart(asked),
              submission: submissionIdSchema.parse(fromPart(submission)),
              before: Number(before),
            },
          ];
    });
    for (const hint of hints.toSorted((one, other) => one.before - other.before))
      yield { kind: "hint", member, ...hint };
    for (const [, text] of await hashOf(server, keys.choices(member)))
      yield { kind: "choice", member, choice: jsonSchema.pipe(streakChoiceSchema).parse(text) };
  }
  for (const [part] of await hashOf(server, keys.named)) yield { kind: "named", member: memberIn(part) };
  for (const part of await server.client.smembers(keys.hidden))
    yield { kind: "hidden", member: memberIn(part) };
}

async function* ofChannels(
  server: RedisServer,
  tenant: TenantId,
  places: Places,
): AsyncGenerator<StoredRecord> {
  const keys = tenantKeys(tenant);
  for (const channel of [...places.channels].map((part) => channelIdSchema.parse(fromPart(part)))) {
    for (const [, text] of await hashOf(server, keys.posts(channel)))
      yield { kind: "post", record: jsonSchema.pipe(postRecordSchema).parse(text) };
    for (const [, text] of await hashOf(server, keys.excusals(channel)))
      yield { kind: "excusal", channel, excusal: jsonSchema.pipe(excusalSchema).parse(text) };
  }
  for (const part of places.offered) {
    const round = roundIdSchema.parse(fromPart(part));
    for (const [member, value] of await hashOf(server, keys.offers(round)))
      yield {
        kind: "offer",
        offer: {
          tenant,
          round,
          member: memberIn(member),
          submission: submissionIdSchema.parse(fromPart(value.slice(2))),
          named: value.startsWith("1"),
        },
      };
  }
}

async function* schedulesOf(server: RedisServer, tenant: TenantId): AsyncGenerator<StoredRecord> {
  const keys = shardKeys(shardOf(tenant));
  const prefix = tenantKeys(tenant).journal.slice(3, -3);
  for (const channel of await server.client.smembers(keys.channels(tenant))) {
    const name = `${prefix}|${channel}`;
    const kept = await server.client.hget(keys.schedules, name);
    const wakeAt = await server.client.zscore(keys.due, name);
    if (kept === null) continue;
    const schedule = jsonSchema.pipe(scheduleSchema).parse(kept.slice(kept.indexOf(" ") + 1));
    yield { kind: "schedule", schedule, wakeAt: instantTextSchema.parse(wakeAt ?? "0") };
  }
}

async function* keptOf(
  server: RedisServer,
  tenant: TenantId,
  actions: readonly string[],
  now: number,
): AsyncGenerator<StoredRecord> {
  const keys = tenantKeys(tenant);
  const text = jsonSchema.pipe(z.string());
  for (const part of actions) {
    const [, until = "", action = ""] =
      /^(\d{1,16}) ([\s\S]*)$/.exec((await server.client.get(keys.action(fromPart(part)))) ?? "") ?? [];
    if (Number(until) > now)
      yield { kind: "action", key: fromPart(part), action: text.parse(action), expiresAt: Number(until) };
  }
  const installation = await server.client.get(keys.installation);
  if (installation !== null)
    yield { kind: "installation", sealed: text.parse(installation.slice(installation.indexOf(" ") + 1)) };
}

/** The keys under which each tenant keeps what buttons do: they are in no journal. */
const actionsByTenant = async (server: RedisServer): Promise<ReadonlyMap<TenantId, readonly string[]>> => {
  const found = new Map<TenantId, string[]>();
  for await (const keys of everyKey(server, "{t:*}:a:*"))
    for (const key of keys) {
      const [, tenant, action] = /^\{t:([^{}:]*)\}:a:(.*)$/.exec(key) ?? [];
      if (tenant === undefined || action === undefined) continue;
      const whose = tenantIdSchema.parse(fromPart(tenant));
      found.set(whose, [...(found.get(whose) ?? []), action]);
    }
  return found;
};

/** The records of a tenant, of whose buttons these texts are kept. */
export async function* recordsIn(
  server: RedisServer,
  tenant: TenantId,
  actions: readonly string[],
  now: number,
): AsyncGenerator<StoredRecord> {
  try {
    const places = await placesIn(server, tenant);
    yield* erasedOf(server, tenant);
    yield* roundsOf(server, tenant);
    yield* answersOf(server, tenant);
    yield* ofMembers(server, tenant, places);
    yield* schedulesOf(server, tenant);
    yield* ofChannels(server, tenant, places);
    yield* keptOf(server, tenant, actions, now);
    for await (const dossier of dossiersOf(server, tenant)) yield { kind: "dossier", dossier };
  } catch (error) {
    throw failureOf(error, server.where);
  }
}

/** Everything that a Redis keeps. What is written meanwhile is in a tenant's records in part, and in its revision. */
export const openRedisContents = async (options: RedisOptions): Promise<StoreContents> => {
  const server = await openServer(options);
  const actions = await closingOnFailure(server, () => actionsByTenant(server));
  return {
    tenants: () =>
      withFailure(server.where, async () => {
        const found = new Set([...(await journalOwners(server)).tenants, ...actions.keys()]);
        for await (const keys of everyKey(server, "{s:*}:t:*"))
          for (const key of keys)
            found.add(tenantIdSchema.parse(fromPart(key.slice(key.indexOf(":t:") + 3))));
        for (const tenant of await tenantsWithDossiers(server)) found.add(tenant);
        return [...found].toSorted();
      }),
    records: (tenant, now) => recordsIn(server, tenant, actions.get(tenant) ?? [], now),
    revision: (tenant) =>
      withFailure(server.where, async () => {
        const [last] = await server.client.xrevrange(tenantKeys(tenant).journal, "+", "-", "COUNT", 1);
        return last?.[0] ?? "";
      }),
    close: () => server.close(),
  };
};
