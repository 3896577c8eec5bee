import type { Messages } from "#core/messages/index";
import type { Block, Button } from "#core/reply";
import type { Advice } from "./advice.ts";
import type { Findings } from "./report.ts";
import type { VramRequest } from "./request.ts";
import { requestWith } from "./requests.ts";
import { isTraining, type Settings } from "./settings.ts";
import { isQuantised } from "./weights.ts";

/** Beside the changes stand the cards and the reasons; a row of five is what every platform shows. */
const MOST_CHANGES = 3;
const MANY_GPUS = 4;

/** More cards that share the model, as one would most likely share it. */
function onManyGpus(settings: Settings): Partial<Settings> {
  const parallel = !isTraining(settings) ? "tp" : isQuantised(settings.weightsDtype) ? "fsdp" : "zero3";
  return { gpus: MANY_GPUS, parallel };
}

/** The changes worth a button: halving the batch and QLoRA are what people reach for first. */
function buttonChanges(advice: readonly Advice[]): Advice[] {
  const wanted = ["half-batch", "qlora"];
  const first = advice.filter(({ id }) => wanted.includes(id));
  const rest = advice.filter(({ id }) => !wanted.includes(id) && id !== "more-gpus");
  return [...first, ...rest].slice(0, MOST_CHANGES);
}

/** Buttons that put a changed answer in the place of this one. */
export function followUps(request: VramRequest, { advice, estimate }: Findings, say: Messages): Block {
  const { settings } = estimate.settled;
  const button = (label: string, options: Record<string, unknown>): Button => ({
    label,
    style: "secondary",
    action: { command: "vram", options: { ...options, edit: true } },
  });
  // What was assumed stays as it was, so that the new answer is lower by what was promised.
  const { framework, parallel, gpus } = settings;
  const kept: Partial<Settings> = gpus > 1 && parallel !== null ? { framework, parallel } : { framework };
  const changed = (partial: Partial<Settings>): Record<string, unknown> =>
    requestWith(request, { ...kept, ...partial });
  const buttons = buttonChanges(advice).map(({ id, partial }) =>
    button(say.vram.press[id], changed(partial)),
  );
  if (gpus < MANY_GPUS && settings.shape.heads % MANY_GPUS === 0)
    buttons.push(button(say.vram.pressGpus(MANY_GPUS), changed(onManyGpus(settings))));
  if (request.why !== true)
    buttons.push(button(say.vram.pressWhy, { ...requestWith(request, {}), why: true }));
  return { kind: "buttons", buttons };
}
