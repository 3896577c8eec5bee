import { z } from "zod";
import type { Client } from "./client.ts";

/** Stands for the key in the samples. */
const K = "key";

/**
 * What our scripts and we ourselves call, each as a whole call: where arguments are missing, Redis 7.0 looks for keys
 * beyond the end of what it was given and falls over.
 */
export const OUR_CALLS: Readonly<Record<string, readonly string[]>> = {
  DEL: [K],
  EXISTS: [K],
  GET: [K],
  HDEL: [K, "f"],
  HGET: [K, "f"],
  HGETALL: [K],
  HINCRBY: [K, "f", "1"],
  HKEYS: [K],
  HLEN: [K],
  HMGET: [K, "f"],
  HSET: [K, "f", "v"],
  HVALS: [K],
  MGET: [K],
  RENAME: [K, K],
  SADD: [K, "m"],
  SCAN: ["0"],
  SET: [K, "v"],
  SISMEMBER: [K, "m"],
  SMEMBERS: [K],
  SMISMEMBER: [K, "m"],
  SREM: [K, "m"],
  TIME: [],
  TYPE: [K],
  UNLINK: [K],
  XADD: [K, "*", "f", "v"],
  XDEL: [K, "0-1"],
  XINFO: ["STREAM", K],
  XLEN: [K],
  XRANGE: [K, "-", "+"],
  XREVRANGE: [K, "+", "-"],
  ZADD: [K, "1", "m"],
  ZCARD: [K],
  ZCOUNT: [K, "0", "1"],
  ZINCRBY: [K, "1", "m"],
  ZINTER: ["1", K],
  ZRANGE: [K, "0", "1"],
  ZRANGEBYLEX: [K, "-", "+"],
  ZRANGEBYSCORE: [K, "0", "1"],
  ZREM: [K, "m"],
  ZREMRANGEBYSCORE: [K, "0", "1"],
  ZREVRANGE: [K, "0", "1"],
  ZREVRANGEBYSCORE: [K, "1", "0"],
  ZSCAN: [K, "0"],
  ZSCORE: [K, "m"],
};

/** What would destroy or stop everything, and is never called. */
const DANGEROUS_CALLS: Readonly<Record<string, readonly string[]>> = {
  FLUSHALL: [],
  FLUSHDB: [],
  KEYS: ["*"],
  REPLICAOF: ["NO", "ONE"],
  SHUTDOWN: [],
};

/** Without it all works but that what was deleted stays in the append-only file for longer. */
const REWRITE = "BGREWRITEAOF";

/** Asks the server's own rules; nothing is called. @see https://redis.io/docs/latest/develop/programmability/lua-api */
const MAY_CALL = "return redis.acl_check_cmd(unpack(ARGV)) and 1 or 0";

const mayCall = async (
  client: Client,
  key: string,
  name: string,
  sample: readonly string[],
): Promise<boolean> => {
  const args = sample.map((arg) => (arg === K ? key : arg));
  try {
    return z.int().parse(await client.eval(MAY_CALL, 1, key, name, ...args)) === 1;
  } catch (error) {
    // Some hosts take commands out altogether.
    if (error instanceof Error && /Invalid command/i.test(error.message)) return false;
    throw error;
  }
};

export interface Rights {
  /** Commands that our scripts call and the user may not. */
  readonly forbidden: readonly string[];
  /** Commands that would destroy what is there, and that the user may call. */
  readonly dangerous: readonly string[];
  /** Whether the append-only file may be had written anew, so that it holds nothing that was deleted. */
  readonly mayRewrite: boolean;
}

/**
 * What the user of a connection lacks, and what it may do that it should not.
 *
 * @param key of ours, on which the calls would be
 */
export const rightsOn = async (client: Client, key: string): Promise<Rights> => {
  const forbidden: string[] = [];
  const dangerous: string[] = [];
  for (const [name, sample] of Object.entries(OUR_CALLS))
    if (!(await mayCall(client, key, name, sample))) forbidden.push(name);
  for (const [name, sample] of Object.entries(DANGEROUS_CALLS))
    if (await mayCall(client, key, name, sample)) dangerous.push(name);
  return { forbidden, dangerous, mayRewrite: await mayCall(client, key, REWRITE, []) };
};
