import type { Shape } from "./catalogue.ts";
import { embeddingParameters, headParameters, layerParameters } from "./shape.ts";
import type { Optimizer } from "./values.ts";

/** One fp32 scale for every 256 values of an 8-bit state. @see bitsandbytes, block-wise optimizers */
const EIGHT_BIT_STATE = 1 + 4 / 256;

/** GaLore's rank as a share of the hidden size: 1024 of 4096 in its 7B runs. @see arXiv:2403.03507, table 5 */
const GALORE_RANK_SHARE = 1 / 4;

/**
 * Bytes of optimizer states per trained parameter, without weight, gradient and master copy.
 *
 * @param stateBytes 4 where states are fp32, 2 in pure 16-bit recipes
 * @param shape needed where states are factored by rows and columns
 * @see arXiv:1910.02054 (Adam, section 3.1); arXiv:1804.04235 (Adafactor); arXiv:2403.03507 (GaLore);
 *   arXiv:2306.09782 (LOMO); arXiv:2403.17919 (LISA); arXiv:2404.02827 (BAdam)
 */
export function optimizerBytesPerParameter(optimizer: Optimizer, stateBytes: 2 | 4, shape: Shape): number {
  const factored = (4 * (shape.hidden + shape.intermediate)) / (shape.hidden * shape.intermediate);
  switch (optimizer) {
    case "adamw":
    case "lisa":
    case "badam":
      return 2 * stateBytes;
    case "adamw-bf16":
      return 4;
    case "adamw-8bit":
    case "paged-adamw-8bit":
      return 2 * EIGHT_BIT_STATE;
    case "sgd":
    case "lomo":
      return 0;
    case "sgd-momentum":
    case "lion":
      return stateBytes;
    case "adafactor":
    case "adalomo":
      return factored;
    case "muon": {
      const adam = (embeddingParameters(shape) + headParameters(shape)) / shape.params;
      return stateBytes * (1 + Math.min(1, adam));
    }
    case "galore":
      return 2 * stateBytes * GALORE_RANK_SHARE + 2 * GALORE_RANK_SHARE * (shape.hidden / shape.intermediate);
  }
}

/** Optimizers that fold the update into the backward pass and never hold all gradients. */
export const updatesInBackward = (optimizer: Optimizer): boolean =>
  optimizer === "lomo" || optimizer === "adalomo";

/**
 * Parameters that full fine-tuning updates at a time: LISA two layers with embedding and head, BAdam one layer,
 * everything else all of them.
 */
export function activeParameters(optimizer: Optimizer, shape: Shape): number {
  if (optimizer === "badam") return layerParameters(shape);
  if (optimizer === "lisa")
    return 2 * layerParameters(shape) + embeddingParameters(shape) + headParameters(shape);
  return shape.params;
}
