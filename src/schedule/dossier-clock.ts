import { performance } from "node:perf_hooks";
import type { Dossier, DossierKind } from "#core/dossier";
import type { Meter } from "#core/metrics/meter";
import type { Clock, Log, Store } from "#core/ports";
import { sharedClock } from "./shared-clock.ts";
import { type RunningClock, startSweeping } from "./sweeping.ts";
import type { Tick } from "./tick.ts";

/** How long one process has a dossier for itself, before another may take it up. */
const LEASE_MS = 60_000;
/** How many dossiers a process takes up at once; the rest stays for the other processes. */
const DOSSIERS_TAKEN = 64;
/** A bound for one sweep of one kind; the others come with the next tick. */
const DOSSIERS_PER_SWEEP = 5_000;
/** How many at a time, so that one slow platform call does not hold up everybody. */
const AT_A_TIME = 8;
const TRY_AGAIN_MS = 60_000;

/**
 * Does what is due of a dossier whose time has come. Whatever it sends carries a key, since it may be called again for
 * the same moment: after a crash, or where the lease ended. Returns the text and the next time to look, which are kept
 * unless somebody has changed the dossier meanwhile; or null where it has kept or dropped the dossier itself. What it
 * throws is logged, and the dossier comes again in a minute.
 */
export type DossierAct = (dossier: Dossier) => Promise<Pick<Dossier, "text" | "wakeAt"> | null>;

/** What wakes by itself, by kind. */
export type DossierActs = Readonly<Partial<Record<DossierKind, DossierAct>>>;

export interface DossierClockParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter?: Meter | undefined;
}

export interface SweepControl {
  /** Whether the process is to end: what has begun is finished, and nothing more is taken up. */
  readonly isEnding?: () => boolean;
}

/**
 * One look at all dossiers of a kind whose time has come. It may run at any time and in any number of processes.
 *
 * @returns how many it looked at
 * @throws what the store throws where they cannot be read at all
 */
export const sweepDossiers = async (
  kind: DossierKind,
  act: DossierAct,
  { store, clock, log, meter }: DossierClockParts,
  { isEnding = () => false }: SweepControl = {},
): Promise<number> => {
  let looked = 0;

  const keep = (dossier: Dossier, next: Pick<Dossier, "text" | "wakeAt">): Promise<Dossier | null> =>
    store.keepDossier({ ...dossier, ...next, revision: dossier.revision + 1 });

  const lookAt = async (dossier: Dossier, takenAt: number): Promise<void> => {
    // Whatever is not looked at comes again when the time for which it was taken is over.
    if (isEnding() || clock.now() - takenAt >= LEASE_MS) return;
    looked += 1;
    try {
      const next = await act(dossier);
      if (next !== null) await keep(dossier, next);
      meter?.count("dossiersWoken", { kind, outcome: "done" });
    } catch (error) {
      const { tenant, id, text } = dossier;
      meter?.count("dossiersWoken", { kind, outcome: "failed" });
      log.error("a dossier could not be looked at", error, { kind, tenant, id });
      await keep(dossier, { text, wakeAt: clock.now() + TRY_AGAIN_MS }).catch(() => {
        // The same trouble once more: it comes again after the lease.
      });
    }
  };

  while (!isEnding() && looked < DOSSIERS_PER_SWEEP) {
    const takenAt = clock.now();
    const taken = [...(await store.takeDossiers(kind, takenAt, LEASE_MS, DOSSIERS_TAKEN))];
    if (taken.length === 0) break;
    const work = async (): Promise<void> => {
      for (let next = taken.shift(); next !== undefined; next = taken.shift()) await lookAt(next, takenAt);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
  }
  return looked;
};

/** Starts to wake dossiers: at once, and then at every tick of a clock like that of the daily question. */
export const startDossierClock = (
  given: DossierClockParts,
  acts: DossierActs,
  tick?: Tick,
  monotonic: () => number = () => performance.now(),
): RunningClock => {
  const clock = sharedClock(given.store, given.clock, monotonic);
  const parts = { ...given, clock };
  const kinds = Object.entries(acts) as [DossierKind, DossierAct][];

  const sweep = async (isEnding: () => boolean): Promise<void> => {
    const begun = given.meter?.now() ?? 0;
    try {
      await clock.settle();
      // One kind's crowd does not keep another kind waiting.
      await Promise.all(kinds.map(([kind, act]) => sweepDossiers(kind, act, parts, { isEnding })));
    } finally {
      given.meter?.time("sweep", { clock: "dossiers" }, given.meter.now() - begun);
    }
  };

  const trouble = "what is due could not be read; it is tried again";
  return startSweeping({ sweep, log: given.log, trouble, again: "what is due is read again" }, tick);
};
