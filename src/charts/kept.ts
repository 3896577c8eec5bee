/**
 * Keeps the last few things that were made, by name; what failed is made anew.
 *
 * @param most how many; the one that was asked for longest ago goes first
 */
export function kept<Thing extends Promise<unknown>>(
  most: number,
): (name: string, make: () => Thing) => Thing {
  const things = new Map<string, Thing>();
  return (name, make) => {
    const thing = things.get(name) ?? make();
    things.delete(name);
    things.set(name, thing);
    thing.catch(() => things.get(name) === thing && things.delete(name));
    const [oldest] = things.keys();
    if (things.size > most && oldest !== undefined) things.delete(oldest);
    return thing;
  };
}
