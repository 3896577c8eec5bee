import type { Shape } from "./catalogue.ts";
import type { LoraTarget } from "./values.ts";

/** Width of all query heads: a·d; with MLA each head also carries a position part. */
export const queryWidth = ({ heads, headDim, mla }: Shape): number =>
  heads * (mla === null ? headDim : mla.nopeHeadDim + mla.ropeHeadDim);

/** Width of all key (or value) heads: k·d. Taking the hidden size instead is the usual public error, up to 8×. */
export const keyValueWidth = ({ heads, kvHeads, headDim, mla }: Shape): number =>
  mla === null ? kvHeads * headDim : heads * mla.vHeadDim;

/** MLP width that one token passes: for experts, those chosen and the shared one. */
export const activeWidth = ({ intermediate, moe }: Shape): number =>
  moe === null ? intermediate : moe.topK * moe.expertIntermediate + moe.sharedIntermediate;

/** Parameters of the token embedding, and of the head where it is not the same matrix. */
export const embeddingParameters = ({ vocab, hidden }: Shape): number => vocab * hidden;
export const headParameters = (shape: Shape): number =>
  shape.tiedEmbeddings ? 0 : embeddingParameters(shape);

/** What quantisation reaches: everything but embedding, head and norms. */
export const linearParameters = (shape: Shape): number =>
  Math.max(
    0,
    shape.params - embeddingParameters(shape) - headParameters(shape) - (2 * shape.layers + 1) * shape.hidden,
  );

/** Average parameters of one layer, experts included. */
export const layerParameters = (shape: Shape): number => linearParameters(shape) / shape.layers;

/** Elements of the largest matrix inside a layer: what a 4-bit kernel de-quantises at once. */
export const largestMatrix = (shape: Shape): number =>
  shape.hidden * Math.max(queryWidth(shape), shape.moe?.expertIntermediate ?? shape.intermediate);

/** Input and output width of each adapted projection, and how many of them the model has. */
export function projection(
  shape: Shape,
  target: LoraTarget,
): { input: number; output: number; count: number } {
  const { hidden: h, layers, moe } = shape;
  const q = queryWidth(shape);
  const c = keyValueWidth(shape);
  switch (target) {
    case "q":
      return { input: h, output: q, count: layers };
    case "k":
    case "v":
      return { input: h, output: c, count: layers };
    case "o":
      return { input: q, output: h, count: layers };
    case "head":
      return { input: h, output: shape.vocab, count: 1 };
    case "gate":
    case "up":
    case "down": {
      // A plain MLP has no gate; its first matrix is called up.
      const exists = target === "gate" && shape.mlp === "plain" ? 0 : 1;
      const width = moe === null ? shape.intermediate : moe.expertIntermediate;
      const count = exists * (moe === null ? layers : (layers - moe.denseLayers) * moe.experts);
      return target === "down" ? { input: width, output: h, count } : { input: h, output: width, count };
    }
  }
}

/** Magnitudes that DoRA trains beside LoRA: one for each output of an adapted matrix. @see arXiv:2402.09353, section 4 */
export const doraParameters = (shape: Shape, targets: readonly LoraTarget[]): number =>
  [...new Set(targets)].reduce((sum, target) => {
    const { output, count } = projection(shape, target);
    return sum + count * output;
  }, 0);

/** Elements of the largest adapted matrix. */
export const largestAdapted = (shape: Shape, targets: readonly LoraTarget[]): number =>
  Math.max(
    0,
    ...targets.map((target) => {
      const { input, output, count } = projection(shape, target);
      return count === 0 ? 0 : input * output;
    }),
  );

/**
 * Trainable parameters of LoRA: r·(in + out) for every adapted matrix; on experts, for each expert.
 *
 * @see arXiv:2106.09685, section 4.1
 */
export const loraParameters = (shape: Shape, rank: number, targets: readonly LoraTarget[]): number =>
  [...new Set(targets)].reduce((sum, target) => {
    const { input, output, count } = projection(shape, target);
    return sum + count * rank * (input + output);
  }, 0);
