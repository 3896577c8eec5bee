import fc from "fast-check";
import {
  channelIdSchema,
  memberIdSchema,
  type StudyDate,
  studyDateSchema,
  submissionIdSchema,
  tenantIdSchema,
} from "#core/ids";
import { roundIdOf } from "#core/round/opening";
import type { AttemptToRecord } from "#core/round/recording";
import type { Round } from "#core/round/round";
import type { GradeResult } from "#core/scoring/grader";

export const tenant = tenantIdSchema.parse("guild-1");
export const channel = channelIdSchema.parse("interview-prep");
export const member = memberIdSchema.parse("mei");
export const date = (text: string): StudyDate => studyDateSchema.parse(text);

const HOUR_MS = 3_600_000;

/** A round of a June day, open from 09:00 for 24 h. */
export const roundOn = (day: number, changes: Partial<Round> = {}): Round => {
  const on = date(`2026-06-${String(day).padStart(2, "0")}`);
  const opensAt = Date.parse(`${on}T09:00:00Z`);
  return {
    id: roundIdOf(changes.channel ?? channel, on),
    tenant,
    channel,
    date: on,
    question: "q5-oom",
    opensAt,
    closesAt: opensAt + 24 * HOUR_MS,
    closedAt: null,
    ...changes,
  };
};

export const resultOf = (score: number, quote = "checkpointing"): GradeResult => ({
  score,
  points: [
    {
      id: "oom-checkpointing",
      verdict: "hit",
      confidence: 1,
      evidence: [{ start: 0, end: quote.length, quote }],
      reason: "core",
    },
  ],
  flags: [],
  grader: { id: "local", version: "1", rubricHash: "abc" },
});

/** An answer to the round of 1 June that earns the day. */
export const attemptAs = (
  submission: string,
  changes: Partial<AttemptToRecord> & { readonly as?: string } = {},
): AttemptToRecord => {
  const { as, ...fields } = changes;
  const round = roundOn(1);
  return {
    tenant,
    member: as === undefined ? member : memberIdSchema.parse(as),
    round: round.id,
    question: round.question,
    submission: submissionIdSchema.parse(submission),
    sentAt: round.opensAt + HOUR_MS,
    text: "checkpointing trades compute for memory",
    result: resultOf(53),
    credit: round.date,
    ...fields,
  };
};

/** Names made of what keys, quotes, patterns and encodings trip over. */
export const hostileName = fc
  .array(
    fc.constantFrom(
      ..."ab:|/{}[]()'\"\\%_*?.,;-+=@#$&<> \t\n\0",
      "\ud800",
      "\udc00",
      "💥",
      "é",
      "e\u0301",
      "ｅ",
      "\u202e",
      "\u200b",
      "null",
      "--",
      "../",
      "DROP TABLE",
      "__proto__",
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => pieces.join(""));
