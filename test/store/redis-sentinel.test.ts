import { afterAll, beforeAll, describe } from "vitest";
import { storeContract } from "#test/contracts/store";
import { type RunningSentinel, startSentinel } from "#test/doubles/redis/sentinel";
import { openOnServers } from "#test/store/redis-database";

describe("a master with two replicas and three sentinels", () => {
  let redis: RunningSentinel;
  beforeAll(async () => {
    // A machine that is busy with other tests must not look like one whose master died.
    redis = await startSentinel({ isDirect: true, downAfterMs: 30_000 });
  });
  afterAll(() => redis.stop());

  storeContract(
    "Redis behind sentinels, waiting for a replica at every write",
    openOnServers(
      () => redis.nodes,
      () => ({ url: redis.url, durability: "replicated" }),
    ),
  );
});
