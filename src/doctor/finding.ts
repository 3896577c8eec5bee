import type { Sentence } from "#core/refusal";

/** What is looked at, in the order in which it is told. */
export type Subject =
  | "settings"
  | "node"
  | "zones"
  | "content"
  | "data"
  | "redis"
  | "clock"
  | "discord"
  | "slack"
  | "judge"
  | "ports";

/** One thing that was looked at: as it should be, worth a look, or what keeps the bot from its work. */
export interface Finding {
  readonly subject: Subject;
  readonly state: "ok" | "warn" | "fail";
  /** What it is and, where it is not as it should be, what to do. */
  readonly sentence: Sentence;
}

/** The findings on one subject, as they are made. */
export const on = (subject: Subject) => ({
  ok: (sentence: Sentence): Finding => ({ subject, state: "ok", sentence }),
  warn: (sentence: Sentence): Finding => ({ subject, state: "warn", sentence }),
  fail: (sentence: Sentence): Finding => ({ subject, state: "fail", sentence }),
});
