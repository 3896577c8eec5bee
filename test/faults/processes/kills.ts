import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "#core/ports";
import type { RunningRedis } from "#test/doubles/redis/server";
import { randomNumbers } from "#test/schedule/hazards";
import type { Acknowledged, Recording } from "./acknowledged.ts";
import { patiently } from "./patience.ts";
import { watchPower } from "./power.ts";
import { recordedRound } from "./recorder.ts";

export interface KillReport {
  readonly kills: number;
  readonly powerCuts: number;
  readonly bytesCut: number;
  readonly acknowledged: number;
  readonly lost: readonly Acknowledged[];
  /** How long before its kill the earliest of the lost answers was acknowledged. */
  readonly lostSpanMs: number;
}

/** The longest that a server may take to come back with what it kept. */
const RECOVERY_MS = 60_000;
const ANSWERS_BEFORE = 150;
const ANSWERS_SPREAD = 1_000;

/**
 * Kills the server again and again while answers are recorded, every other time with what the disk had not confirmed
 * cut off its file, and looks for each acknowledged answer after each restart and once more at the end.
 *
 * @param powerCuts whether every other kill is a power cut
 */
export const killAgainAndAgain = async (
  { kills, seed, powerCuts }: { readonly kills: number; readonly seed: number; readonly powerCuts: boolean },
  {
    redis,
    recording,
    store,
  }: { readonly redis: RunningRedis; readonly recording: Recording; readonly store: Store },
): Promise<KillReport> => {
  const random = randomNumbers(seed);
  const lost = new Map<string, Acknowledged>();
  let [cuts, bytesCut, acknowledged, lostSpanMs] = [0, 0, 0, 0];
  for (let kill = 0; kill < kills; kill += 1) {
    const isCut = powerCuts && kill % 2 === 1;
    recording.answer(null);
    await patiently(() => store.openRound(recordedRound(kill)));
    // What is still on its way to the server belongs to the round before.
    await sleep(100);
    const power = isCut ? await watchPower(redis) : null;
    recording.answer(kill);
    await recording.reached(kill, Math.floor(ANSWERS_BEFORE + random() * ANSWERS_SPREAD), RECOVERY_MS);
    const killedAt = Date.now();
    await redis.kill("SIGKILL");
    if (power !== null) {
      cuts += 1;
      bytesCut += await power.cut();
    }
    await redis.restart();
    // Acknowledgements that were on their way are still told.
    await recording.reached(kill, recording.count(kill) + 20, RECOVERY_MS);
    for (const one of await recording.lost(kill)) {
      lost.set(one.submission, one);
      lostSpanMs = Math.max(lostSpanMs, killedAt - one.at);
    }
  }
  recording.answer(null);
  await sleep(100);
  for (let kill = 0; kill < kills; kill += 1) {
    acknowledged += recording.count(kill);
    for (const one of await recording.lost(kill)) lost.set(one.submission, one);
  }
  return { kills, powerCuts: cuts, bytesCut, acknowledged, lost: [...lost.values()], lostSpanMs };
};
