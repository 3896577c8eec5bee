import { answerKeys } from "./effects.ts";
import { BOARDS_FIELD, MARK_KEY, tenantKeys } from "./keys.ts";
import { journalOf, journalOwners } from "./places.ts";
import type { RedisServer } from "./server.ts";

/**
 * Counts on the boards what a release recorded that kept none: once, at the first start of this one. Several processes
 * may do so at a time, and members may answer meanwhile.
 */
export const countOlderAnswers = async (server: RedisServer): Promise<void> => {
  if ((await server.client.hget(MARK_KEY, BOARDS_FIELD)) !== null) return;
  for (const tenant of (await journalOwners(server)).tenants) {
    const keys = tenantKeys(tenant);
    for await (const entries of journalOf(server, keys.journal))
      await Promise.all(
        entries.map(({ number, name, args }) =>
          name === "answer" && args[1] !== ""
            ? server.read("count-answer", answerKeys(keys, args), [String(number)])
            : null,
        ),
      );
  }
  await server.client.hset(MARK_KEY, BOARDS_FIELD, "1");
};
