import { setTimeout as sleep } from "node:timers/promises";
import { slotOf } from "#src/store/redis/keys";
import type { RunningCluster } from "#test/doubles/redis/cluster";
import type { RunningRedis } from "#test/doubles/redis/server";

const SLOTS = 16_384;
/** Keys that go at a time, as redis-cli moves them. */
const KEYS_AT_A_TIME = 20;
const MOVE_MS = 10_000;

const idOf = async (node: RunningRedis): Promise<string> => String(await node.admin.cluster("MYID"));

/** Which of the nodes are masters now. */
const mastersIn = async ({ nodes }: RunningCluster): Promise<RunningRedis[]> => {
  const found: RunningRedis[] = [];
  for (const node of nodes) {
    const role: unknown = await Promise.race([node.admin.role().catch(() => null), sleep(500, null)]);
    if (Array.isArray(role) && role[0] === "master") found.push(node);
  }
  return found;
};

/** The master that has a slot, as the cluster itself says. */
const ownerOf = async (cluster: RunningCluster, slot: number): Promise<RunningRedis | undefined> => {
  for (const node of await mastersIn(cluster)) {
    const ranges = await node.admin.cluster("SLOTS");
    const [, , place] = ranges.find(([from, to]) => from <= slot && slot <= to) ?? [];
    const owner = cluster.nodes.find(({ port }) => port === place?.[1]);
    if (owner !== undefined) return owner;
  }
  return undefined;
};

/** The node that has what belongs to a hash tag like `{t:a}`. */
export const ownerOfTag = (cluster: RunningCluster, tag: string): Promise<RunningRedis | undefined> =>
  ownerOf(cluster, slotOf(tag));

/** Moves one slot with all its keys from its master to another while both serve; returns how many keys went. */
const moveSlot = async (cluster: RunningCluster, slot: number): Promise<number> => {
  const from = await ownerOf(cluster, slot);
  const to = (await mastersIn(cluster)).find((node) => node !== from);
  if (from === undefined || to === undefined) return 0;
  const [source, target] = [await idOf(from), await idOf(to)];
  await to.admin.call("CLUSTER", "SETSLOT", slot, "IMPORTING", source);
  await from.admin.call("CLUSTER", "SETSLOT", slot, "MIGRATING", target);
  let moved = 0;
  for (const until = Date.now() + MOVE_MS; ; ) {
    const keys = (await from.admin.call("CLUSTER", "GETKEYSINSLOT", slot, KEYS_AT_A_TIME)) as string[];
    if (keys.length === 0) break;
    if (Date.now() > until) throw new Error(`slot ${slot} did not become empty`);
    await from.admin.call("MIGRATE", "127.0.0.1", to.port, "", 0, 5_000, "KEYS", ...keys);
    moved += keys.length;
  }
  for (const node of [to, from]) await node.admin.call("CLUSTER", "SETSLOT", slot, "NODE", target);
  return moved;
};

/** Moves slots that hold something, one after the other, until it is told to stop. */
export const keepMoving = (cluster: RunningCluster, tags: readonly string[]) => {
  let isStopped = false;
  let [slots, keys] = [0, 0];
  const moving = (async () => {
    for (let next = 0; !isStopped; next += 1) {
      const tag = tags[next % tags.length] ?? "";
      keys += await moveSlot(cluster, slotOf(tag) % SLOTS);
      slots += 1;
      await sleep(50);
    }
  })();
  // Looked at when it is stopped.
  moving.catch(() => {});
  return {
    stop: async () => {
      isStopped = true;
      await moving;
      return { slots, keys };
    },
  };
};
