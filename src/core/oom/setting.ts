import type { Stack } from "./remedies.ts";

/** What a text says of the run beside its error. */
export interface Setting {
  /** The trainer or server, where it is named. */
  readonly stack: Stack | null;
  /** Whether a model is trained or only served; null where the text does not say. */
  readonly work: "training" | "serving" | null;
  readonly microBatchIsOne: boolean;
  readonly adapters: boolean;
  readonly quantised: boolean;
  readonly checkpointing: boolean;
  readonly flashAttention: boolean;
  readonly sharded: boolean;
}

const STACK_NAMES: readonly (readonly [Stack, RegExp])[] = [
  ["llamafactory", /llama-?_?factory|llamafactory/i],
  ["axolotl", /axolotl/i],
  ["unsloth", /unsloth/i],
  ["vllm", /\bvllm\b/i],
  ["sglang", /\bsglang\b/i],
  ["deepspeed", /deepspeed/i],
  ["fsdp", /\bfsdp\b/i],
  ["hf", /transformers\/trainer\.py|\btrl\b|SFTTrainer|TrainingArguments|per_device_train_batch_size/i],
];

const SERVING =
  /\bvllm\b|\bsglang\b|text-generation-inference|llama[_.]cpp|ggml|ollama|tensorrt|\bTGI\b|onnxruntime|推理|inference/i;
const TRAINING =
  /\btrain(?:er|ing|s|ed|\b)|fine-?tun|backward|optimizer|微调|训练|\bSFT\b|\bGRPO\b|\bDPO\b|\bPPO\b|lora/i;

/** Reads what the even text says of the run; silence counts as "not so". */
export const readSetting = (text: string): Setting => ({
  stack: STACK_NAMES.find(([, name]) => name.test(text))?.[0] ?? null,
  work: TRAINING.test(text) ? "training" : SERVING.test(text) ? "serving" : null,
  microBatchIsOne:
    /batch[_ -]?size(?:_per_gpu|_per_device)?["' ]{0,2}(?:is|=|:|already|为|是|已经|都|到|设|成|调){0,3} ?(?:already |set to |to |at )?1(?![\d.])|\bbs ?[=:]? ?1(?![\d.])|batch ?(?:已经)?(?:是|为|只有|调到|设成|设为) ?1(?![\d.])/i.test(
      text,
    ),
  adapters: /\bq?lora\b/i.test(text),
  quantised: /\bqlora\b|load_in_4bit|quantization_bit|\bnf4\b|\b4-?bit\b|\bgptq\b|\bawq\b/i.test(text),
  checkpointing:
    /gradient_checkpointing ?[=:] ?true|gradient checkpointing (?:is )?(?:already )?(?:on|enabled)|梯度检查点(?:已经?|也)?(?:开|打开)/i.test(
      text,
    ),
  flashAttention: /flash[_-]?att(?:entio)?n|\bfa2\b/i.test(text),
  sharded: /zero[_ -]?(?:stage ?)?[23]|\bfsdp\b|stage ?[=:]? ?[23]\b/i.test(text),
});
