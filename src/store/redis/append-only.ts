import type { Redis } from "ioredis";
import { z } from "zod";
import type { Instant } from "#core/ids";
import type { Log } from "#core/ports";
import { mastersOf } from "./client.ts";
import { isForbidden, withFailure } from "./failure.ts";
import { turnKey } from "./keys.ts";
import type { RedisServer } from "./server.ts";

/** When all processes together last had the files written anew, and on which servers. */
const ASKED_KEY = turnKey("append-only");
const REMEMBERED_S = 24 * 3_600;
const askedSchema = z.tuple([z.coerce.number().int(), z.string()]);

interface State {
  /** Of this run of the server: another has read the file that the one before it left. */
  readonly run: string;
  readonly isAppending: boolean;
  readonly isRewriting: boolean;
  readonly hasFailed: boolean;
}

const stateOf = async (node: Redis): Promise<State> => {
  const info = await node.info();
  return {
    run: /^run_id:(\w{1,64})/m.exec(info)?.[1] ?? "",
    isAppending: /^aof_enabled:1/m.test(info),
    isRewriting: /^aof_rewrite_(?:in_progress|scheduled):1/m.test(info),
    hasFailed: /^aof_last_bgrewrite_status:err/m.test(info),
  };
};

/** Hosts that look after the file themselves take the command out or forbid it. */
const isRefused = (error: unknown): boolean =>
  isForbidden(error) ||
  (error instanceof Error && /unknown command|not allowed|disabled/i.test(error.message));

/** Redis appends what is done and keeps what was removed in its file until it writes that anew. */
export const appendOnlyOn = (server: RedisServer, log: Log) => {
  const { where, client } = server;
  const told = new Set<string>();
  const warnOnce = (event: string, facts: Readonly<Record<string, unknown>>): void => {
    if (told.has(event)) return;
    told.add(event);
    log.warn(event, { where, ...facts });
  };

  /** Whether every server took it up; one that is at it already began before what was removed last. */
  const begin = async (nodes: readonly Redis[]): Promise<"begun" | "busy" | "refused"> => {
    for (const node of nodes)
      try {
        await node.call("BGREWRITEAOF");
      } catch (error) {
        if (error instanceof Error && /already in progress|in progress/i.test(error.message)) return "busy";
        if (!isRefused(error)) throw error;
        return "refused";
      }
    return "begun";
  };

  /**
   * Has the files written anew without what was removed before an instant of the server's clock. Any number of processes
   * and tenants share one rewriting.
   *
   * @returns false until that is done: to be asked again in a minute
   */
  const rewriteLog = async (since: Instant): Promise<boolean> => {
    const nodes = mastersOf(client);
    const states = await Promise.all(nodes.map(stateOf));
    if (!states.some(({ isAppending }) => isAppending)) return true;
    const runs = states
      .map(({ run }) => run)
      .toSorted()
      .join();
    const [at, on] = askedSchema.safeParse((await client.get(ASKED_KEY))?.split(" ")).data ?? [0, ""];
    if (states.some(({ isRewriting }) => isRewriting)) return false;
    const hasFailed = states.some((state) => state.hasFailed);
    if (since < at && on === runs && !hasFailed) return true;
    if (hasFailed)
      warnOnce("Redis could not write its append-only file anew; it is asked again", {
        remedy: "look at its log and at its disk: what was deleted stays in the file until it succeeds",
      });
    const [seconds, micros] = await client.time();
    const began = await begin(nodes);
    if (began === "begun")
      await client.set(
        ASKED_KEY,
        `${Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)} ${runs}`,
        "EX",
        REMEMBERED_S,
      );
    if (began === "refused")
      warnOnce("Redis lets nobody ask for its append-only file to be written anew", {
        remedy: "allow the user +bgrewriteaof; until it does so by itself, the file holds what was deleted",
      });
    return began === "refused";
  };

  return { rewriteLog: (since: Instant) => withFailure(where, () => rewriteLog(since)) };
};
