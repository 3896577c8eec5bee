import { refusalIn } from "./conflicts.ts";
import { type Card, fitsCard } from "./gpus.ts";
import { memoryBytes } from "./memory.ts";
import { isTraining, type Settings } from "./settings.ts";
import type { Parallel } from "./values.ts";
import { isQuantised } from "./weights.ts";

/** Cards of one kind that hold a run, and how they share it. */
export interface Setup {
  readonly card: Card;
  readonly gpus: number;
  readonly parallel: Parallel | null;
  readonly peakBytes: number;
}

const COUNTS = [1, 2, 4, 8];

/** How several cards would share the run: states by ZeRO-3, a 4-bit base by FSDP, weights in service by tensors. */
function schemeFor(settings: Settings, gpus: number): Parallel | null {
  if (gpus === 1) return null;
  if (!isTraining(settings)) return "tp";
  return isQuantised(settings.weightsDtype) ? "fsdp" : "zero3";
}

/** The method and everything else as it stands, on other cards. */
function onCards(settings: Settings, card: Card, gpus: number): Setup | null {
  const parallel = schemeFor(settings, gpus);
  const moved: Settings = { ...settings, gpus, parallel };
  if (refusalIn(moved) !== null) return null;
  const { peakBytes } = memoryBytes(moved);
  return fitsCard(peakBytes, card) ? { card, gpus, parallel, peakBytes } : null;
}

/**
 * The set-up that fits with the least memory bought, fewest cards first: prices change by the week, gigabytes do not.
 *
 * @returns null where eight of the largest card do not hold it
 */
export function cheapestSetup(settings: Settings, cards: readonly Card[]): Setup | null {
  const fitting = cards.flatMap((card) => COUNTS.flatMap((gpus) => onCards(settings, card, gpus) ?? []));
  const cost = ({ card, gpus }: Setup): number => card.gib * gpus + gpus / 100;
  return fitting.reduce<Setup | null>(
    (best, setup) => (best === null || cost(setup) < cost(best) ? setup : best),
    null,
  );
}
