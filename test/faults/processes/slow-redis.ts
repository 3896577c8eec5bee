import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "#core/ports";
import { StoreFailure } from "#core/store-failure";
import { openRedisStore } from "#src/store/redis/store";
import { startBot, startLoad } from "#test/bench/discord";
import { startProxy, type Wire } from "#test/doubles/redis/proxy";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { answerAt, differences, roundsOf } from "./answers.ts";
import { patiently } from "./patience.ts";

/** What is wrong with the wire, and how it is begun and ended. */
export interface WireTrouble {
  readonly name: string;
  begin(wire: Wire): void;
  end(wire: Wire): void;
}

const slow = (ms: number): WireTrouble => ({
  name: `${ms} ms each way`,
  begin: (wire) => wire.delay(ms),
  end: (wire) => wire.delay(0),
});

/** A reply is torn as often as this, as long as the trouble lasts. */
const TEAR_MS = 100;

const torn = (): WireTrouble => {
  let timer: NodeJS.Timeout | undefined;
  return {
    name: "replies torn",
    begin: (wire) => {
      timer = setInterval(() => wire.resetMidReply(), TEAR_MS);
    },
    end: () => clearInterval(timer),
  };
};

export const wireTroubles: readonly WireTrouble[] = [
  slow(0),
  slow(25),
  slow(250),
  slow(1_500),
  { name: "silent", begin: (wire) => wire.drop(true), end: (wire) => wire.drop(false) },
  { name: "refused", begin: (wire) => wire.cut(true), end: (wire) => wire.cut(false) },
  torn(),
];

export interface WireReport {
  readonly trouble: string;
  /** From an interaction on Discord to its first response, of 99 in a hundred. */
  readonly p99Ms: number;
  readonly unanswered: number;
  /** The longest that one answer to be recorded stayed without an outcome. */
  readonly longestMs: number;
  readonly refused: number;
  readonly differences: readonly string[];
}

export interface FloodedReport {
  readonly refusedAtOnce: number;
  readonly settled: number;
  readonly grownMegabytes: number;
}

const openThrough = (wire: Wire): Promise<Store> =>
  openRedisStore({ url: `redis://127.0.0.1:${wire.port}`, durability: "none", log: recordingLog() });

/** Records answers while the wire is in trouble, and all of them once more when it is not: none may count twice. */
const recordThrough = async (trouble: WireTrouble, answers: number, seed: number) => {
  const redis = await startRedis();
  const wire = await startProxy(redis.port);
  const store = await openThrough(wire);
  for (const round of roundsOf()) await store.openRound(round);
  trouble.begin(wire);
  let [longestMs, refused] = [0, 0];
  const plan = { answers, seed };
  const record = async (at: number): Promise<void> => {
    const startedAt = performance.now();
    try {
      await store.recordAttempt(answerAt(at, plan));
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      refused += 1;
    }
    longestMs = Math.max(longestMs, performance.now() - startedAt);
  };
  const under: Promise<void>[] = [];
  for (let at = 0; at < answers; at += 1) {
    under.push(record(at));
    if (at % 10 === 9) await sleep(50);
  }
  await Promise.all(under);
  trouble.end(wire);
  for (let at = 0; at < answers; at += 1) await patiently(() => store.recordAttempt(answerAt(at, plan)));
  const found = await differences(store, plan);
  await store.close();
  await wire.stop();
  await redis.stop();
  return { longestMs, refused, differences: found };
};

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** What members on Discord wait for the first response of a bot whose Redis is in trouble. */
const respondThrough = async (trouble: WireTrouble, interactions: number, perSecond: number) => {
  const redis = await startRedis();
  const wire = await startProxy(redis.port);
  const store = await openThrough(wire);
  const load = await startLoad();
  const { bot, mix } = await startBot(load, store);
  await load.run(mix, perSecond, perSecond);
  trouble.begin(wire);
  const times = await load.run(mix, interactions, perSecond);
  trouble.end(wire);
  await load.stop();
  await bot.stop();
  await store.close();
  await wire.stop();
  await redis.stop();
  const answered = times.filter((ms) => ms !== null);
  return { p99Ms: percentile(answered, 0.99), unanswered: times.length - answered.length };
};

export const goThrough = async (
  trouble: WireTrouble,
  {
    answers,
    seed,
    perSecond,
  }: { readonly answers: number; readonly seed: number; readonly perSecond: number },
): Promise<WireReport> => ({
  trouble: trouble.name,
  ...(await recordThrough(trouble, answers, seed)),
  ...(await respondThrough(trouble, answers, perSecond)),
});

/** So many answers at once to a server that has fallen silent: most must be refused at once, and none wait for ever. */
export const floodSilentServer = async (answers: number, seed: number): Promise<FloodedReport> => {
  const redis = await startRedis();
  const wire = await startProxy(redis.port);
  const store = await openThrough(wire);
  wire.drop(true);
  const before = process.memoryUsage().rss;
  let [settled, refusedAtOnce, isLater] = [0, 0, false];
  const under = Array.from({ length: answers }, (_, at) =>
    store.recordAttempt(answerAt(at, { answers, seed })).then(
      () => {
        settled += 1;
      },
      () => {
        settled += 1;
        if (!isLater) refusedAtOnce += 1;
      },
    ),
  );
  await sleep(500);
  isLater = true;
  const grownMegabytes = (process.memoryUsage().rss - before) / 1e6;
  await Promise.all(under);
  wire.drop(false);
  await store.close();
  await wire.stop();
  await redis.stop();
  return { refusedAtOnce, settled, grownMegabytes };
};
