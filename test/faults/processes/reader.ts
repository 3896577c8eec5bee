import type { Durability } from "#src/store/redis/preflight";
import { tenant } from "#test/contracts/store-samples";
import { recordingLog } from "#test/doubles/services";
import { parent } from "./child.ts";
import { openPatiently, patiently } from "./patience.ts";
import { recordedRound } from "./recorder.ts";

/**
 * A process that looks acknowledged answers up, so that whoever keeps the wires between servers alive is not busy with
 * reading what they have kept.
 */
export interface ReaderSettings {
  readonly url: string;
  readonly durability: Durability;
  readonly natMap?: Readonly<Record<string, { readonly host: string; readonly port: number }>>;
}

export interface ToReader {
  readonly number: number;
  readonly round: number;
  readonly acknowledged: readonly string[];
}
export interface FromReader {
  readonly number: number;
  /** Of the acknowledged answers, those that the store does not have. */
  readonly lost: readonly string[];
  /** What is there but is not as it should be. */
  readonly wrong: readonly string[];
}

/** Days are compared for so many of the answers; the answer and its day are one step. */
const DAYS_COMPARED = 50;
/** A round with a hundred thousand answers takes its time. */
const COMMAND_MS = 60_000;

const { settings, listen, tell } = parent<ToReader, FromReader>();
const store = await openPatiently({
  ...(settings() as ReaderSettings),
  log: recordingLog(),
  commandTimeoutMs: COMMAND_MS,
});
await new Promise<never>(() => {
  listen(async ({ number, round, acknowledged }) => {
    const { id, date } = recordedRound(round);
    const kept = await patiently(() => store.attemptsOfRound(tenant, id));
    const known = new Set<string>(kept.map(({ submission }) => submission));
    const wrong = known.size === kept.length ? [] : [`round ${round} has an answer twice`];
    for (const { member } of kept.slice(0, DAYS_COMPARED)) {
      const days = await patiently(() => store.ledger(tenant, member));
      if (days.length !== 1 || days[0]?.date !== date) wrong.push(`${member} has other days than the one`);
    }
    tell({ number, lost: acknowledged.filter((submission) => !known.has(submission)), wrong });
  });
});
