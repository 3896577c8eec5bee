import { afterAll, beforeAll, describe } from "vitest";
import { storeContract } from "#test/contracts/store";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { openOnServers } from "#test/store/redis-database";

describe("one server", () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  storeContract(
    "Redis",
    openOnServers(
      () => [redis],
      () => ({ url: redis.url }),
    ),
  );
});
