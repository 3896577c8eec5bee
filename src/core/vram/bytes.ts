/** Bytes in one GiB. A card of "24 GB" and `nvidia-smi` count in these; 1 GB = 1e9 B is 7.4 % smaller. */
export const GIB = 2 ** 30;

/** @param bytes a number of bytes @returns the same in GiB */
export const gib = (bytes: number): number => bytes / GIB;

/**
 * Rounds parts so that they still add up to the rounded sum: the largest remainders are rounded up.
 *
 * @param parts non-negative numbers
 * @param decimals how many places to keep
 * @returns the rounded parts, and their sum rounded to the same places
 */
export function apportion(parts: readonly number[], decimals: number): { parts: number[]; sum: number } {
  const unit = 10 ** decimals;
  const scaled = parts.map((part) => part * unit);
  const whole = scaled.map(Math.floor);
  const target = Math.round(scaled.reduce((sum, part) => sum + part, 0));
  const missing = target - whole.reduce((sum, part) => sum + part, 0);
  const byRemainder = scaled
    .map((part, index) => ({ index, remainder: part - Math.floor(part) }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index);
  for (const { index } of byRemainder.slice(0, Math.max(0, missing))) whole[index] = (whole[index] ?? 0) + 1;
  return { parts: whole.map((part) => part / unit), sum: target / unit };
}
