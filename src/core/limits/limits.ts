import type { Request } from "#core/request";
import type { Allowance, Bucket } from "./allowance.ts";

/** How many commands are taken a minute; null for any number. */
export interface Limits {
  readonly member: number | null;
  readonly channel: number | null;
  readonly tenant: number | null;
  /** Answers of one member: they have a bucket of their own, so that nothing else keeps one from being recorded. */
  readonly answers: number | null;
}

export const usualLimits: Limits = { member: 120, channel: 3_000, tenant: 12_000, answers: 120 };

const MINUTE_MS = 60_000;
const NO_LIMIT = 1_000_000_000;

const aMinute = (most: number | null): Allowance => ({ most: most ?? NO_LIMIT, windowMs: MINUTE_MS });

/** Whether a command brings an answer, which has a bucket of its own. */
export const isAnswer = (command: string): boolean => command.toLowerCase() === "answer";

/** What a request is taken from: its member's bucket first, by which others are kept from theirs least. */
export function bucketsOf(
  { command, member, channel }: Pick<Request, "command" | "member" | "channel">,
  limits: Limits,
): readonly [Bucket, Bucket, Bucket] {
  const answers = isAnswer(command);
  // A whole channel answers within seconds of a post: what one member may send is the only bound.
  const shared = answers ? null : limits.tenant;
  return [
    {
      name: `${answers ? "answers" : "member"}/${member}`,
      ...aMinute(answers ? limits.answers : limits.member),
    },
    { name: `channel/${channel}`, ...aMinute(answers ? null : limits.channel) },
    { name: answers ? "answers" : "tenant", ...aMinute(shared) },
  ];
}
