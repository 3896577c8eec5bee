/** What of a process its end goes by. */
type Process = Pick<NodeJS.Process, "on" | "exit">;

/** How long what was begun may take once the end was asked for. Whoever asked must wait longer before it kills. */
export const LONGEST_ENDING_MS = 20_000;
/** npm hands on a Ctrl+C that the terminal has given to everybody already: the second is the same one. */
const SAME_MS = 500;
const numbers = { SIGINT: 2, SIGTERM: 15 } as const;

export interface Ending {
  /** Resolves when the operator or the machine asks the program to end. */
  readonly asked: Promise<void>;
  /** Nothing is open any more: nothing is left to wait for. */
  done(): void;
}

/**
 * Listens for SIGTERM and SIGINT from now on; as the first process of a container it would be told nothing otherwise.
 * The first asks, a second one ends the program on the spot, and so does an end that takes too long: then what was not
 * acknowledged may be missing, as after a kill, and nothing else is.
 */
export const listenForEnd = (
  process: Process,
  {
    now,
    after,
    tell,
  }: { now(): number; after(ms: number, task: () => void): () => void; tell(sentence: string): void },
): Ending => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let askedAt: number | null = null;
  let cancel = (): void => {};
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (askedAt !== null && now() - askedAt < SAME_MS) return;
      if (askedAt !== null) process.exit(128 + numbers[signal]);
      askedAt = now();
      cancel = after(LONGEST_ENDING_MS, () => {
        tell(`Not everything that was begun could be finished in ${LONGEST_ENDING_MS / 1000} s.`);
        process.exit(1);
      });
      resolve();
    });
  return { asked: promise, done: () => cancel() };
};
