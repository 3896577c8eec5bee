import { z } from "zod";
import {
  checkDossier,
  type Dossier,
  type DossierKind,
  type DossierQuery,
  dossierKindSchema,
  dossierSchema,
  fromSorting,
  toSorting,
} from "#core/dossier";
import { type Instant, type TenantId, tenantIdSchema } from "#core/ids";
import type { EffectArgs } from "./effects.ts";
import { DOSSIER_SHARDS, dossierShardOf, fromPart, shardKeys, toPart } from "./keys.ts";
import { instantTextSchema, jsonSchema, textsSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";
import { shardsUpTo, sharesOf } from "./shares.ts";

const everyShard = shardsUpTo(DOSSIER_SHARDS);
/** Behind every id that is written so that it sorts. */
const END = "\u007f";

const wakeAtSchema = z.union([z.literal("").transform(() => null), instantTextSchema]);
const repliedSchema = z.union([
  z.tuple([z.enum(["kept", "none"])]),
  z.tuple([z.literal("other"), z.string(), z.string(), z.string()]),
]);

const nameOf = (tenant: TenantId, kind: DossierKind, id: string): string =>
  `${kind}|${toPart(tenant)}|${toSorting(id)}`;

const dossierOf = (
  fields: Record<"tenant" | "kind" | "id" | "revision" | "wakeAt" | "text", string>,
): Dossier =>
  dossierSchema.parse({
    tenant: fromPart(fields.tenant),
    kind: fields.kind,
    id: fromSorting(fields.id),
    revision: Number(fields.revision),
    wakeAt: wakeAtSchema.parse(fields.wakeAt),
    text: jsonSchema.parse(fields.text),
  });

/** An entry of a shard's journal as a flat reply: `k dossier 2 <kind> 3 <tenant> …`. */
const dossierIn = (entry: unknown): Dossier => {
  const [, , , kind = "", , tenant = "", , id = "", , revision = "", , wakeAt = "", , text = ""] =
    textsSchema.parse(entry);
  return dossierOf({ kind, tenant, id, revision, wakeAt, text });
};

/** The keys of what the script `dossier` does, out of its arguments alone. */
export const keysOfDossier = (shard: number, [kind]: EffectArgs): string[] => {
  const keys = shardKeys(shard);
  return [keys.journal, keys.dossiers, keys.dossierNames, keys.dossiersDue(dossierKindSchema.parse(kind))];
};

const entriesFrom = async (
  server: RedisServer,
  tenant: TenantId,
  range: readonly [first: string, last: string],
  limit: number,
): Promise<Dossier[]> => {
  const keys = shardKeys(dossierShardOf(tenant));
  const reply = await server.read(
    "dossiers",
    [keys.journal, keys.dossiers, keys.dossierNames],
    [...range, String(limit)],
  );
  return z.array(z.unknown()).parse(reply).map(dossierIn);
};

const listed = (
  server: RedisServer,
  { tenant, kind, prefix = "", after = "", limit }: DossierQuery,
): Promise<Dossier[]> => {
  const begin = nameOf(tenant, kind, prefix);
  const behind = nameOf(tenant, kind, after);
  return entriesFrom(server, tenant, [behind < begin ? `[${begin}` : `(${behind}`, `(${begin}${END}`], limit);
};

const PAGE = 100;

/** All dossiers of a tenant. */
export async function* dossiersOf(server: RedisServer, tenant: TenantId): AsyncGenerator<Dossier> {
  for (const kind of dossierKindSchema.options) {
    let after = "";
    for (;;) {
      const page = await listed(server, { tenant, kind, after, limit: PAGE });
      yield* page;
      if (page.length < PAGE) break;
      after = page.at(-1)?.id ?? "";
    }
  }
}

/** Whose dossiers there are. */
export const tenantsWithDossiers = async ({ client }: RedisServer): Promise<ReadonlySet<TenantId>> => {
  const found = new Set<TenantId>();
  for (const shard of everyShard) {
    let from = "-";
    for (;;) {
      const names = await client.zrangebylex(shardKeys(shard).dossierNames, from, "+", "LIMIT", 0, 1_000);
      for (const name of names) found.add(tenantIdSchema.parse(fromPart(name.split("|")[1] ?? "")));
      if (names.length === 0) break;
      from = `(${names.at(-1)}`;
    }
  }
  return found;
};

/** The dossiers, over all tenants. */
export const dossiersIn = (server: RedisServer) => {
  const write = async (dossier: Dossier, isRestored: boolean): Promise<Dossier | null> => {
    const { tenant, kind, id, revision, wakeAt, text } = checkDossier(dossier);
    const args = [
      kind,
      toPart(tenant),
      toSorting(id),
      String(revision),
      wakeAt === null ? "" : String(wakeAt),
      JSON.stringify(text),
      isRestored ? "1" : "",
    ];
    const reply = repliedSchema.parse(
      await server.write("dossier", keysOfDossier(dossierShardOf(tenant), args), ["", ...args]),
    );
    if (reply[0] === "none") return null;
    if (reply[0] === "kept") return dossier;
    const [, keptRevision, keptWakeAt, keptText] = reply;
    return dossierSchema.parse({
      ...dossier,
      revision: Number(keptRevision),
      wakeAt: wakeAtSchema.parse(keptWakeAt),
      text: jsonSchema.parse(keptText),
    });
  };

  return {
    keep: (dossier: Dossier): Promise<Dossier | null> => write(dossier, false),
    restore: async (dossier: Dossier): Promise<void> => {
      await write(dossier, true);
    },

    find: async (tenant: TenantId, kind: DossierKind, id: string): Promise<Dossier | null> => {
      const name = `[${nameOf(tenant, kind, id)}`;
      return (await entriesFrom(server, tenant, [name, name], 1))[0] ?? null;
    },

    list: (query: DossierQuery): Promise<Dossier[]> => listed(server, query),

    drop: async (tenant: TenantId, kind: DossierKind, id: string): Promise<void> => {
      await server.write("drop-dossier", keysOfDossier(dossierShardOf(tenant), [kind]), [
        nameOf(tenant, kind, id),
      ]);
    },

    take: async (kind: DossierKind, now: Instant, leaseMs: number, limit: number): Promise<Dossier[]> => {
      const counts = await server.ask((client) =>
        Promise.all(
          everyShard.map((shard) => client.zcount(shardKeys(shard).dossiersDue(kind), "-inf", now)),
        ),
      );
      const replies = await Promise.all(
        [...sharesOf(counts, limit)].map(([shard, share]) => {
          const keys = shardKeys(shard);
          return server.read(
            "due-dossiers",
            [keys.journal, keys.dossiers, keys.dossiersDue(kind)],
            [String(now), String(now + leaseMs), String(share)],
          );
        }),
      );
      return replies
        .flatMap((reply) => z.array(z.tuple([instantTextSchema, z.unknown()])).parse(reply))
        .toSorted(([one], [other]) => one - other)
        .map(([, entry]) => dossierIn(entry));
    },
  };
};
