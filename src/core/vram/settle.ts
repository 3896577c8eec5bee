import type { Messages } from "#core/messages/index";
import { Refusal, type Sentence } from "#core/refusal";
import { gib } from "./bytes.ts";
import type { ModelCatalogue, Shape } from "./catalogue.ts";
import { shapeFromConfig } from "./config-json.ts";
import { refusalIn, warningsIn } from "./conflicts.ts";
import {
  dtypeInName,
  isGiven,
  USUAL_FREEZE_LAYERS,
  USUAL_RANK,
  usualCheckpointing,
  usualFramework,
  usualLength,
  usualLoss,
  usualMethod,
  usualTargets,
} from "./defaults.ts";
import { type Card, resolveGpu, verdictFor } from "./gpus.ts";
import { memoryBytes } from "./memory.ts";
import { type ResolvedModel, resolveModel, sizeName } from "./models.ts";
import type { VramRequest } from "./request.ts";
import { usualShare } from "./serving.ts";
import { type Checkpointing, isTraining, type Settings } from "./settings.ts";
import type { LoraTarget } from "./values.ts";
import { isQuantised } from "./weights.ts";

/** A request with every gap filled, and the list of what was filled in. */
export interface Settled {
  readonly settings: Settings;
  readonly model: ResolvedModel;
  /** The card that was asked about. */
  readonly card: Card | null;
  readonly assumptions: readonly Sentence[];
  readonly warnings: readonly Sentence[];
  /** Framework, loss and metric were all given, so their uncertainty need not widen the interval. */
  readonly settingsKnown: boolean;
}

/** Collects what was filled in, in the order in which it was. */
class Assumptions {
  readonly sentences: Sentence[] = [];

  note(sentence: Sentence): void {
    this.sentences.push(sentence);
  }

  /** The given value, or the usual one with a sentence that says so. */
  fill<Value>(given: Value | null | undefined, usual: Value, sentence: Sentence): Value {
    if (given !== null && given !== undefined) return given;
    this.note(sentence);
    return usual;
  }

  /** The same for an option whose value reads as it is typed. */
  option<Value extends string | number | boolean>(
    name: keyof VramRequest,
    given: Value | null | undefined,
    usual: Value,
  ): Value {
    return this.fill(given, usual, (say) => say.vram.assumedValue(name, String(usual)));
  }
}

function modelOf(request: VramRequest, catalogue: ModelCatalogue, assumed: Assumptions): ResolvedModel {
  if (request.config !== null && request.config !== undefined) {
    const { shape, name } = shapeFromConfig(request.config);
    assumed.note((say) => say.vram.assumedConfig(sizeName(shape.params).toUpperCase()));
    return { shape, name, kind: "named", shapeOf: null, unknown: null };
  }
  const model = resolveModel(request.model, request.params, catalogue);
  const { name, shapeOf, kind, unknown } = model;
  if (shapeOf !== null)
    assumed.note((say) =>
      unknown === null
        ? say.vram.assumedShape(name, shapeOf)
        : say.vram.assumedUnknown(unknown, name, shapeOf),
    );
  if (kind === "guessed") assumed.note((say) => say.vram.assumedModel(String(request.model), name));
  return model;
}

/** What only training has: loss, optimizer, checkpoints, adapters. */
function trainingSettings(
  request: VramRequest,
  method: Settings["method"],
  framework: Settings["framework"],
  assumed: Assumptions,
) {
  const adapted = method === "lora" || method === "qlora";
  const targets = request.lora_targets?.length === 0 ? null : request.lora_targets;
  const freezes = method === "freeze";
  return {
    optimizer: assumed.option("optimizer", request.optimizer, "adamw" as const),
    checkpointing: assumed.option<Checkpointing>(
      "grad_ckpt",
      request.grad_ckpt,
      usualCheckpointing(framework),
    ),
    ce: assumed.option("ce", request.ce, usualLoss(framework)),
    accumulation: assumed.option("accumulation", request.accumulation, 1),
    loraRank: adapted ? assumed.option("lora_rank", request.lora_rank, USUAL_RANK) : USUAL_RANK,
    loraTargets: adapted
      ? assumed.fill<readonly LoraTarget[]>(targets, usualTargets, (say) =>
          say.vram.assumedValue("lora_targets", usualTargets.join(",")),
        )
      : usualTargets,
    freezeLayers: freezes
      ? assumed.fill(request.freeze_layers, USUAL_FREEZE_LAYERS, (say) =>
          say.vram.assumedFreeze(USUAL_FREEZE_LAYERS),
        )
      : (request.freeze_layers ?? USUAL_FREEZE_LAYERS),
    trainableEmb: adapted && request.trainable_emb === true,
    dora: request.dora === true,
    task: request.task ?? "sft",
    genTokens: 0,
    kvDtype: "bf16",
    promptLogits: false,
  } as const;
}

/** The same where nothing is trained, with what only inference has. */
const inferenceSettings = (request: VramRequest, assumed: Assumptions) =>
  ({
    optimizer: "adamw",
    checkpointing: false,
    ce: "fp32",
    accumulation: 1,
    loraRank: USUAL_RANK,
    loraTargets: usualTargets,
    freezeLayers: USUAL_FREEZE_LAYERS,
    trainableEmb: false,
    dora: request.dora === true,
    task: request.task ?? "sft",
    genTokens: assumed.fill(request.gen_tokens, 0, (say) => say.vram.assumedPrompt),
    kvDtype: assumed.option("kv_dtype", request.kv_dtype, "bf16" as const),
    promptLogits: isGiven(request.ce) && request.ce !== "fused",
  }) as const;

/**
 * How several GPUs train where nobody said: each with a whole copy, or sharing one where a copy does not fit the card that
 * was named.
 */
function shared(settings: Settings, card: Card | null, assumed: Assumptions): Settings {
  const { gpus, weightsDtype } = settings;
  if (gpus === 1 || !isTraining(settings)) return settings;
  const copies: Settings = { ...settings, parallel: "ddp" };
  const fits = card === null || verdictFor(gib(memoryBytes(copies).peakBytes), card) === "fits";
  const parallel = fits ? "ddp" : isQuantised(weightsDtype) ? "fsdp" : "zero3";
  assumed.note((say) =>
    parallel === "ddp" ? say.vram.assumedParallel(gpus) : say.vram.assumedSharded(parallel, gpus),
  );
  return { ...copies, parallel };
}

/**
 * How several GPUs serve where nobody said: engines cut every layer, wherever the heads allow it; Hugging Face's device map
 * splits by layers.
 */
function servedOver(gpus: number, byEngine: boolean, shape: Shape, assumed: Assumptions): "tp" | null {
  if (gpus === 1) return null;
  const cuts = byEngine && shape.heads % gpus === 0;
  assumed.note((say) => (cuts ? say.vram.assumedValue("parallel", "tp") : say.vram.assumedLayerSplit(gpus)));
  return cuts ? "tp" : null;
}

/** A quantised checkpoint is named by its dtype, unless a method was asked for that needs another. */
function withPublishedDtype(request: VramRequest, assumed: Assumptions): VramRequest {
  const named = dtypeInName(request.model);
  if (named === null || isGiven(request.weights_dtype)) return request;
  if (request.method === "full" || request.method === "freeze") return request;
  assumed.note((say) => say.vram.assumedValue("weights_dtype", named));
  return { ...request, weights_dtype: named };
}

/** That a checkpoint comes in fewer bits than were assumed: a verdict on 16 bit would turn people away. */
function publishedIn(
  request: VramRequest,
  settings: Settings,
  name: string,
  { names }: ModelCatalogue,
): readonly Sentence[] {
  const published = names.published[name];
  if (published === undefined || isTraining(settings) || isGiven(request.weights_dtype)) return [];
  const [called, nearest] = published;
  return [(say) => say.vram.warnPublished(name, called, settings.weightsDtype, nearest)];
}

/** A size that is further off than this (as a natural logarithm) from the named model's is a contradiction. */
const SIZE_MISMATCH = 0.3;

/**
 * Resolves names and fills gaps with stated defaults.
 *
 * @throws Refusal for a model or card that is not known and for settings that contradict each other
 */
export function settle(asks: VramRequest, catalogue: ModelCatalogue): Settled {
  const assumed = new Assumptions();
  const model = modelOf(asks, catalogue, assumed);
  const request = withPublishedDtype(asks, assumed);
  const card = isGiven(request.gpu) ? resolveGpu(request.gpu ?? "", catalogue) : null;
  const method = assumed.fill(request.method, usualMethod(request), (say) =>
    say.vram.assumedMethod(usualMethod(request)),
  );
  const training = method !== "inference";
  const weightsDtype = assumed.option(
    "weights_dtype",
    request.weights_dtype,
    method === "qlora" ? "nf4-dq" : "bf16",
  );
  const framework = assumed.option("framework", request.framework, usualFramework(request));
  const seq = assumed.option("seq", request.seq, usualLength(training, framework));
  const batch = assumed.option("batch", request.batch, 1);
  const asked = request.metric === "device?" ? "device" : request.metric;
  const metric = assumed.fill(asked, "device" as const, (say) => say.vram.assumedMetric);
  const gpus = request.gpus ?? 1;
  const flashAttention = assumed.fill(request.flash_attn, true, (say) => say.vram.assumedFlash);
  const engine = request.engine ?? (framework === "vllm" ? "vllm" : null);
  const served =
    training || isGiven(request.parallel) ? null : servedOver(gpus, engine !== null, model.shape, assumed);

  const unshared: Settings = {
    shape: model.shape,
    method,
    weightsDtype,
    batch,
    seq,
    flashAttention,
    parallel: request.parallel ?? served,
    gpus,
    framework,
    metric,
    packing: request.packing ?? null,
    engine,
    utilisation: request.utilisation ?? usualShare[engine ?? "vllm"],
    ...(training
      ? trainingSettings(request, method, framework, assumed)
      : inferenceSettings(request, assumed)),
  };
  const settings = isGiven(request.parallel) ? unshared : shared(unshared, card, assumed);
  const refusal = refusalIn(settings, request.host_ram ?? null);
  if (refusal !== null) throw new Refusal(refusal);
  const { name, shape } = model;
  const mismatch =
    isGiven(request.params) && Math.abs(Math.log((request.params ?? 1) / shape.params)) > SIZE_MISMATCH;
  return {
    settings,
    model,
    card,
    assumptions: assumed.sentences,
    warnings: [
      ...(mismatch ? [(say: Messages) => say.vram.warnSize(name, sizeName(shape.params))] : []),
      ...publishedIn(request, settings, name, catalogue),
      ...warningsIn(settings),
    ],
    settingsKnown:
      isGiven(request.framework) &&
      isGiven(request.metric) &&
      request.metric !== "device?" &&
      (!training || isGiven(request.ce)),
  };
}
