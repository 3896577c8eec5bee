import { periodsOf } from "#core/board/period";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { openRedisStore } from "#src/store/redis/store";
import { attemptAs, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import type { Figure } from "./figure.ts";

const MEMBERS = 100_000;
/** Every so many members is hidden. */
const HIDDEN = 20;
const AT_ONCE = 2_000;
const READS = 50;

const memberOf = (at: number) => memberIdSchema.parse(String(200_000_000_000_000_000n + BigInt(at)));

const answerAll = async (store: Store): Promise<void> => {
  const round = roundOn(1);
  await store.openRound(round);
  for (let from = 0; from < MEMBERS; from += AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, step) => {
        const at = from + step;
        const submission = submissionIdSchema.parse(`${1_300_000_000_000 + at}`);
        const result = resultOf(1 + ((at * 7919) % 100));
        await store.recordAttempt(attemptAs(submission, { member: memberOf(at), round: round.id, result }));
        if (at % HIDDEN === 0) await store.setShown(tenant, memberOf(at), false);
      }),
    );
};

/** How long a board of very many members takes to read, for members in all places of it. */
export const benchBoard = async (): Promise<Figure[]> => {
  const redis = await startRedis({ appendfsync: "no" });
  const store = await openRedisStore({
    url: redis.url,
    durability: "none",
    log: recordingLog(),
    commandTimeoutMs: 60_000,
  });
  await answerAll(store);
  const [week] = periodsOf(roundOn(1).date);
  if (week === undefined) throw new Error("a date lies in no week");
  const took: number[] = [];
  for (let read = 0; read < READS; read += 1) {
    const member = memberOf(Math.floor((read * MEMBERS) / READS));
    const began = performance.now();
    await store.board({ tenant, period: week, member, limit: 20 });
    took.push(performance.now() - began);
  }
  await store.close();
  await redis.stop();
  const sorted = took.toSorted((one, other) => one - other);
  return [
    {
      name: `Redis: a board of ${MEMBERS} members, one in ${HIDDEN} of them hidden, at p95`,
      value: sorted[Math.floor(READS * 0.95)] ?? Number.NaN,
      unit: "ms",
      limit: 50,
    },
  ];
};
