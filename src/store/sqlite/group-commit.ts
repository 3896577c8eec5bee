import type { DatabaseSync } from "node:sqlite";

/** Bounds how long one commit holds up the event loop. */
const WRITES_PER_COMMIT = 500;

/** Runs a write in a transaction; resolves when it is on the disk, rejects where nothing of it was kept. */
export type Commit = <Result>(write: () => Result) => Promise<Result>;

interface Waiting {
  /** Runs the write; afterwards `acknowledge` resolves its promise. Throws what the write throws. */
  readonly run: () => void;
  readonly acknowledge: () => void;
  readonly refuse: (cause: unknown) => void;
}

/**
 * Writes that arrive in the same turn of the event loop share one commit, hence one wait for the disk. Each is
 * a savepoint of its own: one that throws is undone alone. Nothing is acknowledged before the commit.
 */
export const groupCommit = (database: DatabaseSync): { commit: Commit; finish: () => void } => {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const save = database.prepare("SAVEPOINT one");
  const release = database.prepare("RELEASE one");
  const undo = database.prepare("ROLLBACK TO one");
  const end = database.prepare("COMMIT");
  let waiting: Waiting[] = [];
  let scheduled: NodeJS.Immediate | null = null;
  let isFinished = false;

  /** False where the write was undone and refused; throws where the whole transaction is gone. */
  const runOne = (one: Waiting): boolean => {
    save.run();
    try {
      one.run();
    } catch (error) {
      // A full disk may end the whole transaction, and the writes before this one with it.
      if (!database.isTransaction) throw error;
      undo.run();
      release.run();
      one.refuse(error);
      return false;
    }
    release.run();
    return true;
  };

  const commitTogether = (group: readonly Waiting[]): void => {
    const refused = new Set<Waiting>();
    try {
      begin.run();
      // Alone it needs no savepoint: the transaction is undone with it.
      if (group.length === 1) for (const one of group) one.run();
      else for (const one of group) if (!runOne(one)) refused.add(one);
      end.run();
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      for (const one of group) if (!refused.has(one)) one.refuse(error);
      return;
    }
    for (const one of group) if (!refused.has(one)) one.acknowledge();
  };

  const flush = (): void => {
    scheduled = null;
    const group = waiting.slice(0, WRITES_PER_COMMIT);
    waiting = waiting.slice(WRITES_PER_COMMIT);
    if (waiting.length > 0) scheduled = setImmediate(flush);
    commitTogether(group);
  };

  const commit: Commit = <Result>(write: () => Result) => {
    // Whoever answers still while the process ends is told so; thrown in a later turn it would reach nobody.
    if (isFinished) return Promise.reject(new Error("the store is closed"));
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    let result: { readonly value: Result } | undefined;
    waiting.push({
      run: () => {
        result = { value: write() };
      },
      acknowledge: () => {
        if (result !== undefined) resolve(result.value);
      },
      refuse: reject,
    });
    scheduled ??= setImmediate(flush);
    return promise;
  };

  return {
    commit,
    /** Commits what still waits; nothing is taken afterwards. */
    finish: () => {
      isFinished = true;
      if (scheduled !== null) clearImmediate(scheduled);
      while (waiting.length > 0) {
        flush();
        if (scheduled !== null) clearImmediate(scheduled);
      }
      scheduled = null;
    },
  };
};
