import type { Redis } from "ioredis";
import type { Log } from "#core/ports";
import { Refusal } from "#core/refusal";
import { type RedisAddress, readAddress } from "./address.ts";
import { type Client, type ClientSettings, mastersOf, type NatMap, newClient } from "./client.ts";
import { connect } from "./connecting.ts";
import { failureOf, isForbidden, withFailure } from "./failure.ts";
import { onFollowers } from "./followers.ts";
import { Gate, untilReady } from "./gate.ts";
import { ACKNOWLEDGE_MS, groupCommit } from "./group-commit.ts";
import { type Durability, type Flight, type Level, levelOf, preflight, recheck } from "./preflight.ts";
import { gatherTurn, run } from "./run.ts";
import { readScripts, type Script } from "./script.ts";

export interface RedisOptions {
  /** As `readAddress` takes it. */
  readonly url: string;
  /** What "recorded" survives; `none` checks nothing of it. Default: `local`. */
  readonly durability?: Durability;
  readonly log: Log;
  /** The certificate of whoever signed the server's, in PEM. */
  readonly caFile?: string | undefined;
  readonly sentinelPassword?: string | undefined;
  readonly natMap?: NatMap | undefined;
  /** How long a server may take to come when the store is opened. */
  readonly connectTimeoutMs?: number;
  /** How long one command may take. */
  readonly commandTimeoutMs?: number;
  /** How long a write may wait for its level, failover included. */
  readonly writeDeadlineMs?: number;
  /** Whether it may be in the middle of a migration: only for whoever migrates. */
  readonly isMigrating?: boolean;
}

const CONNECT_MS = 8_000;
const COMMAND_MS = 2_000;
const WRITE_MS = 12_000;

/** Redis as the store's parts use it: every failure is a StoreFailure where the operator can do something about it. */
export interface RedisServer {
  /** The address without its password. */
  readonly where: string;
  readonly client: Client;
  readonly durability: Durability;
  /** How many calls are under way. */
  waiting(): number;
  /** Runs a script that writes; resolves when the write is as safe as the level says. */
  write(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /** Runs a script that only reads, or whose loss costs nothing. */
  read(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /** Plain commands that read. */
  ask<Reply>(question: (client: Client) => Promise<Reply>): Promise<Reply>;
  close(): Promise<void>;
}

const sizeOf = (args: readonly string[]): number => args.reduce((sum, arg) => sum + arg.length, 0);

/** Logs that the connection is lost, and that it is back, once each. */
const troubleLog = (log: Log, where: string) => {
  let isOpen = false;
  let isAway = false;
  return {
    /** From now on; before, whoever opens the store is told by a refusal. */
    begin: (): void => {
      isOpen = true;
    },
    lost: (error: unknown): void => {
      if (!isOpen) return;
      if (!isAway) log.warn("Redis is away; trying again", { where, cause: String(error) });
      isAway = true;
    },
    back: (): void => {
      if (isAway) log.info("Redis is back", { where });
      isAway = false;
    },
  };
};

const settingsOf = (
  options: RedisOptions,
  address: RedisAddress,
): Omit<ClientSettings, "name" | "onTrouble"> => ({
  address,
  caFile: options.caFile,
  sentinelPassword: options.sentinelPassword,
  natMap: options.natMap,
  commandTimeoutMs: options.commandTimeoutMs ?? COMMAND_MS,
});

/**
 * Connects and checks that what is told to be recorded would be.
 *
 * @throws Refusal that says in one sentence what to do, where the server is not there or would lose what it is given
 */
export const openServer = async (options: RedisOptions): Promise<RedisServer> => {
  const { log, durability = "local" } = options;
  const address = readAddress(options.url);
  const where = address.shown;
  const trouble = troubleLog(log, where);
  const base = settingsOf(options, address);
  const client = newClient({ ...base, name: "rehearsal", onTrouble: trouble.lost });
  let writer: Client | null = null;
  let level: Level = "reply";
  const isMigrating = options.isMigrating === true;
  const flight: Flight = { where, durability, log, kind: address.kind, isMigrating };
  const scripts = readScripts();
  try {
    await connect(client, address, options.connectTimeoutMs ?? CONNECT_MS);
    level = levelOf(durability, await preflight(client, flight));
    if (level !== "reply") {
      writer = newClient({ ...base, name: "rehearsal-writer", onTrouble: trouble.lost });
      await connect(writer, address, options.connectTimeoutMs ?? CONNECT_MS);
    }
    for (const node of mastersOf(writer ?? client))
      await Promise.all([...scripts.values()].map(({ source }) => node.script("LOAD", source)));
  } catch (error) {
    client.disconnect();
    writer?.disconnect();
    const failure = failureOf(error, where);
    throw isForbidden(error) ? new Refusal((say) => say.redis.noLogin(where), { cause: failure }) : failure;
  }
  trouble.begin();
  client.on("ready", () => {
    trouble.back();
    // After a failover it may be another server, with settings of its own.
    recheck(client, flight).catch(trouble.lost);
  });

  const named = (name: string): Script => {
    const script = scripts.get(name);
    if (script === undefined) throw new Error(`there is no lua/${name}.lua`);
    return script;
  };
  const gate = new Gate();
  const ready = untilReady(client, base.commandTimeoutMs);
  const guarded = async <Reply>(
    bytes: number,
    isWrite: boolean,
    work: () => Promise<Reply>,
  ): Promise<Reply> => {
    try {
      return await gate.pass(bytes, work);
    } catch (error) {
      throw failureOf(error, where, isWrite);
    }
  };
  const once = async (name: string, keys: readonly string[], args: readonly string[]): Promise<unknown> => {
    if (client.status !== "ready") await ready();
    return run(client, { script: named(name), keys, args });
  };
  const onDisk = async (node: Redis): Promise<boolean> =>
    Number(((await node.call("WAITAOF", 1, 0, ACKNOWLEDGE_MS)) as unknown[])[0]) >= 1;
  const group = writer === null ? null : groupCommit(writer, level === "replicas" ? onFollowers() : onDisk);
  const deadlineMs = options.writeDeadlineMs ?? WRITE_MS;

  return {
    where,
    client,
    durability,
    waiting: () => gate.waiting,
    read: (name, keys, args) => guarded(sizeOf(args), false, () => once(name, keys, args)),
    write: (name, keys, args) =>
      guarded(sizeOf(args), true, () =>
        group === null
          ? once(name, keys, args)
          : group.commit({ script: named(name), keys, args }, deadlineMs),
      ),
    ask: (question) =>
      guarded(0, false, async () => {
        await ready();
        gatherTurn(client);
        return question(client);
      }),
    close: async () => {
      // What members wait for is let finish: a process that is asked to end loses nothing.
      await gate.idle(group === null ? base.commandTimeoutMs : deadlineMs);
      await group?.finish(0);
      client.disconnect();
      writer?.disconnect();
    },
  };
};

/** Work with a server that nobody can use any more where it fails. */
export const closingOnFailure = async <Result>(
  server: RedisServer,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await withFailure(server.where, work);
  } catch (error) {
    await server.close();
    throw error;
  }
};

/** Work with a server of its own. */
export const withServer = async <Result>(
  options: RedisOptions,
  work: (server: RedisServer) => Promise<Result>,
): Promise<Result> => {
  const server = await openServer(options);
  const result = await closingOnFailure(server, () => work(server));
  await server.close();
  return result;
};
