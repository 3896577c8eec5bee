import { type Child, startChild } from "./child.ts";
import type { FromReader, ReaderSettings, ToReader } from "./reader.ts";
import type { FromRecorder, RecorderSettings, ToRecorder } from "./recorder.ts";

/** Processes that record answers, and everything that they were told is kept. */
export interface Recording {
  /** Has them answer another round from now on, or none. */
  answer(round: number | null): void;
  /** How many answers to the round were acknowledged so far. */
  count(round: number): number;
  /** Resolves when that many were acknowledged; rejects when the time is over. */
  reached(round: number, count: number, withinMs: number): Promise<void>;
  /** When each answer to the round was acknowledged, in order. */
  instants(round: number): readonly number[];
  /** Answers to the round that were acknowledged and that the store does not have, or that have no study day. */
  lost(round: number): Promise<readonly Acknowledged[]>;
  stop(): Promise<void>;
}

export interface Acknowledged {
  readonly submission: string;
  readonly at: number;
}

export const startRecording = (settings: Omit<RecorderSettings, "name">, processes: number): Recording => {
  const rounds = new Map<number, Map<string, number>>();
  const of = (round: number): Map<string, number> => {
    const known = rounds.get(round) ?? new Map<string, number>();
    rounds.set(round, known);
    return known;
  };
  let told: () => void = () => {};
  const children = Array.from({ length: processes }, (_, at): Child<ToRecorder, FromRecorder> => {
    const child = startChild<ToRecorder, FromRecorder>("./recorder.ts", { ...settings, name: `p${at}` });
    child.listen(({ round, acknowledged }) => {
      for (const [submission, instant] of acknowledged) of(round).set(submission, instant);
      told();
    });
    return child;
  });
  const { url, durability, natMap } = settings;
  const readerSettings: ReaderSettings = { url, durability, ...(natMap === undefined ? {} : { natMap }) };
  const reader = startChild<ToReader, FromReader>("./reader.ts", readerSettings);
  const answers = new Map<number, PromiseWithResolvers<FromReader>>();
  let asked = 0;
  reader.listen((answer) => {
    answers.get(answer.number)?.resolve(answer);
    answers.delete(answer.number);
  });
  void reader.gone.then(() => {
    for (const { reject } of answers.values()) reject(new Error("the process that reads has ended"));
  });
  return {
    answer: (round) => {
      for (const child of children) child.tell({ round });
    },
    count: (round) => of(round).size,
    instants: (round) => [...of(round).values()].toSorted((one, other) => one - other),
    reached: (round, count, withinMs) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          told = () => {};
          reject(new Error(`only ${of(round).size} of ${count} answers were acknowledged in ${withinMs} ms`));
        }, withinMs);
        told = () => {
          if (of(round).size < count) return;
          clearTimeout(late);
          told = () => {};
          resolve();
        };
        told();
      }),
    lost: async (round) => {
      // Only what was acknowledged before the store is asked: more comes in all the time.
      const acknowledged = [...of(round).keys()];
      asked += 1;
      const answered = Promise.withResolvers<FromReader>();
      answers.set(asked, answered);
      reader.tell({ number: asked, round, acknowledged });
      const { lost, wrong } = await answered.promise;
      if (wrong.length > 0) throw new Error(wrong.join("; "));
      return lost.map((submission) => ({ submission, at: of(round).get(submission) ?? 0 }));
    },
    stop: async () => {
      for (const child of [...children, reader]) child.kill("SIGKILL");
      await Promise.all([...children, reader].map(({ gone }) => gone));
    },
  };
};
