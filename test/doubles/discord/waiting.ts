/** Waits for things that happen, without asking again and again. */
export interface Waiting {
  /** Something happened: every condition is looked at once more. */
  changed(): void;
  /** The first value that is not undefined. An error that `look` throws ends the wait. */
  until<Value>(what: string, look: () => Value | undefined): Promise<Value>;
}

export function waiting(patienceMs: number): Waiting {
  const looks = new Set<() => void>();
  return {
    changed() {
      for (const look of [...looks]) look();
    },
    until: (what, look) =>
      new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer);
          looks.delete(check);
        };
        const check = () => {
          try {
            const value = look();
            if (value === undefined) return;
            end();
            resolve(value);
          } catch (cause) {
            end();
            reject(cause);
          }
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`waited ${patienceMs} ms in vain: ${what}`));
        }, patienceMs);
        looks.add(check);
        check();
      }),
  };
}
