/** The process was killed; nothing that it still wants to do happens. */
export class Killed extends Error {
  constructor() {
    super("killed");
    this.name = "Killed";
  }
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** What may happen at the edge of a call: nothing, a kill (it throws), or time passing. */
export type Edge = (call: string, side: "before" | "after") => void;

/**
 * The part with something that may happen before and after each of its calls. A kill after a call is a kill whose
 * effect was kept and whose answer was lost.
 */
export const withHazards = <Part extends object>(part: Part, edge: Edge): Part =>
  new Proxy(part, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      return async (...given: unknown[]): Promise<unknown> => {
        edge(String(name), "before");
        const result: unknown = await Reflect.apply(value, target, given);
        edge(String(name), "after");
        return result;
      };
    },
  });
