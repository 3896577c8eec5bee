import { readOptionText } from "#core/option-text";
import { Refusal } from "#core/refusal";
import type { ModelCatalogue } from "#core/vram/catalogue";
import { estimate } from "#core/vram/estimate";
import { type VramRequest, vramOptions } from "#core/vram/request";
import { vramShorthands } from "#core/vram/shorthands";
import { spellingOf } from "#core/vram/spelling";

/** The run that failed, as far as /vram needs it: a model and what is known beside it. */
export type Run = VramRequest & { readonly model: string };

/** A whole number behind a key; `8k` tokens are 8,192. */
const number = (text: string, pattern: RegExp, most: number): number | null => {
  const match = pattern.exec(text);
  const value = Number(match?.[1]) * (match?.[2] === undefined ? 1 : 1024);
  return Number.isInteger(value) && value >= 1 && value <= most ? value : null;
};

/** Between a key and its value in YAML, JSON, Python, a command line or a sentence. */
const GAP = String.raw`["'\`]? ?(?:[:=]|to|of|is|为|是|设为|设成|改成|调到)? ?["']?`;
const keyed = (keys: string): RegExp => new RegExp(`(?:^|[^a-z_])(?:${keys})${GAP}(\\d{1,8})(k\\b)?`, "i");

const BATCH = keyed(
  "per_device_train_batch_size|micro_batch_size|train_micro_batch_size_per_gpu|micro[- ]batch(?:[- ]size)?|per[- ]device batch(?:[- ]size)?|batch[_ -]?size|bs",
);
const LENGTH = keyed(
  "cutoff_len|max_seq_length|max_seq_len|sequence_len|max_length|max-model-len|max_model_len|context-length|seq_len|seqlen|seq|sequence length|context length|max length|n_ctx|num_ctx|序列长度|最大长度|上下文长度|长度",
);
const ACCUMULATION = keyed("gradient_accumulation_steps|grad_accum|accumulation steps|梯度累积");
const RANK = keyed("lora_rank|lora_r");
const PROCESSES = keyed(
  "nproc_per_node|nproc-per-node|num_processes|tensor-parallel-size|tensor_parallel_size|tp-size|tp_size",
);
const VISIBLE = /CUDA_VISIBLE_DEVICES ?= ?["']?(\d{1,2}(?:,\d{1,2}){0,63})/i;
const CARD_NAME = String.raw`(?:(?:nvidia|geforce|tesla) )?(?:rtx ?|gtx ?)?(?:[1-5]0[5-9]0(?: ?ti| ?d)?|a10g?|a30|a40|a100|a800|a6000|b200|h20|h100|h200|h800|l4|l20|l40s?|t4|p40|p100|v100)(?:[- ]?(?:\d{2,3}) ?gb?)?`;
const SPELLED: Readonly<Record<string, number>> = { 一: 1, 单: 1, 两: 2, 双: 2, 四: 4, 八: 8 };
const CARDS_BEFORE = new RegExp(
  String.raw`(?:^|[^\w.])(\d{1,3}|[一单两双四八]) ?(?:x|×|\*|张|块|个|卡|卡的)? ?(${CARD_NAME})s?(?![\w-])`,
  "i",
);
const CARDS_BEHIND = new RegExp(String.raw`(?:^|[^\w.])(${CARD_NAME}) ?(?:x|×|\*) ?(\d{1,3})(?!\w)`, "i");
const CARD = new RegExp(String.raw`(?:^|[^\w.])(${CARD_NAME})(?![\w-])`, "i");

const SIGNS = {
  qlora: /\bqlora\b|load_in_4bit|quantization_bit["']?[:=]? ?4/i,
  lora: /\blora\b|train_lora\b|_lora_(?:sft|dpo)/i,
  full: /finetuning_type["']?[:= ]{1,2}full|--?(?:train_type|tuner_type) full|全参|全量|train_full\b|_full_(?:sft|dpo)|full[- ](?:parameter|fine)/i,
  serves:
    /\bvllm\b|\bsglang\b|llama\.cpp|ollama|text-generation-inference|gpu[-_]memory[-_]utilization|推理|部署|inference/i,
  trains: /train|微调|训练|\bsft\b|grpo|dpo/i,
  offload: /offload/i,
  zero3: /zero[_ -]?(?:stage ?)?3|\bz3\b|ds_z3|stage["']? ?[:=]? ?3/i,
  zero2: /zero[_ -]?(?:stage ?)?2|\bz2\b|ds_z2|stage["']? ?[:=]? ?2/i,
  fsdp: /\bfsdp\b/i,
  checkpoints:
    /disable_gradient_checkpointing["']?[:= ]{1,2}false|gradient_checkpointing["']?[:= ]{1,2}true|use_gradient_checkpointing/i,
  checkpointsNot:
    /disable_gradient_checkpointing["']?[:= ]{1,2}true|(?:^|[^e]_|[^_e])gradient_checkpointing["']?[:= ]{1,2}false/i,
  pagedAdam: /paged_adamw_8bit/i,
  smallAdam: /adamw?_(?:bnb_)?8bit/i,
  fusedLoss: /liger|cut_cross_entropy|cutcrossentropy/i,
  unsloth: /unsloth/i,
  vllm: /\bvllm\b/i,
} as const;

const readMethod = (text: string): VramRequest["method"] => {
  if (SIGNS.qlora.test(text)) return "qlora";
  if (SIGNS.lora.test(text)) return "lora";
  if (SIGNS.full.test(text)) return "full";
  return SIGNS.serves.test(text) && !SIGNS.trains.test(text) ? "inference" : null;
};

const readParallel = (text: string): VramRequest["parallel"] => {
  const offload = SIGNS.offload.test(text);
  if (SIGNS.zero3.test(text)) return offload ? "zero3-offload" : "zero3";
  if (SIGNS.zero2.test(text)) return offload ? "zero2-offload" : "zero2";
  if (SIGNS.fsdp.test(text)) return offload ? "fsdp-offload" : "fsdp";
  return null;
};

const readCards = (text: string): Pick<VramRequest, "gpus" | "gpu"> => {
  const before = CARDS_BEFORE.exec(text);
  const behind = before ? null : CARDS_BEHIND.exec(text);
  const named = before?.[2] ?? behind?.[1] ?? CARD.exec(text)?.[1] ?? null;
  const count = before?.[1] ?? behind?.[2] ?? "";
  const counted = SPELLED[count] ?? (count === "" ? Number.NaN : Number(count));
  const visible = VISIBLE.exec(text)?.[1]?.split(",").length ?? null;
  const gpus = number(text, PROCESSES, 4096) ?? visible ?? (counted >= 1 && counted <= 512 ? counted : null);
  return { gpus, gpu: named?.replaceAll(" ", "") ?? null };
};

interface Names {
  /** Spelling → id. */
  readonly ids: ReadonlyMap<string, string>;
  /** How spellings begin: most words of a log begin otherwise. */
  readonly beginnings: ReadonlySet<string>;
}

const BEGINNING = 3;
const indexes = new WeakMap<ModelCatalogue, Names>();
const namesOf = (catalogue: ModelCatalogue): Names => {
  const known = indexes.get(catalogue);
  if (known) return known;
  const ids = new Map<string, string>();
  for (const { id, aliases } of catalogue.architectures)
    for (const name of [id, ...aliases]) ids.set(spellingOf(name), id);
  const chinese = Object.keys(catalogue.names.families);
  const names = {
    ids,
    beginnings: new Set([...ids.keys(), ...chinese].map((name) => name.slice(0, BEGINNING))),
  };
  indexes.set(catalogue, names);
  return names;
};

/** Published tags that say nothing of the shape. */
const TAGS =
  /(?:instruct|chat|base|hf|it|thinking|2507|bnb4bit|gguf|awq|gptq|int4|fp8|(?:full|lora|qlora)(?:sft|dpo)|\.?ya?ml|v\d(?:\.\d)?)+$/;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}._/-]{0,60}/gu;
const MAX_WORDS = 4_000;

/** The first model of the catalogue that a text names, in one to three words: `Qwen2.5-7B-Instruct`, `Llama 3 8B`. */
const readModel = (text: string, catalogue: ModelCatalogue): string | null => {
  const { ids, beginnings } = namesOf(catalogue);
  const words = [...text.matchAll(WORD)].slice(0, MAX_WORDS).map(([word]) => word.replace(/[._/-]+$/, ""));
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const name = word.slice(word.lastIndexOf("/") + 1).toLowerCase();
    // "llama 3 8b", and "基于千问2.5" where nothing parts the words: those are looked at whole.
    if (!beginnings.has(name.slice(0, BEGINNING)) && !/\p{Script=Han}/u.test(name)) continue;
    for (const count of [3, 2, 1]) {
      const joined = [name, ...words.slice(at + 1, at + count)].join("");
      if (!/\d/.test(joined)) continue;
      const key = spellingOf(joined, catalogue.names.families);
      const found = ids.get(key) ?? ids.get(key.replace(TAGS, ""));
      if (found !== undefined) return found;
    }
  }
  return null;
};

const readLineAsVram = (line: string): VramRequest =>
  vramOptions.parse(readOptionText(vramOptions, vramShorthands, line));

/**
 * Reads a run that a member named, as /vram does.
 * @throws Refusal that names the part it does not know, or what contradicts itself
 */
export const parseRun = (line: string, catalogue: ModelCatalogue): VramRequest => {
  const run = readLineAsVram(line);
  estimate(run, catalogue);
  return run;
};

/** Longest text that may be a run and nothing else: `qwen2.5-7b lora bs=4 seq=2k 2x4090`. */
const LONGEST_LINE = 120;

/** A text that is nothing but a run, as one types it behind /vram. */
const readLine = (text: string, model: string): Run | null => {
  if (text.length > LONGEST_LINE || text.includes("--")) return null;
  try {
    const run = readLineAsVram(text.trim());
    // Of a sentence the name would take up the words that mean nothing else.
    return spellingOf(run.model ?? "") === spellingOf(model) ? { ...run, model } : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};

/**
 * The run that a text speaks of; null where it names no model that /vram knows.
 * @param text the even text with breaks as spaces
 */
export const readRun = (text: string, catalogue: ModelCatalogue): Run | null => {
  const model = readModel(text, catalogue);
  if (model === null) return null;
  const line = readLine(text, model);
  if (line !== null) return line;
  const { gpus, gpu } = readCards(text);
  return {
    model,
    method: readMethod(text),
    batch: number(text, BATCH, 4096),
    seq: number(text, LENGTH, 2_000_000),
    accumulation: number(text, ACCUMULATION, 4096),
    lora_rank: number(text, RANK, 4096),
    grad_ckpt: SIGNS.checkpointsNot.test(text) ? false : SIGNS.checkpoints.test(text) ? true : null,
    optimizer: SIGNS.pagedAdam.test(text)
      ? "paged-adamw-8bit"
      : SIGNS.smallAdam.test(text)
        ? "adamw-8bit"
        : null,
    ce: SIGNS.fusedLoss.test(text) ? "fused" : null,
    parallel: readParallel(text),
    framework: SIGNS.unsloth.test(text) ? "unsloth" : SIGNS.vllm.test(text) ? "vllm" : null,
    gpus,
    gpu,
  };
};

/** Keys that a button carries, in this order. */
const CARRIED = [
  "method",
  "weights_dtype",
  "optimizer",
  "lora_rank",
  "batch",
  "seq",
  "accumulation",
  "grad_ckpt",
  "flash_attn",
  "ce",
  "parallel",
  "framework",
  "gpus",
  "gpu",
  "kv_dtype",
] as const satisfies readonly (keyof VramRequest)[];

/** A run as one line that `parseRun` and /vram read: `Qwen2.5-7B method=lora batch=4 seq=2048`. */
export const writeRun = (run: Run): string =>
  [
    run.model,
    ...CARRIED.flatMap((key) => {
      const value = run[key];
      return value === null || value === undefined ? [] : [`${key}=${value}`];
    }),
  ].join(" ");

/** Every pattern that looks for a run, for the test that runs them all. */
export const RUN_PATTERNS: readonly RegExp[] = [
  ...Object.values(SIGNS),
  BATCH,
  LENGTH,
  ACCUMULATION,
  RANK,
  PROCESSES,
  VISIBLE,
  CARDS_BEFORE,
  CARDS_BEHIND,
  CARD,
  WORD,
];
