import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "#core/ports";
import { openRedisStore } from "#src/store/redis/store";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { openTeam, type Team } from "#test/doubles/team";
import type { Figure } from "./figure.ts";

const SECONDS = 10;
/** What everybody else asks for meanwhile. */
const OTHERS_PER_SECOND = 100;
const FLOOD = 10_000;
const ROUNDS = 3;

const others = ["help", "streak", "leaderboard", "quiz"] as const;

const p99 = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? 0;
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Has the others ask for things at their pace, and one member for `flood` more in the same time; how long the others wait. */
async function load(team: Team, flood: number): Promise<{ readonly p99: number; readonly shed: number }> {
  const times: number[] = [];
  const running: Promise<void>[] = [];
  let [shed, sent, asked] = [0, 0, 0];
  const begun = performance.now();
  const ask = async (at: number): Promise<void> => {
    const from = performance.now();
    await team.ask(others[at % others.length] ?? "help", "", { member: `m${at % 200}` });
    times.push(performance.now() - from);
  };
  const send = async (): Promise<void> => {
    if ((await team.ask("streak", "", { member: "flood" })).isRefusal === true) shed += 1;
  };
  for (let now = 0; now < SECONDS * 1000; now = performance.now() - begun) {
    for (; asked < (now / 1000) * OTHERS_PER_SECOND; asked += 1) running.push(ask(asked));
    for (; sent < (now / (SECONDS * 1000)) * flood; sent += 1) running.push(send());
    await sleep(1);
  }
  await Promise.all(running);
  return { p99: p99(times), shed };
}

async function measure(wrap: (own: Store) => Store): Promise<{ ratio: number; quiet: number; shed: number }> {
  const team = await openTeam(wrap, undefined, { clock: { now: () => Date.now() } });
  // Whatever is read or made once is.
  await load(team, 500);
  const quiet: number[] = [];
  const flooded: number[] = [];
  let shed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    quiet.push((await load(team, 0)).p99);
    const result = await load(team, FLOOD);
    flooded.push(result.p99);
    shed = result.shed;
  }
  await team.stop();
  return { ratio: median(flooded) / median(quiet), quiet: median(quiet), shed };
}

/** One member sends 10,000 commands in 10 s; what the others feel of it. */
export async function benchShedding(): Promise<readonly Figure[]> {
  const redis = await startRedis();
  const shared = await openRedisStore({ url: redis.url, durability: "none", log: recordingLog() });
  const onRedis = await measure((own) => {
    void own.close();
    return shared;
  });
  await redis.stop();
  const onSqlite = await measure((own) => own);
  const figures = (where: string, { ratio, quiet, shed }: typeof onRedis): readonly Figure[] => [
    {
      name: `others' p99 with one member's ${FLOOD} commands in ${SECONDS} s, by that without (${where})`,
      value: ratio,
      unit: "×",
      limit: 1.2,
    },
    { name: `others' p99 without (${where})`, value: quiet, unit: "ms" },
    {
      name: `of the ${FLOOD} not taken (${where})`,
      value: shed,
      unit: "commands",
      limit: FLOOD * 0.95,
      atLeast: true,
    },
  ];
  return [...figures("Redis", onRedis), ...figures("the data file", onSqlite)];
}
