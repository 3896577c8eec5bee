import type { Redis } from "ioredis";
import { z } from "zod";
import type { Queue, StoreFacts } from "#core/operation";
import type { Sentence } from "#core/refusal";
import { mastersOf } from "./client.ts";
import { isForbidden } from "./failure.ts";
import { MOST_WAITING } from "./gate.ts";
import { type Durability, type Facts, factsOf, findingsIn, LAYOUT } from "./preflight.ts";
import type { RedisServer } from "./server.ts";

/** What CLIENT LIST calls the connection that every process has one of. */
const CONNECTION = /(?:^| )name=rehearsal(?: |$)/;

/** `CLIENT LIST` where it is allowed. */
async function connectionsOf(node: Redis): Promise<string | null> {
  try {
    return z.string().parse(await node.client("LIST"));
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

/** How many processes are connected; null where the server does not say. */
async function processesOf({ ask }: RedisServer): Promise<number | null> {
  const lists = await ask((client) => Promise.all(mastersOf(client).map(connectionsOf)));
  if (lists.includes(null)) return null;
  const counts = lists.map((list) => (list ?? "").split("\n").filter((line) => CONNECTION.test(line)).length);
  // In a cluster a process has a connection to each node that it has asked.
  return Math.max(1, ...counts);
}

/** What the server lacks, without its address: admins of a workspace need not know it. */
const warningsOf = (facts: Facts, durability: Durability): readonly Sentence[] =>
  findingsIn(facts, durability, "").map(
    (_, at): Sentence =>
      (say) =>
        findingsIn(facts, durability, say.status.itsAddress)[at]?.sentence(say) ?? "",
  );

/** What the server is at this moment, which may be another one than at the start. */
export async function redisFacts(server: RedisServer): Promise<StoreFacts> {
  const { durability, ask } = server;
  const servers = await ask((client) => Promise.all(mastersOf(client).map(factsOf)));
  return {
    kind: "redis",
    durability,
    warnings: servers.flatMap((facts) => warningsOf(facts, durability)),
    layout: LAYOUT,
    processes: await processesOf(server),
  };
}

export const queueOf = (server: RedisServer): Queue => ({
  name: "store",
  waiting: () => server.waiting(),
  limit: MOST_WAITING,
});
