import type { CaseId } from "./kinds.ts";

/** What a stack or a sentence beside the message says about when it happened. */
const PHASES: readonly { readonly names: CaseId; readonly pattern: RegExp }[] = [
  {
    names: "gpu_device/checkpoint_save",
    pattern:
      /Failed to clone\(\) tensor|_full_pre_state_dict_hook|unshard_pre_state_dict|save_(?:ckpt|checkpoint|model|pretrained|state)\b|(?:while|when|during) sav(?:ing|e)|保存(?:模型|权重|检查点|checkpoint|ckpt)?的?(?:时|时候|过程)/i,
  },
  {
    names: "gpu_device/checkpoint_resume",
    pattern:
      /\bload_state_dict\b|Restoring checkpoint|load_optimizer_and_scheduler|\bresum(?:e|ing)\b|loading (?:from checkpoint|optimizer state)|断点续训|恢复训练|继续训练/i,
  },
  {
    names: "gpu_device/eval_logits",
    pattern:
      /evaluation_loop|nested_concat|preds_host|prediction_step|(?:while|when|during|in) (?:the )?(?:eval|evaluat|validat)|(?:评估|验证|评测|eval(?:uate|uation)?|validation)的?(?:时|时候|阶段|过程)/i,
  },
  {
    names: "gpu_device/optimizer_lazy",
    pattern:
      /exp_avg|optimizer\.step\(|_init_group|(?:first|second|2nd|1st) (?:optimizer |training )?step\b|第(?:一|二|1|2)(?:个|次)?(?:step|步)/i,
  },
  {
    names: "gpu_device/loss_logits",
    pattern:
      /compute_logits|_gather_logits|cross_entropy|selective_log_softmax|log_probs|logits_to_keep|in lm_head|self\.lm_head|logits\.float\(\)|logits = logits/i,
  },
  {
    names: "gpu_device/leak",
    pattern:
      /slow(?:ly)? and stead(?:y|ily)|(?:memory|usage|vram) (?:keeps?|is) (?:slowly |steadily )?(?:growing|increas|rising)|(?:grows|rises|increases) (?:with|over|every|each)|(?:gradual|steady|slow)(?:ly)? (?:increas|grow|ris)|memory leak|(?:显存|内存)(?:占用)?(?:一直|不断|慢慢|逐渐|越来越|逐步|持续)|一段时间后.{0,12}(?:溢出|爆|不足|OOM)|内存泄[漏露]|显存泄[漏露]/i,
  },
  {
    names: "gpu_device/long_sequence",
    pattern:
      /varlen_bwd|sample_packing|over-?long sample|after (?:training )?(?:for )?~?\d{1,6}\+? (?:steps|iter)|longest sample|(?:训练|跑)了?(?:到)?(?:几十|几百|\d{1,6}) ?(?:多)?(?:个)?(?:步|step|iter)|样本(?:太|过)长|超长样本/i,
  },
  {
    names: "gpu_device/model_load",
    pattern:
      /from_pretrained|Loading checkpoint shards(?!: ?100%)|(?:while|when|during) load(?:ing)?\b|load_model\b|(?:加载|载入)(?:模型|权重)?的?(?:时|时候|阶段|过程|就)/i,
  },
];

const REFINABLE: ReadonlySet<CaseId> = new Set<CaseId>([
  "gpu_device/capacity",
  "gpu_device/large_request",
  "gpu_device/fragmentation",
  "gpu_device/bare",
]);

/** The same for a process that was killed: what filled the machine's memory. */
const HOST_PHASES: readonly { readonly names: CaseId; readonly pattern: RegExp }[] = [
  {
    names: "host_ram/leak",
    pattern:
      /(?:\bram\b|cpu memory|host memory|system memory|memory usage).{0,40}(?:keep\w{0,3} (?:grow|increas|ris|climb|going up)|grow(?:s|ing)|goes up|leak|accumulat|increas(?:es|ing))|memory leak|内存.{0,12}(?:一直|不断|慢慢|逐渐|越来越|逐步|持续).{0,6}(?:涨|增|上升|升|大|高)|内存泄[漏露]/i,
  },
  {
    names: "host_ram/sigkill_load",
    pattern:
      /Loading checkpoint shards|load(?:ing|s)? (?:the |a )?(?:model|checkpoint|weights)|load model|from_pretrained|(?:加载|载入)(?:模型|权重|checkpoint)|模型加载/i,
  },
];
const HOST_REFINABLE: ReadonlySet<CaseId> = new Set<CaseId>(["host_ram/killed"]);

/** A device case with its phase, where the text shows one and the numbers leave room for it. */
export const refine = (
  found: CaseId,
  text: string,
): { readonly names: CaseId; readonly match: RegExpExecArray | null } => {
  const phases = REFINABLE.has(found) ? PHASES : HOST_REFINABLE.has(found) ? HOST_PHASES : [];
  for (const phase of phases) {
    const match = phase.pattern.exec(text);
    if (match) return { names: phase.names, match };
  }
  return { names: found, match: null };
};

/** Every pattern that looks for a phase, for the test that runs them all. */
export const PHASE_PATTERNS: readonly RegExp[] = [...PHASES, ...HOST_PHASES].map(({ pattern }) => pattern);
