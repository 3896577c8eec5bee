import type { VramRequest } from "./request.ts";
import type { Settings } from "./settings.ts";

/** Settings by the option that sets them. */
const optionOf = {
  method: "method",
  weightsDtype: "weights_dtype",
  optimizer: "optimizer",
  loraRank: "lora_rank",
  batch: "batch",
  seq: "seq",
  genTokens: "gen_tokens",
  accumulation: "accumulation",
  checkpointing: "grad_ckpt",
  flashAttention: "flash_attn",
  parallel: "parallel",
  framework: "framework",
  gpus: "gpus",
  ce: "ce",
  kvDtype: "kv_dtype",
  packing: "packing",
} as const satisfies Partial<Record<keyof Settings, keyof VramRequest>>;

type Changeable = keyof typeof optionOf;
const isChangeable = (key: string): key is Changeable => key in optionOf;

/**
 * A request with some settings changed, as typed options: what was given and not changed stays, what was left open stays
 * open.
 */
export function requestWith(request: VramRequest, partial: Partial<Settings>): Record<string, unknown> {
  const given = Object.entries(request).filter(([, value]) => value !== null && value !== undefined);
  const changed = Object.entries(partial).flatMap(([key, value]) =>
    isChangeable(key) ? [[optionOf[key], value] as const] : [],
  );
  return { ...Object.fromEntries(given), ...Object.fromEntries(changed) };
}
