import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "./ports.ts";
import { type RedisOptions, type RunningRedis, startRedis } from "./server.ts";

export interface ClusterOptions extends RedisOptions {
  readonly nodeTimeoutMs?: number;
}

/** Three masters that share the slots, and a replica of each. */
export interface RunningCluster {
  readonly url: string;
  /** The masters at the start, then their replicas in the same order. */
  readonly nodes: readonly RunningRedis[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;

const idOf = async (node: RunningRedis): Promise<string> => String(await node.admin.cluster("MYID"));

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 800; tries += 1) {
    if (await isSo()) return;
    await sleep(25);
  }
  throw new Error(`${what}: not within 20 s`);
};

const isWhole = async (node: RunningRedis, count: number): Promise<boolean> => {
  const info = String(await node.admin.cluster("INFO"));
  return info.includes("cluster_state:ok") && info.includes(`cluster_known_nodes:${count}`);
};

const followsAll = async (node: RunningRedis): Promise<boolean> =>
  /master_link_status:up/.test(await node.admin.info("replication"));

export const startCluster = async ({
  nodeTimeoutMs = 1_500,
  ...options
}: ClusterOptions = {}): Promise<RunningCluster> => {
  const ports = await freePorts(12);
  const nodes = await Promise.all(
    ports.slice(0, 6).map((port, at) =>
      startRedis({
        ...options,
        port,
        settings: {
          "cluster-enabled": "yes",
          "cluster-config-file": "nodes.conf",
          "cluster-node-timeout": String(nodeTimeoutMs),
          "cluster-port": String(ports[at + 6]),
          "repl-diskless-sync-delay": "0",
          ...options.settings,
        },
      }),
    ),
  );
  const masters = nodes.slice(0, 3);
  await Promise.all(
    masters.map(async (master, at) => {
      const from = Math.floor((at * SLOTS) / 3);
      await master.admin.call("CLUSTER", "ADDSLOTSRANGE", from, Math.floor(((at + 1) * SLOTS) / 3) - 1);
      await master.admin.call("CLUSTER", "SET-CONFIG-EPOCH", at + 1);
    }),
  );
  for (const [at, node] of nodes.entries())
    if (at > 0) await nodes[0]?.admin.call("CLUSTER", "MEET", "127.0.0.1", node.port, ports[at + 6] ?? 0);
  await until("a cluster that knows its nodes", async () =>
    (await Promise.all(nodes.map((node) => isWhole(node, 6)))).every(Boolean),
  );
  for (const [at, replica] of nodes.slice(3).entries()) {
    const master = masters[at];
    if (master !== undefined) await replica.admin.call("CLUSTER", "REPLICATE", await idOf(master));
  }
  await until("replicas that follow", async () =>
    (await Promise.all(nodes.slice(3).map(followsAll))).every(Boolean),
  );
  return {
    url: `redis+cluster://${masters.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    nodes,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
};
