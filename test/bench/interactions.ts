import { monitorEventLoopDelay } from "node:perf_hooks";
import { openCrowd } from "./crowd.ts";
import { mixFor, startBare, startLoad } from "./discord.ts";
import type { Figure } from "./figure.ts";

const ACK_MS = 250;
const LOOP_MS = 50;
const STEP_SECONDS = 5;
const STEP = 1.5;
const HALVINGS = 2;
/** Any machine that is not busy with something else takes as many. */
const FIRST_PER_SECOND = 20;
const HELD = 0.8;
const MOST_PER_SECOND = 5_000;
/** Nobody answers more often than they may. */
const MEMBERS = 1_000_000_000;
const RESOLUTION_MS = 10;

type Send = (perSecond: number, seconds: number) => Promise<readonly (number | null)[]>;

const at = (share: number, times: readonly (number | null)[]): number => {
  const sorted = times.map((ms) => ms ?? Number.POSITIVE_INFINITY).toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
};

/**
 * About the highest rate at which 99 of 100 have their first response in time: it grows until that fails, and is looked for
 * in between. One bad try may be the machine's. Null where not even the first rate is taken.
 */
async function highestRate(send: Send, from: number): Promise<number | null> {
  const tried = async (rate: number): Promise<boolean> => {
    const p99 = at(0.99, await send(rate, STEP_SECONDS));
    process.stderr.write(`${rate.toFixed(0)}/s: p99 ${p99.toFixed(0)} ms\n`);
    return p99 <= ACK_MS;
  };
  const holds = async (rate: number): Promise<boolean> => (await tried(rate)) || (await tried(rate));
  if (!(await holds(from))) return null;
  let [held, next] = [from, from * STEP];
  while (next <= MOST_PER_SECOND && (await holds(next))) [held, next] = [next, next * STEP];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const between = (held + next) / 2;
    if (await holds(between)) held = between;
    else next = between;
  }
  return held;
}

async function bareRate(): Promise<number | null> {
  const load = await startLoad();
  const client = await startBare(load);
  const mix = mixFor("2026-11-25@CHANNEL");
  const send: Send = (perSecond, seconds) =>
    load.run(mix, Math.round(perSecond * seconds), perSecond, MEMBERS);
  await send(100, STEP_SECONDS);
  const rate = await highestRate(send, FIRST_PER_SECOND);
  await client.destroy();
  await load.stop();
  return rate;
}

/**
 * Mixed interactions (forms, answers, hints, `/streak`, `/vram`, `/oom`) at the whole bot in one process with Redis, the
 * fake gateway in another: the rate that the machine carries is looked for in steps, and four fifths of it held. Beside it
 * stands what a handler of discord.js carries that only acknowledges, on the same gateway in the same run.
 */
export async function benchInteractions(minutes = 1): Promise<readonly Figure[]> {
  const bare = await bareRate();
  const crowd = await openCrowd(MEMBERS);
  try {
    // Whatever is read or made once is.
    await crowd.send(FIRST_PER_SECOND, STEP_SECONDS);
    const highest = await highestRate(crowd.send, FIRST_PER_SECOND);
    if (bare === null || highest === null)
      throw new Error(`the machine is too busy: not even ${FIRST_PER_SECOND} a second are answered in time`);
    const rate = HELD * highest;
    const [errors, refused] = [crowd.errors(), crowd.refused()];
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    const cpu = process.cpuUsage();
    const times = await crowd.send(rate, minutes * 60);
    const { user, system } = process.cpuUsage(cpu);
    delay.disable();
    const none = (name: string, value: number): Figure => ({ name, value, unit: "", limit: 0.5 });
    return [
      { name: "a bare handler that acknowledges: highest rate in time", value: bare, unit: "/s" },
      { name: `the whole bot: highest rate with p99 within ${ACK_MS} ms`, value: highest, unit: "/s" },
      { name: "the whole bot by the bare handler", value: highest / bare, unit: "ratio" },
      { name: `held for ${minutes} min`, value: rate, unit: "/s" },
      { name: "first response, p50", value: at(0.5, times), unit: "ms" },
      { name: "first response, p99", value: at(0.99, times), unit: "ms", limit: ACK_MS },
      none(`without a response in 3 s, of ${times.length}`, times.filter((ms) => ms === null).length),
      none("errors", crowd.errors() - errors),
      none("refusals", crowd.refused() - refused),
      {
        name: "delay of the event loop, p99",
        value: delay.percentile(99) / 1e6 - RESOLUTION_MS,
        unit: "ms",
        limit: LOOP_MS,
      },
      { name: "processor time of an interaction", value: (user + system) / 1_000 / times.length, unit: "ms" },
    ];
  } finally {
    await crowd.close();
  }
}
