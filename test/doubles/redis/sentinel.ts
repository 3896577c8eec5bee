import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "./ports.ts";
import { startProgram } from "./program.ts";
import { startProxy, type Wire } from "./proxy.ts";
import { type RedisOptions, type RunningRedis, startRedis } from "./server.ts";

export interface SentinelOptions extends RedisOptions {
  readonly downAfterMs?: number;
  /** Without wires, where nothing is to be cut: the test's own event loop is not in the way of the replicas then. */
  readonly isDirect?: boolean;
}

/**
 * How long sentinels give a failover, ms. One that gets nowhere is tried again after twice this: where all three stand
 * for leader in the same moment, nobody is elected, and the gap is that much longer. A promotion takes them about 1 s.
 */
export const FAILOVER_TIMEOUT_MS = 2_000;

/** A master with two replicas, watched by three sentinels. */
export interface RunningSentinel {
  /** What Rehearsal is given. */
  readonly url: string;
  /** The addresses that sentinels name, and where a client on the master's side of the network finds them. */
  readonly natMap: Readonly<Record<string, { readonly host: string; readonly port: number }>>;
  /** The first master and the two replicas. */
  readonly nodes: readonly RunningRedis[];
  /** The wires to the nodes, in their order: replicas and sentinels reach a node only through its own. */
  readonly proxies: readonly Wire[];
  /** Which node the sentinels call master now. */
  master(): Promise<RunningRedis>;
  stop(): Promise<void>;
}

const startSentinelProgram = async (master: number, downAfterMs: number) => {
  const dir = mkdtempSync(join(tmpdir(), "rehearsal-sentinel-"));
  const port = await freePort();
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${dir}`,
    `sentinel monitor main 127.0.0.1 ${master} 2`,
    `sentinel down-after-milliseconds main ${downAfterMs}`,
    `sentinel failover-timeout main ${FAILOVER_TIMEOUT_MS}`,
    "sentinel parallel-syncs main 2",
  ];
  const file = join(dir, "sentinel.conf");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const program = await startProgram([file, "--sentinel"], { port, folder: dir });
  const stop = async () => {
    await program.kill("SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  };
  return { port, stop };
};

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await isSo()) return;
    await sleep(25);
  }
  throw new Error(`${what}: not within 15 s`);
};

/** Every node announces its wire, so that a cut wire is a partition and clients may stand on either side of it. */
export const startSentinel = async ({
  downAfterMs = 1_000,
  isDirect = false,
  ...options
}: SentinelOptions = {}): Promise<RunningSentinel> => {
  const ports = [await freePort(), await freePort(), await freePort()];
  const proxies = isDirect ? [] : await Promise.all(ports.map((port) => startProxy(port)));
  /** Where the others reach each node. */
  const doors = isDirect ? ports : proxies.map(({ port }) => port);
  const [first = 0] = doors;
  const nodes = await Promise.all(
    ports.map((port, at) =>
      startRedis({
        ...options,
        port,
        settings: {
          "replica-announce-ip": "127.0.0.1",
          "replica-announce-port": String(doors[at]),
          "repl-diskless-sync-delay": "0",
          "repl-ping-replica-period": "1",
          ...(at === 0 ? {} : { replicaof: `127.0.0.1 ${first}` }),
          ...options.settings,
        },
      }),
    ),
  );
  const synced = async () => /connected_slaves:2/.test((await nodes[0]?.admin.info("replication")) ?? "");
  // A sentinel asks its master for replicas at the start, and then no sooner than after 10 s.
  await until("replicas that follow", synced);
  const sentinels = await Promise.all([1, 2, 3].map(() => startSentinelProgram(first, downAfterMs)));
  const asking = new Redis({ host: "127.0.0.1", port: sentinels[0]?.port ?? 0, lazyConnect: true });
  asking.on("error", () => {});
  const known = async (): Promise<boolean> => {
    const [info] = (await asking.call("SENTINEL", "MASTERS")) as string[][];
    const of = (name: string) => Number(info?.[info.indexOf(name) + 1]);
    return of("num-slaves") === 2 && of("num-other-sentinels") === 2;
  };
  await until("sentinels that know each other", known);
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(",")}/main`,
    natMap: Object.fromEntries(
      doors.map((port, at) => [`127.0.0.1:${port}`, { host: "127.0.0.1", port: ports[at] ?? 0 }]),
    ),
    nodes,
    proxies,
    master: async () => {
      const [, port] = (await asking.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "main")) as string[];
      const node = nodes[doors.findIndex((door) => String(door) === port)];
      if (node === undefined) throw new Error(`the sentinels name a master that is none of ours: ${port}`);
      return node;
    },
    stop: async () => {
      asking.disconnect();
      await Promise.all(sentinels.map((sentinel) => sentinel.stop()));
      await Promise.all(nodes.map((node) => node.stop()));
      await Promise.all(proxies.map((proxy) => proxy.stop()));
    },
  };
};
