import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { usualLimits } from "#core/limits/limits";
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
const ROUNDS = 5;
/** Commands that a member's allowance gives back in that time. */
const FREED = (usualLimits.member ?? 0) * (SECONDS / 60);
/** How far the others' wait may be from what it is without. */
const TOLERANCE = 0.2;

const others = ["help", "streak", "leaderboard", "data"] as const;
/** So many that none of them reaches the limit of a channel: who is refused is answered sooner than who is served. */
const CHANNELS = 10;

const p99 = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? 0;
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

interface Load {
  /** From the instant at which each was due, so that a wait before it could be sent counts as well. */
  readonly p99: number;
  /** Of the others' commands, those that were not refused. */
  readonly served: number;
  /** Of the one member's. */
  readonly shed: number;
}

/** Has the others ask for things at their pace, and one member for `flood` more in the same time; how long the others wait. */
async function load(team: Team, flood: number): Promise<Load> {
  const times: number[] = [];
  const running: Promise<void>[] = [];
  let [shed, sent, asked, served] = [0, 0, 0, 0];
  const begun = performance.now();
  const ask = async (at: number): Promise<void> => {
    const due = begun + (at * 1000) / OTHERS_PER_SECOND;
    const reply = await team.ask(others[at % others.length] ?? "help", "", {
      member: `m${at % 200}`,
      channel: `c${at % CHANNELS}`,
    });
    if (reply.isRefusal !== true) served += 1;
    times.push(performance.now() - due);
  };
  const send = async (): Promise<void> => {
    if ((await team.ask("streak", "", { member: "flood" })).isRefusal === true) shed += 1;
  };
  for (let now = 0; now < SECONDS * 1000; now = performance.now() - begun) {
    for (; asked <= (now / 1000) * OTHERS_PER_SECOND; asked += 1) running.push(ask(asked));
    for (; sent < (now / (SECONDS * 1000)) * flood; sent += 1) running.push(send());
    await sleep(1);
  }
  await Promise.all(running);
  return { p99: p99(times), shed, served };
}

interface Measured extends Omit<Load, "p99"> {
  readonly ratio: number;
  readonly quiet: number;
  readonly mostShed: number;
}

async function measure(wrap: (own: Store) => Store): Promise<Measured> {
  const team = await openTeam(wrap, undefined, { clock: { now: () => Date.now() } });
  // Whatever is read or made once is.
  await load(team, 500);
  const rounds: { readonly quiet: number; readonly flooded: Load }[] = [];
  // One beside the other, so that what else the machine does is the same for both.
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ quiet: (await load(team, 0)).p99, flooded: await load(team, FLOOD) });
  await team.stop();
  return {
    ratio: median(rounds.map((round) => round.flooded.p99 / round.quiet)),
    quiet: median(rounds.map((round) => round.quiet)),
    shed: Math.min(...rounds.map(({ flooded }) => flooded.shed)),
    mostShed: Math.max(...rounds.map(({ flooded }) => flooded.shed)),
    served: Math.min(...rounds.map(({ flooded }) => flooded.served)),
  };
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
  const figures = (where: string, measured: Measured): readonly Figure[] => {
    const { ratio, quiet, shed, mostShed, served } = measured;
    const name = `others' p99 with one member's ${FLOOD} commands in ${SECONDS} s, by that without (${where})`;
    const taken = `of the one member's ${FLOOD} taken`;
    return [
      { name, value: ratio, unit: "×", limit: 1 + TOLERANCE },
      // Whoever is served sooner while another floods is not compared with the same.
      {
        name: `the same, which is to be no smaller either (${where})`,
        value: ratio,
        unit: "×",
        limit: 1 - TOLERANCE,
        atLeast: true,
      },
      { name: `others' p99 without (${where})`, value: quiet, unit: "ms" },
      {
        name: `of the others' ${OTHERS_PER_SECOND * SECONDS} served meanwhile (${where})`,
        value: served,
        unit: "commands",
        limit: OTHERS_PER_SECOND * SECONDS,
        atLeast: true,
      },
      // At most a whole allowance, and what comes free of it within the seconds; at least the latter.
      {
        name: `${taken}, at most (${where})`,
        value: FLOOD - shed,
        unit: "commands",
        limit: (usualLimits.member ?? 0) + FREED * 1.5,
      },
      {
        name: `${taken}, at least (${where})`,
        value: FLOOD - mostShed,
        unit: "commands",
        limit: FREED * 0.75,
        atLeast: true,
      },
    ];
  };
  return [...figures("Redis", onRedis), ...figures("the data file", onSqlite)];
}
