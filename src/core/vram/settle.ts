import { Refusal, type Sentence } from "#core/refusal";
import type { ModelCatalogue } from "./catalogue.ts";
import { conflictsIn } from "./conflicts.ts";
import { type Card, resolveGpu } from "./gpus.ts";
import { type ResolvedModel, resolveModel, sizeName } from "./models.ts";
import type { VramRequest } from "./request.ts";
import type { Checkpointing, Settings } from "./settings.ts";
import type { CrossEntropy, Framework, LoraTarget } from "./values.ts";

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

const defaultSequence = (training: boolean, framework: Framework): number =>
  // litgpt's generate script reserves a short prompt and 50 tokens.
  training ? 2048 : framework === "litgpt" ? 64 : 2048;

/** What each framework's recipes use for the loss when nobody asks. */
const defaultLoss = (framework: Framework): CrossEntropy => {
  if (framework === "litgpt") return "chunked";
  return framework === "unsloth" ? "fused" : "fp32";
};

const defaultCheckpointing = (framework: Framework): Checkpointing => {
  if (framework === "unsloth") return "unsloth-offload";
  return framework !== "litgpt";
};

const defaultTargets: readonly LoraTarget[] = ["q", "v"];

/**
 * Resolves names and fills gaps with stated defaults.
 *
 * @throws Refusal for a model or card that is not known and for settings that contradict each other
 */
export function settle(request: VramRequest, catalogue: ModelCatalogue): Settled {
  const assumptions: Sentence[] = [];
  const assume = <Value>(given: Value | null | undefined, value: Value, sentence: Sentence): Value => {
    if (given !== null && given !== undefined) return given;
    assumptions.push(sentence);
    return value;
  };

  const model = resolveModel(request.model, request.params, catalogue);
  const card = request.gpu === null || request.gpu === undefined ? null : resolveGpu(request.gpu, catalogue);
  const { name, shapeOf, kind } = model;
  if (shapeOf !== null) assumptions.push((say) => say.vram.assumedShape(name, shapeOf));
  if (kind === "guessed") assumptions.push((say) => say.vram.assumedModel(String(request.model), name));

  const method = assume(request.method, methodFrom(request), (say) =>
    say.vram.assumedMethod(methodFrom(request)),
  );
  const training = method !== "inference";
  const adapted = method === "lora" || method === "qlora";
  const usualDtype = method === "qlora" ? "nf4-dq" : "bf16";
  const weightsDtype = assume(request.weights_dtype, usualDtype, (say) =>
    say.vram.assumedValue("weights_dtype", usualDtype),
  );
  const usualFramework: Framework = request.parallel?.startsWith("zero")
    ? "deepspeed"
    : request.parallel?.startsWith("fsdp")
      ? "fsdp"
      : request.grad_ckpt === "unsloth-offload"
        ? "unsloth"
        : "hf";
  const framework = assume(request.framework, usualFramework, (say) =>
    say.vram.assumedValue("framework", usualFramework),
  );
  const seq = assume(request.seq, defaultSequence(training, framework), (say) =>
    say.vram.assumedValue("seq", String(defaultSequence(training, framework))),
  );
  const batch = assume(request.batch, 1, (say) => say.vram.assumedValue("batch", "1"));
  const metric =
    request.metric === "device?"
      ? "device"
      : assume(request.metric, "device", (say) => say.vram.assumedMetric);
  const gpus = request.gpus ?? 1;
  const usualParallel = training && gpus > 1 ? "ddp" : null;
  const parallel =
    usualParallel === null
      ? (request.parallel ?? null)
      : assume(request.parallel, usualParallel, (say) => say.vram.assumedParallel(gpus));

  if (!training && gpus > 1 && parallel === null) assumptions.push((say) => say.vram.assumedLayerSplit(gpus));

  const optimizer = training
    ? assume(request.optimizer, "adamw", (say) => say.vram.assumedValue("optimizer", "adamw"))
    : "adamw";
  const checkpointing: Checkpointing = training
    ? assume<Checkpointing>(request.grad_ckpt, defaultCheckpointing(framework), (say) =>
        say.vram.assumedValue("grad_ckpt", String(defaultCheckpointing(framework))),
      )
    : false;
  const ce = training
    ? assume(request.ce, defaultLoss(framework), (say) => say.vram.assumedValue("ce", defaultLoss(framework)))
    : "fp32";
  const flashAttention = assume(request.flash_attn, true, (say) => say.vram.assumedFlash);
  const accumulation = training
    ? assume(request.accumulation, 1, (say) => say.vram.assumedValue("accumulation", "1"))
    : 1;
  const loraRank = adapted
    ? assume(request.lora_rank, 8, (say) => say.vram.assumedValue("lora_rank", "8"))
    : 8;
  const loraTargets = adapted
    ? assume<readonly LoraTarget[]>(
        request.lora_targets?.length === 0 ? null : request.lora_targets,
        defaultTargets,
        (say) => say.vram.assumedValue("lora_targets", defaultTargets.join(",")),
      )
    : defaultTargets;
  const genTokens = training ? 0 : assume(request.gen_tokens, 0, (say) => say.vram.assumedPrompt);
  const kvDtype = training
    ? "bf16"
    : assume(request.kv_dtype, "bf16", (say) => say.vram.assumedValue("kv_dtype", "bf16"));

  const settings: Settings = {
    shape: model.shape,
    method,
    weightsDtype,
    optimizer,
    loraRank,
    loraTargets,
    trainableEmb: adapted && request.trainable_emb === true,
    batch,
    seq,
    genTokens,
    accumulation,
    checkpointing,
    flashAttention,
    parallel,
    gpus,
    framework,
    ce,
    metric,
    kvDtype,
  };
  if (method === "freeze") assumptions.push((say) => say.vram.assumedFreeze);
  const { refusal, warnings } = conflictsIn(settings);
  if (refusal !== null) throw new Refusal(refusal);
  const ignoresSize =
    isGiven(request.params) && Math.abs(Math.log((request.params ?? 1) / model.shape.params)) > SIZE_MISMATCH;
  return {
    settings,
    model,
    card,
    assumptions,
    warnings: ignoresSize
      ? [(say) => say.vram.warnSize(name, sizeName(model.shape.params)), ...warnings]
      : warnings,
    settingsKnown:
      isGiven(request.framework) &&
      isGiven(request.metric) &&
      request.metric !== "device?" &&
      (!training || isGiven(request.ce)),
  };
}

/** A size that is further off than this (as a natural logarithm) from the named model's is a contradiction. */
const SIZE_MISMATCH = 0.3;

const isGiven = (value: unknown): boolean => value !== null && value !== undefined;

/** What else was asked says which method is meant: a rank means LoRA, a generated length means inference. */
function methodFrom(request: VramRequest): Settings["method"] {
  const dtype = request.weights_dtype ?? "bf16";
  if (isGiven(request.gen_tokens) || isGiven(request.kv_dtype) || request.framework === "vllm")
    return "inference";
  if (isGiven(request.lora_rank) || isGiven(request.lora_targets))
    return dtype.includes("4") ? "qlora" : "lora";
  return dtype === "nf4" || dtype === "nf4-dq" ? "qlora" : dtype.includes("int") ? "inference" : "lora";
}
