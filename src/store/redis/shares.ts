export const shardsUpTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/**
 * How many to ask of each shard, so that none is asked for all and together they give no more than asked. Processes that begin in
 * different places get in each other's way least.
 */
export const sharesOf = (
  counts: readonly number[],
  limit: number,
  first = Math.floor(Math.random() * counts.length),
): Map<number, number> => {
  const shares = new Map<number, number>();
  let left = limit;
  let isMore = true;
  while (left > 0 && isMore) {
    isMore = false;
    for (let step = 0; step < counts.length && left > 0; step += 1) {
      const shard = (first + step) % counts.length;
      const share = shares.get(shard) ?? 0;
      const wanted = Math.min((counts[shard] ?? 0) - share, Math.ceil(limit / counts.length), left);
      if (wanted <= 0) continue;
      shares.set(shard, share + wanted);
      left -= wanted;
      isMore = true;
    }
  }
  return shares;
};
