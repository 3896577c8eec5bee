import type { Stack } from "./trainers.ts";

/** What a text says of the run beside its error. */
export interface Setting {
  /** Trainers, servers and places that are named, the most specific first. */
  readonly stacks: readonly Stack[];
  /** Whether a model is trained or only served; null where the text does not say. */
  readonly work: "training" | "serving" | null;
  readonly flags: ReadonlySet<Flag>;
}

/** What is done already, or is so. The order is that of the bits in a button. */
export const FLAGS = [
  "microBatchIsOne",
  "adapters",
  "quantised",
  "checkpointing",
  "flashAttention",
  "sharded",
  "offload",
  "fusedLoss",
  "smallOptimizer",
  "manyCards",
  "lengthDecides",
  "attentionScores",
] as const;
export type Flag = (typeof FLAGS)[number];

const SIGNS: Readonly<Record<Flag, RegExp>> = {
  microBatchIsOne:
    /batch[_ -]?size(?:_per_gpu|_per_device)?["' ]{0,2}(?:is|=|:|already|为|是|已经|都|到|设|成|调|置|改|小){0,4} ?(?:already |set to |to |at |of )?1(?![\d.])|\bbs ?[=:]? ?1(?![\d.])|batch ?(?:已经)?(?:是|为|只有|调到|设成|设为|改成|减到|降到) ?1(?![\d.])|micro_batch_size_per_gpu["': ]{1,4}1(?![\d.])|(?:batch|批)(?:大小|次)?(?:已经|都)?(?:是|为|设为|调到) ?(?:1|一)(?![\d.])/i,
  adapters: /\bq?lora\b/i,
  quantised: /\bqlora\b|load_in_4bit|quantization_bit|\bnf4\b|\b4-?bit\b|\bgptq\b|\bawq\b|\bint4\b/i,
  checkpointing:
    /gradient[_-]checkpointing["']? ?[=: ] ?true|use_gradient_checkpointing|gradient checkpointing:? (?:is )?(?:already )?(?:on|enabled|true|used)|(?:with|enabled|using|use|used) (?:\w{1,12} )?gradient checkpointing|梯度检查点(?:已经?|也)?(?:开|打开)|(?:开|用)了?梯度检查点/i,
  flashAttention: /flash[_-]?att(?:entio)?n|\bfa2\b/i,
  sharded: /zero[_ -]?(?:stage ?)?[23]|\bfsdp\b|stage["']? ?[=:]? ?[23]\b/i,
  offload: /offload/i,
  fusedLoss: /liger|cut[_ ]cross|chunked_nll/i,
  smallOptimizer: /(?:adamw?|paged)[_-]?(?:\w{0,8}[_-])?8bit|adafactor|\blion\b|galore/i,
  manyCards:
    /nproc_per_node[= ](?:[2-9]|\d\d)|CUDA_VISIBLE_DEVICES ?= ?["']?\d{1,2},\d|\b(?:[2-9]|\d\d) ?(?:x|×|\*) ?(?:nvidia |rtx ?|tesla )?(?:[345]0[5-9]0|[AHVL]\d{2,3})|(?:[345]0[5-9]0|[AHV]\d{2,3}) ?(?:x|×|\*) ?[2-9]|(?:多|双|两|四|八|[2-9]) ?(?:张|块|个)?(?:卡|显卡|gpu)|(?:[2-9]|\d\d) ?(?:张|块)|multi-?gpu|multiple gpus|\b(?:two|four|eight|[248]) (?:\w{1,8} ){0,2}gpus\b|local_rank: [1-9]|\[rank[1-9]/i,
  lengthDecides:
    /max pixels|max_pixels|长文本|长样本|超长|long (?:text|sample|sequence|context|prompt|audio)|(?:seq|sequence|context|max)[_ ]?(?:len|length)|cutoff_len|序列长度|上下文|变长|multi-?modal|\bvl\b|-vl-|video|视频/i,
  attentionScores:
    /attn_weights|attention_scores|attention_probs|attn_scores|baddbmm|get_attention_scores|scaled attention|scaled_dot_product|eager_attention|torch\.matmul\(q|attention matrix|注意力(?:分数|矩阵)/i,
};

const SERVING =
  /\bvllm\b|\bsglang\b|text-generation-inference|llama[_.]cpp|ggml|ollama|tensorrt|\bTGI\b|onnxruntime|gpu[-_]memory[-_]utilization|gpu_model_runner|推理|部署|inference|serving/i;
const TRAINING =
  /\btrain(?:er|ing|s|ed|\b)|fine-?tun|backward|optimizer|微调|训练|\bSFT\b|\bGRPO\b|\bDPO\b|\bPPO\b|lora/i;

/** Reads what the even text says of the run; silence counts as "not so". */
export const readSetting = (text: string, stacks: readonly Stack[]): Setting => ({
  stacks,
  work: TRAINING.test(text) ? "training" : SERVING.test(text) ? "serving" : null,
  flags: new Set(FLAGS.filter((flag) => SIGNS[flag].test(text))),
});

/** Every pattern that looks for a setting, for the test that runs them all. */
export const SETTING_PATTERNS: readonly RegExp[] = [...Object.values(SIGNS), SERVING, TRAINING];
