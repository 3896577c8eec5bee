/** Bytes per element of the types that TensorFlow names. */
const BYTES: Readonly<Record<string, number>> = {
  float: 4,
  float32: 4,
  double: 8,
  float64: 8,
  half: 2,
  float16: 2,
  bfloat16: 2,
  int32: 4,
  int64: 8,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/**
 * The size of a dense tensor in GiB: the product of its shape times the bytes of one element.
 * @param shape `16,112,112,147`
 * @returns null where the type is not named: half of the tensors would be guessed wrong
 * @example tensorGib("16,112,112,147", "float") // 0.109903
 */
export const tensorGib = (shape: string, type: string | undefined): number | null => {
  const bytes = BYTES[type ?? ""];
  if (bytes === undefined) return null;
  const elements = shape.split(",").reduce((product, side) => product * Number(side), 1);
  const gib = (elements * bytes) / 2 ** 30;
  return Number.isFinite(gib) ? Number(gib.toPrecision(6)) : null;
};
