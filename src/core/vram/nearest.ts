import type { Measurement, ModelCatalogue } from "./catalogue.ts";
import { type ResolvedModel, resolveModel } from "./models.ts";
import type { Settings } from "./settings.ts";
import { spellingOf } from "./spelling.ts";

/** Beyond this a run says nothing about the question: about a factor of four in size, or several settings. */
const FARTHEST = 3;

const times = (left: number, right: number): number => Math.abs(Math.log(left / right));

/** Letters before the first digit: `qwen`, `llama`. */
const familyOf = (name: string): string => spellingOf(name).replace(/\d.*$/, "");

interface KnownRun {
  readonly run: Measurement;
  readonly model: ResolvedModel;
  readonly family: string;
}

const knownRuns = new WeakMap<ModelCatalogue, readonly KnownRun[]>();

function runsOf(catalogue: ModelCatalogue): readonly KnownRun[] {
  const known = knownRuns.get(catalogue);
  if (known !== undefined) return known;
  const runs = [...catalogue.measurements, ...catalogue.aside].map((run) => {
    const model = resolveModel(run.model, run.params, catalogue);
    return { run, model, family: familyOf(model.name) };
  });
  knownRuns.set(catalogue, runs);
  return runs;
}

/** How far a published run is from the settings: sizes and tokens by ratio, other settings by count. */
function distanceTo({ run, model, family }: KnownRun, settings: Settings, asked: string): number {
  if (run.method !== settings.method) return Number.POSITIVE_INFINITY;
  const differs = (left: unknown, right: unknown): number => (left === right ? 0 : 1);
  const { shape } = model;
  const tokens = run.seq === null || run.seq === undefined ? null : run.seq * (run.batch ?? 1);
  return (
    2 * times(shape.params, settings.shape.params) +
    0.3 * differs(family, asked) +
    (tokens === null ? 0.5 : 0.5 * times(tokens, settings.batch * settings.seq)) +
    0.4 * differs(run.framework ?? settings.framework, settings.framework) +
    0.7 * differs(run.parallel ?? null, settings.parallel) +
    0.7 * differs(run.weights_dtype ?? settings.weightsDtype, settings.weightsDtype) +
    0.4 * differs(run.grad_ckpt ?? settings.checkpointing, settings.checkpointing)
  );
}

/** The published run that is most like the settings, or null where none is close. */
export function nearestMeasured(
  settings: Settings,
  name: string,
  catalogue: ModelCatalogue,
): Measurement | null {
  let best: Measurement | null = null;
  let least = FARTHEST;
  const family = familyOf(name);
  for (const known of runsOf(catalogue)) {
    const distance = distanceTo(known, settings, family);
    if (distance < least) {
      best = known.run;
      least = distance;
    }
  }
  return best;
}
