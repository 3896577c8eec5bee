/**
 * Turns for one process, evenly spaced. They are counted in memory, as nobody else has the file; a new start begins
 * afresh.
 *
 * @param now milliseconds of a clock that nobody puts back
 */
export const turns = (now: () => number) => {
  /** When the next turn of each name is free. */
  const free = new Map<string, number>();
  return {
    take: (name: string, perSecond: number, patienceMs: number): number | null => {
      const asked = now();
      const at = Math.max(asked, free.get(name) ?? asked);
      if (at - asked > patienceMs) return null;
      free.set(name, at + 1000 / perSecond);
      return at - asked;
    },
  };
};
