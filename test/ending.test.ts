import { EventEmitter } from "node:events";
import { beforeEach, describe, expect, it } from "vitest";
import { type Ending, LONGEST_ENDING_MS, listenForEnd } from "#src/ending";

describe("A program that is asked to end", () => {
  let signals: EventEmitter;
  let exits: (number | string | null | undefined)[];
  let said: string;
  let time: number;
  let timers: Map<number, () => void>;
  let ending: Ending;
  let isAsked: boolean;
  beforeEach(() => {
    signals = new EventEmitter();
    [exits, said, time, timers, isAsked] = [[], "", 0, new Map(), false];
    const process = Object.assign(signals, {
      exit: (code?: number | string | null) => void exits.push(code) as never,
    });
    ending = listenForEnd(process as never, {
      tell: (sentence) => {
        said += sentence;
      },
      now: () => time,
      after: (ms, task) => {
        timers.set(ms, task);
        return () => void timers.delete(ms);
      },
    });
    void ending.asked.then(() => {
      isAsked = true;
    });
  });

  it.each(["SIGTERM", "SIGINT"])(
    "by %s goes on until it has finished, and then by itself",
    async (signal) => {
      await Promise.resolve();
      expect(isAsked).toBe(false);
      signals.emit(signal);
      await ending.asked;
      ending.done();
      expect([exits, timers.size]).toEqual([[], 0]);
    },
  );

  it("ends at once where it is asked again, but not by the same Ctrl+C that comes in two ways", () => {
    signals.emit("SIGINT");
    time = 100;
    signals.emit("SIGINT");
    expect(exits).toEqual([]);
    time = 2_000;
    signals.emit("SIGINT");
    expect(exits).toEqual([130]);
    time = 4_000;
    signals.emit("SIGTERM");
    expect(exits).toEqual([130, 143]);
  });

  it("does not wait for ever for what was begun, and says so", () => {
    signals.emit("SIGTERM");
    timers.get(LONGEST_ENDING_MS)?.();
    expect(exits).toEqual([1]);
    expect(said).toContain("could be finished in 20 s");
  });
});
