import { type Client, mastersOf } from "./client.ts";
import type { Script } from "./script.ts";

/** A script with what it is run on. */
export interface Run {
  readonly script: Script;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

const gathering = new WeakSet<Client>();

/**
 * Holds back what a client sends until the end of this turn of the event loop: one call to the system for all of it
 * instead of one a command. Unlike a pipeline it changes nothing else, replies least of all.
 */
export const gatherTurn = (client: Client): void => {
  if (gathering.has(client)) return;
  gathering.add(client);
  const streams = mastersOf(client).flatMap(({ stream }) =>
    stream === undefined || stream.destroyed ? [] : [stream],
  );
  for (const stream of streams) stream.cork();
  setImmediate(() => {
    gathering.delete(client);
    for (const stream of streams) stream.uncork();
  });
};

export const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("NOSCRIPT");

/** Runs a script that the server knows; rejects with NOSCRIPT where it does not. */
export const runKnown = (client: Client, { script, keys, args }: Run): Promise<unknown> => {
  if (keys.length !== script.keys || args.length !== script.args)
    throw new Error(`lua/${script.name}.lua takes ${script.keys} keys and ${script.args} arguments`);
  gatherTurn(client);
  return client.evalsha(script.sha, keys.length, ...keys, ...args);
};

/** Runs a script, with its text where the server does not know it: after a restart, or on a new master. */
export const run = async (client: Client, one: Run): Promise<unknown> => {
  try {
    return await runKnown(client, one);
  } catch (error) {
    if (!isUnknownScript(error)) throw error;
    return await client.eval(one.script.source, one.keys.length, ...one.keys, ...one.args);
  }
};
