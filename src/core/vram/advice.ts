import { type ChangeId, changes } from "./changes.ts";
import { refusalIn } from "./conflicts.ts";
import { type Card, fitsCard } from "./gpus.ts";
import { type Memory, memoryBytes } from "./memory.ts";
import type { Settings } from "./settings.ts";

export interface Advice {
  readonly id: ChangeId;
  readonly savesBytes: number;
  /** Per node, where the change moves something to host memory. */
  readonly hostRamBytes: number | null;
  /** What the change makes of the settings. */
  readonly partial: Partial<Settings>;
}

/** A change that saves less than this share of the peak is not worth its line. */
const LEAST_SHARE = 0.01;

interface Changed {
  readonly settings: Settings;
  readonly partial: Partial<Settings>;
  readonly memory: Memory;
  readonly savesBytes: number;
}

/** A change carried out and estimated anew; null where it is already on, contradicts the rest or saves under 1 %. */
function carriedOut(settings: Settings, peakBytes: number, id: ChangeId): Changed | null {
  const partial = changes.find(([known]) => known === id)?.[1](settings) ?? null;
  if (partial === null) return null;
  const changed = { ...settings, ...partial };
  if (refusalIn(changed) !== null) return null;
  const memory = memoryBytes(changed);
  const savesBytes = peakBytes - memory.peakBytes;
  return savesBytes < peakBytes * LEAST_SHARE ? null : { settings: changed, partial, memory, savesBytes };
}

/** What each change saves on its own, cheapest change first; those that save under 1 % are left out. */
export function adviceFor(settings: Settings): Advice[] {
  const { peakBytes } = memoryBytes(settings);
  return changes.flatMap(([id]) => {
    const changed = carriedOut(settings, peakBytes, id);
    if (changed === null) return [];
    const { savesBytes, memory, partial } = changed;
    return [{ id, savesBytes, hostRamBytes: memory.hostRamBytes, partial }];
  });
}

/** One change of several that are made one after the other. */
export interface Step {
  readonly id: ChangeId;
  /** What it saves on top of those before it. */
  readonly savesBytes: number;
  /** What is left after it. */
  readonly peakBytes: number;
}

/** Settings and steps after all of the changes that can be made, in their order. */
function walk(settings: Settings, ids: readonly ChangeId[], until: (peakBytes: number) => boolean) {
  let current = settings;
  let { peakBytes } = memoryBytes(settings);
  const steps: Step[] = [];
  for (const id of ids) {
    if (until(peakBytes)) break;
    const changed = carriedOut(current, peakBytes, id);
    if (changed === null) continue;
    current = changed.settings;
    peakBytes = changed.memory.peakBytes;
    steps.push({ id, savesBytes: changed.savesBytes, peakBytes });
  }
  return { steps, settings: current, fits: until(peakBytes) };
}

/** Beyond the first: one GPU may become 64, and a length a sixty-fourth. */
const MOST_DOUBLINGS = 5;
const again = (id: ChangeId): ChangeId[] => Array<ChangeId>(MOST_DOUBLINGS).fill(id);

const never = (): boolean => false;

/**
 * The way until a run fits a card: changes in order of cost, each on top of those before it, without those that turn out
 * not to be needed. Every figure is an estimate of the settings as they then are.
 *
 * @returns the steps and the settings they lead to, or null where all of them together do not fit
 */
export function wayToFit(
  settings: Settings,
  card: Card,
): { readonly steps: readonly Step[]; readonly settings: Settings } | null {
  const fits = (peakBytes: number): boolean => fitsCard(peakBytes, card);
  const all = changes.map(([id]) => id);
  const first = walk(settings, [...all, ...again("more-gpus"), ...again("half-length")], fits);
  if (!first.fits) return null;
  let ids = first.steps.map(({ id }) => id);
  // The dearest change is the one that made it fit; an earlier one may have become superfluous.
  for (const id of new Set(ids)) {
    const without = ids.filter((other) => other !== id);
    if (fits(memoryBytes(walk(settings, without, never).settings).peakBytes)) ids = without;
  }
  const { steps, settings: reached } = walk(settings, ids, never);
  return { steps, settings: reached };
}
