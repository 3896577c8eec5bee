import { memberIdSchema, studyDateSchema, submissionIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { roundIdOf } from "#core/round/opening";
import { openRedisStore } from "#src/store/redis/store";
import { attemptAs, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import type { Figure } from "./figure.ts";

const MEMBERS = 500;
/** Two months that are old already, and two more: what the later two add is what a month weighs for good. */
const [FIRST_DAYS, DAYS] = [75, 135];
const DAY_MS = 86_400_000;

const roundOfDay = (day: number) => {
  const first = roundOn(1);
  const opensAt = first.opensAt + day * DAY_MS;
  const date = studyDateSchema.parse(new Date(opensAt).toISOString().slice(0, 10));
  return { ...first, id: roundIdOf(first.channel, date), date, opensAt, closesAt: opensAt + DAY_MS };
};

/** What the tenant's keys weigh, the journal with the members' own words apart. */
const weigh = async ({
  admin,
}: RunningRedis): Promise<{ readonly beside: number; readonly journal: number }> => {
  let [beside, journal] = [0, 0];
  for await (const keys of admin.scanStream({ count: 500 })) {
    const names = (keys as string[]).filter((key) => key.startsWith(`{t:${tenant}}`));
    const weights = await Promise.all(names.map((key) => admin.memory("USAGE", key, "SAMPLES", 0)));
    for (const [at, key] of names.entries())
      if (key.endsWith(":j")) journal += weights[at] ?? 0;
      else beside += weights[at] ?? 0;
  }
  return { beside, journal };
};

const answerOn = async (store: Store, day: number): Promise<void> => {
  const round = roundOfDay(day);
  await store.openRound(round);
  const answers = Array.from({ length: MEMBERS }, (_, at) =>
    attemptAs(`${day}-${at}`, {
      member: memberIdSchema.parse(String(200_000_000_000_000_000n + BigInt(at))),
      round: round.id,
      submission: submissionIdSchema.parse(`${1_300_000_000_000 + day * MEMBERS + at}`),
      sentAt: round.opensAt + at * 1_000,
      result: resultOf((at * 7 + day) % 101),
      credit: round.date,
    }),
  );
  await Promise.all(answers.map((answer) => store.recordAttempt(answer)));
};

/**
 * What one more month of a member's daily answers weighs in Redis beside the answers themselves, which are the
 * members' own words and stand in the journal once. Rounds of late, which are kept ready, weigh more until they are old.
 */
export const benchMemory = async (): Promise<Figure[]> => {
  const redis = await startRedis({ appendfsync: "no" });
  const store = await openRedisStore({
    url: redis.url,
    durability: "none",
    log: recordingLog(),
    commandTimeoutMs: 60_000,
  });
  for (let day = 0; day < FIRST_DAYS; day += 1) await answerOn(store, day);
  const first = await weigh(redis);
  for (let day = FIRST_DAYS; day < DAYS; day += 1) await answerOn(store, day);
  const all = await weigh(redis);
  await store.close();
  await redis.stop();
  const added = (MEMBERS * (DAYS - FIRST_DAYS)) / 30;
  const everything = (MEMBERS * DAYS) / 30;
  return [
    {
      name: `Redis: one more month of a member's daily answers (${MEMBERS} members)`,
      value: (all.beside - first.beside) / added,
      unit: "bytes",
      limit: 400,
    },
    {
      name: `Redis: a month of the first ${DAYS} days, rounds of late included`,
      value: all.beside / everything,
      unit: "bytes",
    },
    {
      name: "Redis: a month in the journal, words and results included",
      value: all.journal / everything,
      unit: "bytes",
    },
  ];
};
