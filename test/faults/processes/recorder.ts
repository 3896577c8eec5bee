import { setTimeout as sleep } from "node:timers/promises";
import { channelIdSchema } from "#core/ids";
import { StoreFailure } from "#core/store-failure";
import { attemptAs, roundOn } from "#test/contracts/store-samples";
import { recordingLog } from "#test/doubles/services";
import { parent } from "./child.ts";
import { openPatiently } from "./patience.ts";

/** A process that records answers without end and says which of them were acknowledged. */
export interface RecorderSettings {
  readonly url: string;
  readonly durability: "local" | "fsync" | "replicated";
  readonly natMap?: Readonly<Record<string, { readonly host: string; readonly port: number }>>;
  readonly name: string;
  /** Answers under way at a time. */
  readonly lanes: number;
}

/** Which round is answered from now on; null for none. */
export interface ToRecorder {
  readonly round: number | null;
}
export interface FromRecorder {
  readonly round: number;
  readonly acknowledged: readonly (readonly [submission: string, at: number])[];
  readonly failures: number;
}

/** The round of a number: one channel each, so that what was acknowledged of each can be read for itself. */
export const recordedRound = (number: number) =>
  roundOn(1, { channel: channelIdSchema.parse(`channel-${number}`) });

const PAUSE_MS = 20;

const record = async (): Promise<void> => {
  const { settings, listen, tell } = parent<ToRecorder, FromRecorder>();
  const { name, lanes, ...options } = settings() as RecorderSettings;
  const store = await openPatiently({ ...options, log: recordingLog() });
  let round: number | null = null;
  let [count, failures] = [0, 0];
  let acknowledged: [string, number][] = [];
  const flush = (): void => {
    if (round !== null && acknowledged.length > 0) tell({ round, acknowledged, failures });
    acknowledged = [];
  };
  setInterval(flush, PAUSE_MS);
  listen((message) => {
    flush();
    round = message.round;
  });

  const lane = async (): Promise<void> => {
    for (;;) {
      const answered = round;
      if (answered === null) {
        await sleep(PAUSE_MS);
        continue;
      }
      count += 1;
      const submission = `${name}-${count}`;
      const attempt = attemptAs(submission, { as: submission, round: recordedRound(answered).id });
      for (;;)
        try {
          await store.recordAttempt(attempt);
          // An answer to a round before is not counted for this one; it was acknowledged all the same.
          if (answered === round) acknowledged.push([submission, Date.now()]);
          break;
        } catch (error) {
          if (!(error instanceof StoreFailure)) throw error;
          failures += 1;
          await sleep(PAUSE_MS);
        }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

if (process.send !== undefined && process.argv[1]?.endsWith("recorder.ts")) await record();
