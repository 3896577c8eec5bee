import { z } from "zod";
import { Refusal } from "#core/refusal";
import type { Shape } from "./catalogue.ts";
import { parametersFromDimensions } from "./parameters.ts";

const width = z.number().int().min(1).max(1e7);
const some = width.nullish();

/** The keys of a Hugging Face config.json that decide memory, under all the names that model families give them. */
const configSchema = z.object({
  _name_or_path: z.string().max(500).nullish(),
  model_type: z.string().max(100).nullish(),
  hidden_size: some,
  n_embd: some,
  d_model: some,
  num_hidden_layers: some,
  num_layers: some,
  n_layer: some,
  num_attention_heads: some,
  n_head: some,
  num_key_value_heads: some,
  multi_query_group_num: some,
  num_kv_heads: some,
  multi_query: z.boolean().nullish(),
  head_dim: some,
  kv_channels: some,
  intermediate_size: some,
  ffn_hidden_size: some,
  n_inner: some,
  vocab_size: some,
  padded_vocab_size: some,
  tie_word_embeddings: z.boolean().nullish(),
  num_local_experts: some,
  num_experts: some,
  n_routed_experts: some,
  num_experts_per_tok: some,
  moe_intermediate_size: some,
  shared_expert_intermediate_size: some,
  n_shared_experts: z.number().int().min(0).max(1000).nullish(),
  first_k_dense_replace: z.number().int().min(0).max(10_000).nullish(),
  kv_lora_rank: some,
  q_lora_rank: some,
  qk_rope_head_dim: some,
  qk_nope_head_dim: some,
  v_head_dim: some,
  sliding_window: some,
  sliding_window_pattern: some,
  use_sliding_window: z.boolean().nullish(),
  full_attention_interval: some,
  linear_num_key_heads: some,
  linear_num_value_heads: some,
  linear_key_head_dim: some,
  linear_value_head_dim: some,
  linear_conv_kernel_dim: some,
  layer_types: z.array(z.string().max(50)).max(10_000).nullish(),
});
type Config = z.output<typeof configSchema>;

/** Families whose MLP has no gate. */
const PLAIN = /^(?:gpt|bloom|falcon|opt|phi$|phi-msft|mpt|codegen|starcoder|gptj|refined)/i;
/** Families that share embedding and head when their config says nothing; the library's own default. */
const TIED = /^(?:gpt2|gpt_bigcode|bloom|falcon|opt|mpt|gemma|phi3small|starcoder2)/i;

/** The language model of a model that also sees. */
const textPart = (value: object): object =>
  "text_config" in value && typeof value.text_config === "object" && value.text_config !== null
    ? { ...value, ...value.text_config }
    : value;

function parse(text: string): Config {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Refusal((say) => say.vram.configNotJson, { cause });
  }
  const parsed = configSchema.safeParse(textPart(Object(value)));
  if (parsed.success) return parsed.data;
  const key = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new Refusal((say) => say.vram.configBadKey(key), { cause: parsed.error });
}

function required(value: number | null | undefined, key: string): number {
  if (value === null || value === undefined) throw new Refusal((say) => say.vram.configLacks(key));
  return value;
}

function moeOf(config: Config, intermediate: number): Shape["moe"] {
  const experts = config.n_routed_experts ?? config.num_experts ?? config.num_local_experts;
  if (experts === null || experts === undefined || experts < 2) return null;
  const expertIntermediate = config.moe_intermediate_size ?? intermediate;
  return {
    experts,
    topK: config.num_experts_per_tok ?? 2,
    expertIntermediate,
    sharedIntermediate:
      config.shared_expert_intermediate_size ?? (config.n_shared_experts ?? 0) * expertIntermediate,
    denseLayers: config.first_k_dense_replace ?? 0,
  };
}

function mlaOf(config: Config): Shape["mla"] {
  const { kv_lora_rank: kvLoraRank, qk_rope_head_dim: ropeHeadDim, qk_nope_head_dim: nopeHeadDim } = config;
  if (!kvLoraRank || !ropeHeadDim || !nopeHeadDim) return null;
  return {
    qLoraRank: config.q_lora_rank ?? null,
    kvLoraRank,
    ropeHeadDim,
    nopeHeadDim,
    vHeadDim: config.v_head_dim ?? nopeHeadDim,
  };
}

/** One layer in so many sees everything, in families whose config may leave it to the library. */
const PATTERNS: Readonly<Record<string, number>> = {
  gemma2: 2,
  gemma3: 6,
  gemma3_text: 6,
  gpt_oss: 2,
  cohere2: 4,
};

function windowOf(config: Config, layers: number) {
  const { sliding_window: window, use_sliding_window: used, layer_types: types, model_type: family } = config;
  if (!window || used === false) return null;
  const pattern = config.sliding_window_pattern ?? PATTERNS[family ?? ""];
  const patterned = pattern === undefined ? layers : layers - Math.floor(layers / pattern);
  const local = types?.filter((type) => type.includes("sliding")).length ?? patterned;
  return local === 0 ? null : { window, localLayers: Math.min(local, layers) };
}

/** Hybrids: most layers keep a constant state, one in four a cache. @see transformers, Qwen3NextConfig */
function linearOf(config: Config, layers: number): Shape["linearAttention"] {
  const { linear_num_key_heads: keyHeads, linear_num_value_heads: valueHeads, layer_types: types } = config;
  if (!keyHeads || !valueHeads) return null;
  const interval = config.full_attention_interval ?? 4;
  const full = types?.filter((type) => type.startsWith("full")).length ?? Math.floor(layers / interval);
  const fullAttentionLayers = Math.min(full, layers);
  return {
    fullAttentionLayers,
    linearLayers: layers - fullAttentionLayers,
    keyHeads,
    valueHeads,
    keyHeadDim: config.linear_key_head_dim ?? 128,
    valueHeadDim: config.linear_value_head_dim ?? 128,
    convKernel: config.linear_conv_kernel_dim ?? 4,
  };
}

/** A model that stands in no table: its dimensions, and the name its config gives it. */
export interface ConfiguredModel {
  readonly shape: Shape;
  readonly name: string;
}

/**
 * The dimensions of a pasted Hugging Face config.json.
 *
 * @throws Refusal where it is no JSON, lacks a dimension or has an impossible one
 */
export function shapeFromConfig(text: string): ConfiguredModel {
  const config = parse(text);
  const hidden = required(config.hidden_size ?? config.n_embd ?? config.d_model, "hidden_size");
  const layers = required(
    config.num_hidden_layers ?? config.num_layers ?? config.n_layer,
    "num_hidden_layers",
  );
  const heads = required(config.num_attention_heads ?? config.n_head, "num_attention_heads");
  const vocab = required(config.padded_vocab_size ?? config.vocab_size, "vocab_size");
  const family = config.model_type ?? "";
  const given = config.intermediate_size ?? config.ffn_hidden_size ?? config.n_inner ?? 4 * hidden;
  // The first Qwen counts both halves of its gated MLP.
  const intermediate = family === "qwen" ? given / 2 : given;
  const kvHeads =
    config.num_key_value_heads ??
    config.multi_query_group_num ??
    config.num_kv_heads ??
    (config.multi_query === true ? 1 : heads);
  const mla = mlaOf(config);
  const dimensions = {
    params: 1,
    hidden,
    layers,
    heads,
    kvHeads: Math.min(kvHeads, heads),
    headDim:
      mla?.nopeHeadDim ?? config.head_dim ?? config.kv_channels ?? Math.max(1, Math.round(hidden / heads)),
    intermediate,
    vocab,
    tiedEmbeddings: config.tie_word_embeddings ?? TIED.test(family),
    mlp: PLAIN.test(family) ? ("plain" as const) : ("gated" as const),
    moe: moeOf(config, intermediate),
    mla,
    slidingWindow: windowOf(config, layers),
    linearAttention: linearOf(config, layers),
  };
  const params = parametersFromDimensions(dimensions);
  if (!(params >= 1e5 && params <= 2e13)) throw new Refusal((say) => say.vram.configImpossible(params));
  const path = config._name_or_path?.split(/[\\/]/).findLast((part) => part !== "");
  const billions = params / 1e9;
  const size = `${Number(billions.toPrecision(3))}B`;
  return {
    shape: { ...dimensions, params },
    name: path?.slice(0, 60) ?? `${family || "config.json"} ${size}`,
  };
}
