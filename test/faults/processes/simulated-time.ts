import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * One time for many processes, in a file: it is there at once for a process that was stopped when it goes on, as the
 * hardware's clock is. Beside it stands how wrong each process's own clock is.
 */
export interface SimulatedTime {
  readonly file: string;
  now(): number;
  set(now: number): void;
  /** Sets the clock of one process wrong by so much; 0 sets it right. */
  setSkew(process: number, ms: number): void;
  remove(): void;
}

const BYTES = 8;

const readAt = (file: number, place: number): number => {
  const bytes = Buffer.alloc(BYTES);
  return readSync(file, bytes, 0, BYTES, place * BYTES) === BYTES ? bytes.readDoubleLE() : 0;
};

export const startSimulatedTime = (startsAt: number, processes: number): SimulatedTime => {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-time-"));
  const path = join(folder, "now");
  const file = openSync(path, "w+");
  const write = (place: number, value: number): void => {
    const bytes = Buffer.alloc(BYTES);
    bytes.writeDoubleLE(value);
    writeSync(file, bytes, 0, BYTES, place * BYTES);
  };
  let time = startsAt;
  for (let place = 1; place <= processes; place += 1) write(place, 0);
  write(0, startsAt);
  return {
    file: path,
    now: () => time,
    set: (now) => {
      time = now;
      write(0, now);
    },
    setSkew: (process, ms) => write(process + 1, ms),
    remove: () => {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The clocks of one process: the true time, and the time that its machine believes. */
export const readSimulatedTime = (path: string, process: number) => {
  const file = openSync(path, "r");
  const now = (): number => readAt(file, 0);
  return { now, wall: (): number => now() + readAt(file, process + 1) };
};
