import { Cluster } from "ioredis";
import { Refusal } from "#core/refusal";
import type { RedisAddress } from "./address.ts";
import type { Client } from "./client.ts";

const NO_ANSWER = "no answer in time";
const MOST_RESETS = 3;

const lasting = /WRONGPASS|NOAUTH|NOPERM|certificate|SSL|cluster support disabled|ENOTFOUND|ECONNREFUSED/i;

const messagesOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { lastNodeError } = error as { lastNodeError?: unknown };
  const parts = [error.message, ...(lastNodeError === undefined ? [] : [messagesOf(lastNodeError)])];
  if (error instanceof AggregateError) parts.push(...error.errors.map(messagesOf));
  return parts.join(" ");
};

/** One sentence for the operator about why there is no connection. */
const refusalFor = (error: unknown, { shown, kind, tls, master }: RedisAddress): Refusal => {
  const said = messagesOf(error);
  const because = { cause: error };
  if (/WRONGPASS|NOAUTH|called without any password|NOPERM/.test(said))
    return new Refusal((say) => say.redis.noLogin(shown), because);
  if (!tls && /ECONNRESET|EPIPE/.test(said))
    return new Refusal((say) => say.redis.noTls(shown, false), because);
  // A server without TLS takes the first bytes of a handshake for the beginning of a command, and waits for the rest.
  if (tls && kind === "single" && said === NO_ANSWER)
    return new Refusal((say) => say.redis.noTls(shown, true), because);
  if (/certificate|self.signed|wrong version number|SSL|TLS|packet length|Hostname\/IP/i.test(said))
    return new Refusal((say) => say.redis.noTls(shown, tls), because);
  if (/cluster support disabled/.test(said)) return new Refusal((say) => say.redis.noCluster(shown), because);
  if (kind === "sentinel") return new Refusal((say) => say.redis.noSentinel(shown, master), because);
  return new Refusal((say) => say.redis.unreachable(shown), because);
};

/**
 * Connects, or says why not; ioredis itself would go on trying without a word.
 *
 * @param patienceMs how long somebody who starts the bot is kept waiting
 * @throws Refusal
 */
export const connect = async (client: Client, address: RedisAddress, patienceMs: number): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let last: unknown = new Error(NO_ANSWER);
  const timer = setTimeout(() => reject(last), patienceMs);
  let resets = 0;
  const noteTrouble = (error: unknown): void => {
    last = error;
    const said = messagesOf(error);
    // A server that only starts resets once or twice; one that speaks TLS does so for ever.
    if (/ECONNRESET|EPIPE/.test(said)) resets += 1;
    // These do not mend themselves. Behind sentinels another one may know better.
    if (resets > MOST_RESETS || (address.kind !== "sentinel" && lasting.test(said))) reject(error);
  };
  client.on("error", noteTrouble);
  client.once("ready", resolve);
  try {
    // Its own rejection says less than the error event before it.
    client.connect().catch((error: unknown) => {
      if (client instanceof Cluster) noteTrouble(error);
    });
    await promise;
  } catch (error) {
    throw refusalFor(error, address);
  } finally {
    clearTimeout(timer);
    client.off("error", noteTrouble);
    client.off("ready", resolve);
  }
};
