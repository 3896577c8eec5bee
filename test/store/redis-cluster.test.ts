import { afterAll, beforeAll, describe } from "vitest";
import { storeContract } from "#test/contracts/store";
import { type RunningCluster, startCluster } from "#test/doubles/redis/cluster";
import { openOnServers } from "#test/store/redis-database";

describe("three masters and their replicas", () => {
  let redis: RunningCluster;
  beforeAll(async () => {
    // A machine that is busy with other tests must not look like one whose master died.
    redis = await startCluster({ nodeTimeoutMs: 15_000 });
  });
  afterAll(() => redis.stop());

  storeContract(
    "a cluster of Redis",
    openOnServers(
      () => redis.nodes,
      () => ({ url: redis.url }),
    ),
  );
});
