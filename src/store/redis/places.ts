import { type TenantId, tenantIdSchema } from "#core/ids";
import { mastersOf } from "./client.ts";
import type { EffectArgs } from "./effects.ts";
import { journalOwner } from "./keys.ts";
import { rowsOf, textsSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";

const KEYS_AT_ONCE = 1_000;
const ENTRIES_AT_ONCE = 500;

/** Every key of the database, or those of a pattern, some at a time. For whoever migrates or rebuilds, never for a member. */
export async function* everyKey({ client }: RedisServer, match = "*"): AsyncGenerator<readonly string[]> {
  for (const node of mastersOf(client)) {
    let cursor = "0";
    do {
      const [next, keys] = await node.scan(cursor, "MATCH", match, "COUNT", KEYS_AT_ONCE);
      cursor = next;
      if (keys.length > 0) yield keys;
    } while (cursor !== "0");
  }
}

/** Whose journals there are. */
export const journalOwners = async (
  server: RedisServer,
): Promise<{ readonly tenants: readonly TenantId[]; readonly shards: readonly number[] }> => {
  // A scan may name a key twice.
  const tenants = new Set<TenantId>();
  const shards = new Set<number>();
  for await (const keys of everyKey(server, "{*}:j"))
    for (const owner of keys.map(journalOwner)) {
      if (owner?.kind === "tenant") tenants.add(tenantIdSchema.parse(owner.tenant));
      if (owner?.kind === "shard") shards.add(owner.shard);
    }
  return { tenants: [...tenants], shards: [...shards] };
};

/** One entry of a journal: what was done, with the arguments that it was done with. */
export interface JournalEntry {
  readonly number: number;
  readonly name: string;
  readonly args: EffectArgs;
}

/** A journal from its beginning, some entries at a time. */
export async function* journalOf(
  { client }: RedisServer,
  key: string,
): AsyncGenerator<readonly JournalEntry[]> {
  let from = "-";
  for (;;) {
    const found = await client.xrange(key, from, "+", "COUNT", ENTRIES_AT_ONCE);
    if (found.length === 0) return;
    yield found.map(([id, fields]) => {
      const [[, name = ""] = [], ...rest] = rowsOf(textsSchema.parse(fields), 2);
      return { number: Number(id.slice(2)), name, args: rest.map(([, value = ""]) => value) };
    });
    from = `(${found.at(-1)?.[0]}`;
  }
}
