import type { Messages } from "#core/messages/index";
import type { Block } from "#core/reply";
import { gib } from "./bytes.ts";
import type { ModelCatalogue } from "./catalogue.ts";
import { type ClaimId, claimsAbout } from "./claims.ts";
import type { ComponentName } from "./components.ts";
import { type Estimate, estimate } from "./estimate.ts";
import { gibText } from "./figures.ts";
import { formulaLines } from "./formulas.ts";
import type { VramRequest } from "./request.ts";

/** A run in which the part plays a role, for whoever names none. */
const exampleOf: Readonly<Record<ComponentName, VramRequest>> = {
  weights: { method: "qlora" },
  gradients: { method: "full" },
  optimizer: { method: "full" },
  activations: { method: "lora", grad_ckpt: false },
  logits: { method: "lora", seq: 4096 },
  kvCache: { method: "inference", seq: 8192, gen_tokens: 8000 },
  overhead: { method: "qlora" },
};
const EXAMPLE_MODEL = "Qwen2.5-7B";

const namesRun = ({ model, params, config }: VramRequest): boolean =>
  [model, params, config].some((value) => value !== null && value !== undefined);

/** The claims of the study document that an answer touches, with the right statement. */
export function claimSentence(id: ClaimId, { settled }: Estimate, say: Messages): string {
  return say.vram.claims[id](gib(4 * settled.settings.shape.params).toFixed(1));
}

/**
 * One part of the memory: what it is, its formula with this run's numbers, and what is often said of it.
 *
 * @throws Refusal as `estimate` does
 */
export function lessonOn(
  part: ComponentName,
  request: VramRequest,
  catalogue: ModelCatalogue,
  say: Messages,
): Block[] {
  const asked = namesRun(request) ? request : { model: EXAMPLE_MODEL, ...exampleOf[part] };
  const estimated = estimate({ ...asked, why: null }, catalogue);
  const { settings, model } = estimated.settled;
  const name = say.vram.component[part];
  const line = formulaLines(settings, estimated).find((candidate) => candidate.part === part);
  const share = Math.round((100 * estimated.components[part]) / estimated.peakBytes);
  const here: Block[] =
    line === undefined
      ? [{ kind: "text", text: say.vram.lessonNone(name) }]
      : [
          { kind: "text", text: say.vram.lessonHere(name, line.formula, line.result) },
          { kind: "text", text: say.vram.lessonShare(share, gibText(estimated.peakBytes)) },
        ];
  const claims = claimsAbout(part).map((id) => claimSentence(id, estimated, say));
  const assumed = estimated.assumptions.map((sentence) => sentence(say)).join(say.vram.listSeparator);
  return [
    {
      kind: "heading",
      text: say.vram.lessonTitle(name, `${model.name} ${say.vram.method[settings.method]}`),
    },
    { kind: "text", text: say.vram.lesson[part] },
    ...here,
    ...(claims.length === 0
      ? []
      : [
          { kind: "text" as const, text: say.vram.claimsTitle },
          { kind: "list" as const, ordered: false, items: claims },
        ]),
    ...(assumed === "" ? [] : [{ kind: "note" as const, text: say.vram.assumptions(assumed) }]),
  ];
}
