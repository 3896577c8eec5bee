import { afterAll, beforeAll, describe } from "vitest";
import { storeContract } from "#test/contracts/store";
import { type RunningSentinel, startSentinel } from "#test/doubles/redis/sentinel";
import { openOnServers } from "#test/store/redis-database";

describe("a master with two replicas and three sentinels", () => {
  let redis: RunningSentinel;
  beforeAll(async () => {
    redis = await startSentinel({ isDirect: true });
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
