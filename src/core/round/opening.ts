import {
  type ChannelId,
  type Instant,
  type RoundId,
  roundIdSchema,
  type StudyDate,
  type TenantId,
} from "#core/ids";
import { studyDateAt, type Zone } from "./calendar.ts";
import type { Round } from "./round.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const SHORTEST_ROUND_MS = 8 * HOUR_MS;
const LONGEST_ROUND_MS = 24 * HOUR_MS;
/** How long after the close a form that was opened before it may still be sent. */
const FORM_GRACE_MS = 10 * MINUTE_MS;
/** A round that is open for less than half a day may be over before somebody comes home. */
const HALF_DAY_MS = 12 * HOUR_MS;
/** How long after such a round an answer still counts for the streak, and for nothing else. */
const SHORT_ROUND_GRACE_MS = 2 * HOUR_MS;

/** Names a channel's round of a date. The date's length is fixed, so no two pairs share a name. */
export const roundIdOf = (channel: ChannelId, date: StudyDate): RoundId =>
  roundIdSchema.parse(`${date}@${channel}`);

export interface Opening {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly zone: Zone;
  readonly question: string;
  readonly opensAt: Instant;
  /** When the channel's next round is due, where it has a schedule. */
  readonly nextOpeningAt?: Instant;
}

/**
 * The round that opens in a channel at `opensAt`. Its date and its close are fixed here, once: it closes at the
 * channel's next opening, at the earliest after 8 h and at the latest (or without a schedule) after 24 h.
 */
export const prepareRound = ({
  tenant,
  channel,
  zone,
  question,
  opensAt,
  nextOpeningAt = opensAt + LONGEST_ROUND_MS,
}: Opening): Round => {
  const date = studyDateAt(opensAt, zone);
  const openMs = Math.min(Math.max(nextOpeningAt - opensAt, SHORTEST_ROUND_MS), LONGEST_ROUND_MS);
  return {
    id: roundIdOf(channel, date),
    tenant,
    channel,
    date,
    question,
    opensAt,
    closesAt: opensAt + openMs,
    closedAt: null,
  };
};

/** What decides how long a round takes answers. */
export type Window = Pick<Round, "opensAt" | "closesAt" | "closedAt">;

/** The last instant at which an answer counts: the planned close, or the earlier one if somebody closed it. */
export const effectiveClose = ({ closesAt, closedAt }: Window): Instant =>
  closedAt === null ? closesAt : Math.min(closesAt, closedAt);

/** The round closed at `at`, or as it was where it had closed by then. */
export const closedEarly = <Closable extends Window>(round: Closable, at: Instant): Closable =>
  at < effectiveClose(round) ? { ...round, closedAt: at } : round;

/** Whether members see the round as the one to answer at `instant`; both ends belong to it. */
export const isOpen = (round: Window, instant: Instant): boolean =>
  round.opensAt <= instant && instant <= effectiveClose(round);

/** How long after its close a round takes answers all the same: one that nobody ended early, and that was short. */
const graceOf = (round: Window): number =>
  effectiveClose(round) === round.closesAt && round.closesAt - round.opensAt < HALF_DAY_MS
    ? SHORT_ROUND_GRACE_MS
    : 0;

/** The last instant at which an answer that needs no form counts: the close, or 2 h later for a round under 12 h. */
export const takesAnswersUntil = (round: Window): Instant => effectiveClose(round) + graceOf(round);

/** Whether an answer counts for the streak alone: it came after the close of a short round. */
export const isAfterClose = (round: Window, sentAt: Instant): boolean =>
  graceOf(round) > 0 && sentAt > effectiveClose(round) && sentAt <= takesAnswersUntil(round);

/**
 * Whether an answer counts for the round. `sentAt` is the platform's time of the submission, so neither a slow
 * delivery nor slow grading costs anybody the day.
 *
 * @param formOpenedAt when the member opened the answer form, where there was one; a form opened in time may be
 * sent up to 10 min after the close.
 */
export const inTime = (round: Window, sentAt: Instant, formOpenedAt?: Instant): boolean =>
  sentAt <= takesAnswersUntil(round) || isBeforeClose(round, sentAt, formOpenedAt);

/** Whether an answer counts for the board as well: `inTime` without the grace of a short round. */
export const isBeforeClose = (round: Window, sentAt: Instant, formOpenedAt?: Instant): boolean => {
  // There is no lower bound: the platform's clock may run behind ours, and nobody answers what is not asked yet.
  const close = effectiveClose(round);
  return (
    sentAt <= close ||
    (formOpenedAt !== undefined && formOpenedAt <= close && sentAt <= close + FORM_GRACE_MS)
  );
};

/**
 * Whether missing the round may cost a streak: it stayed open long enough, and until the deadline that members had
 * been told. Whoever closes a round early takes nobody's streak with it.
 */
export const isRequired = (round: Window): boolean =>
  effectiveClose(round) === round.closesAt && round.closesAt - round.opensAt >= SHORTEST_ROUND_MS;

/** From when on no answer to the round can arrive in time any more. */
export const settlesAt = (round: Window): Instant =>
  effectiveClose(round) + Math.max(FORM_GRACE_MS, graceOf(round));
