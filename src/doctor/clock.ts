import { type Finding, on } from "./finding.ts";

/** Who else has a clock, and how far it is ahead of this machine's. */
export interface OtherClock {
  readonly whose: string;
  readonly aheadMs: number | null;
}

const NOTICED_MS = 3_000;
/** Slack refuses what is five minutes old, and so do we. */
const BROKEN_MS = 120_000;

/** Compares this machine's clock with those that were met. */
export const examineClock = (others: readonly OtherClock[]): readonly Finding[] => {
  const clock = on("clock");
  const met = others.flatMap(({ whose, aheadMs }) => (aheadMs === null ? [] : [{ whose, aheadMs }]));
  if (met.length === 0) return [clock.ok((say) => say.doctor.noClock)];
  return met.map(({ whose, aheadMs }) => {
    const off = Math.abs(aheadMs);
    const seconds = Math.round(off / 100) / 10;
    if (off < NOTICED_MS) return clock.ok((say) => say.doctor.clock(whose, seconds));
    const sentence = clock.warn((say) => say.doctor.clockOff(whose, seconds, aheadMs > 0));
    return off < BROKEN_MS ? sentence : { ...sentence, state: "fail" };
  });
};
