import type { Boards } from "./board/boards.ts";
import type { Dossiers } from "./dossier.ts";
import type { Safeguards } from "./erasure/safeguards.ts";
import type { ChannelId, Instant, MemberId, RoundId, SubmissionId, TenantId } from "./ids.ts";
import type { Question } from "./pack/question.ts";
import type { Offer } from "./round/offer.ts";
import type {
  AttemptQuery,
  AttemptToRecord,
  Recorded,
  Revised,
  Revision,
  SentText,
} from "./round/recording.ts";
import type { Attempt, Round } from "./round/round.ts";
import type { HolidayCalendar } from "./schedule/holiday-calendar.ts";
import type { Claim, Lease } from "./schedule/lease.ts";
import type {
  AnnouncementKind,
  FinalPostState,
  FinalRevealState,
  PostKey,
  PostRecord,
  SkipReason,
} from "./schedule/post-record.ts";
import type { Schedule, WakingSchedule } from "./schedule/schedule.ts";
import type { StreakChoice } from "./streak/choice.ts";
import type { Excusal } from "./streak/excusal.ts";
import type { AnsweredDate, StudyDay } from "./streak/ledger.ts";
import type { Participation } from "./streak/team.ts";

/** The present instant, so that tests can choose it. */
export interface Clock {
  now(): Instant;
}

/** Where the operator reads what went wrong. */
export interface Log {
  info(event: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(event: string, facts?: Readonly<Record<string, unknown>>): void;
  error(event: string, cause: unknown, facts?: Readonly<Record<string, unknown>>): void;
}

/** Public holidays, by the id of a country or a part of one: `CN`, `DE`, `DE-BY`. */
export interface Holidays {
  /** @throws Refusal where nobody knows such a calendar */
  calendar(id: string): Promise<HolidayCalendar>;
}

/** One message of the clock's. */
export interface Announcement {
  readonly kind: AnnouncementKind;
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  /** The same at every try and no other message's: what `find` looks for, and what a nonce is made from. */
  readonly key: string;
  readonly round: Round;
  readonly question: Question;
  /** Whether it comes so late that the message says so. */
  readonly late: boolean;
}

/** Puts the clock's messages before people. */
export interface Poster {
  /**
   * Posts a message and returns the platform's id of it. Gives up in less than the 45 s that the clock allows. Any
   * error means that it may or may not have been posted, except one.
   *
   * @throws PostRefused where it was not posted and will not be: the clock then switches the channel off
   */
  post(announcement: Announcement): Promise<string>;
  /** The id of the message with that key, none older than `since`; null where it surely was not posted. */
  find(announcement: Announcement, since: Instant): Promise<string | null>;
  /**
   * The round of a question is over: what stands in the channel is to say so and to take no more answers. Once or more
   * often, soon after the close and before the reveal, also where no reveal is wanted. Absent where nothing stands there.
   */
  closed?(announcement: Announcement): Promise<void>;
  /**
   * Removes what stands there with that key beside the message `kept`: a process that was frozen before its post may post
   * again when another has. Once or more often.
   */
  dropTwins?(announcement: Announcement, since: Instant, kept: string): Promise<void>;
  /** How fast all processes together may post into the channel; none or absent where nobody counts. */
  paces?(tenant: TenantId, channel: ChannelId): readonly Pace[];
}

/** So many posts a second, for all that have the same name: a platform, one workspace of it, or one channel. */
export interface Pace {
  readonly name: string;
  readonly perSecond: number;
}

/** The channel takes no posts any more, and trying again cannot help until somebody mends it there. */
export class PostRefused extends Error {
  readonly reason: "channel-gone" | "no-access";

  constructor(reason: PostRefused["reason"], options?: ErrorOptions) {
    super(`the channel takes no posts: ${reason}`, options);
    this.name = "PostRefused";
    this.reason = reason;
  }
}

/** What the clock has posted, for those who sit at this machine. */
export interface Announcements {
  /** The result ends the listening. */
  listen(listener: (announcement: Announcement) => void): () => void;
}

/** Learns of what changes a message that stands in a channel already. Never throws, and returns at once. */
export interface Notices {
  /** An answer to the round was recorded. */
  answered(round: Round): void;
  /** An answer was offered for the round's reveal, or taken back: what has been revealed is to be edited. */
  offersChanged(round: Round): void;
}

/** How many answers a member may send to one round; the best counts. */
export const ATTEMPTS_PER_ROUND = 3;

/**
 * Where rounds, answers and study days are kept. Every write is idempotent by its logical key and durable before
 * its promise resolves; nothing of one tenant can be read or written through another. Errors: a second payload
 * under a known submission id throws `ConflictingSubmission`; trouble of the medium throws `StoreFailure`.
 */
export interface Store extends Dossiers, Boards, Safeguards {
  /**
   * Opens a round unless its channel already has one for its date; returns the one that is kept. A channel has one
   * open round: each closes at the latest when the next one of its channel opens, in whichever order they come here.
   */
  openRound(round: Round): Promise<Round>;
  /**
   * Closes a round early. Closing twice keeps the first instant; an instant from `closesAt` on changes nothing.
   * Null where there is no such round.
   */
  closeRound(tenant: TenantId, round: RoundId, at: Instant): Promise<Round | null>;
  round(tenant: TenantId, round: RoundId): Promise<Round | null>;
  /** The channel's rounds, newest date first. */
  rounds(tenant: TenantId, channel: ChannelId, limit: number): Promise<readonly Round[]>;

  /**
   * Records an answer once, whatever the number of deliveries, and credits the day in the same step. The same answer
   * brought again with the result that the kept one lacks is how an ungraded answer gets its result and its credit;
   * in every other case a repeat changes nothing. The key is (tenant, member, round, submission).
   */
  recordAttempt(attempt: AttemptToRecord): Promise<Recorded>;
  /**
   * Puts a second result in place of the one that was judged and credits the day if it earns it, in one step; a day
   * that was credited stays so. The same revision again changes nothing and has the same outcome.
   */
  reviseResult(revision: Revision): Promise<Revised>;
  /** A member's answers, the last sent first; to one round, to one question, or all. */
  attempts(query: AttemptQuery): Promise<readonly Attempt[]>;
  /** Every member's answers to a round, the first sent first: for counts, never shown without consent. */
  attemptsOfRound(tenant: TenantId, round: RoundId): Promise<readonly Attempt[]>;
  /** What was sent to a round, the first first: no more than `most`, of those that came last. For comparing only. */
  textsOfRound(tenant: TenantId, round: RoundId, most: number): Promise<readonly SentText[]>;
  /** The dates of the rounds that a member answered, in any channel of the tenant, oldest first. */
  answeredDates(tenant: TenantId, member: MemberId): Promise<readonly AnsweredDate[]>;
  /** The channel of the first round that a member answered, whose rounds their streak counts first. Null before it. */
  homeChannel(tenant: TenantId, member: MemberId): Promise<ChannelId | null>;

  /**
   * Who answered the channel's last rounds and how well, and whether the date stands in their ledger as `pass` or
   * `madeup`; the newest date first, members in any order. A round that nobody answered has no members.
   */
  participation(tenant: TenantId, channel: ChannelId, limit: number): Promise<readonly Participation[]>;
  /** Offers an answer for the round's reveal, in place of what the member offered before; the same again changes nothing. */
  offerAnswer(offer: Offer): Promise<void>;
  /** Takes back what a member offered of a round; what was never offered stays so. */
  withdrawOffer(tenant: TenantId, round: RoundId, member: MemberId): Promise<void>;
  /** What is offered of a round, one answer a member, in any order. */
  offers(tenant: TenantId, round: RoundId): Promise<readonly Offer[]>;
  /** Whether a member is named among those who kept their streak; nobody is who has not said so. */
  setNamed(tenant: TenantId, member: MemberId, named: boolean): Promise<void>;
  /** Those of the tenant who may be named, in any order. */
  named(tenant: TenantId): Promise<readonly MemberId[]>;

  /** Writes one study day, unless the date has a stronger row: `strongerDay` says which of two stays. */
  credit(tenant: TenantId, member: MemberId, day: StudyDay): Promise<void>;
  /** A member's study days, oldest first. */
  ledger(tenant: TenantId, member: MemberId): Promise<readonly StudyDay[]>;
  /** Keeps what a member decides about their streak: of two choices of one key the one that `laterChoice` names. */
  keepChoice(tenant: TenantId, member: MemberId, choice: StreakChoice): Promise<void>;
  /** A member's choices, in any order. */
  choices(tenant: TenantId, member: MemberId): Promise<readonly StreakChoice[]>;
  /** Excuses everybody whose home a channel is from a date; returns the row that is kept: the first one written. */
  excuse(tenant: TenantId, channel: ChannelId, excusal: Excusal): Promise<Excusal>;
  /** A channel's excused dates, the oldest first. */
  excusals(tenant: TenantId, channel: ChannelId): Promise<readonly Excusal[]>;

  /**
   * Takes the next hint for a member; returns how many were taken before, capped at `available`. The same submission
   * delivered again takes no second hint and returns the same number.
   *
   * @param asked what the hints belong to: a round's id or, in practice, a question's
   */
  takeHint(
    tenant: TenantId,
    member: MemberId,
    asked: string,
    available: number,
    submission: SubmissionId,
  ): Promise<number>;

  /** The question a member practises now, or null. */
  practice(tenant: TenantId, member: MemberId): Promise<string | null>;
  /** Sets or (null) ends what a member practises. */
  setPractice(tenant: TenantId, member: MemberId, question: string | null): Promise<void>;

  /**
   * Keeps a channel's schedule unless one of the same or a later revision is kept; returns the one that is.
   *
   * @param wakeAt when the clock is to look at the channel first
   */
  saveSchedule(schedule: Schedule, wakeAt: Instant): Promise<Schedule>;
  schedule(tenant: TenantId, channel: ChannelId): Promise<Schedule | null>;
  /** The schedules of all channels of a tenant, in any order. */
  schedules(tenant: TenantId): Promise<readonly Schedule[]>;
  /** The schedules of all tenants whose time to be looked at has come, the longest overdue first. */
  schedulesToWake(now: Instant, limit: number): Promise<readonly WakingSchedule[]>;
  /**
   * As `schedulesToWake`, for one process alone: in the same step each is planned for `leaseMs` later, so that no other
   * process is given it before then, and one whose process died comes again. `wakeAt` is the instant it had before.
   * The longest overdue come first, as far as a store that is spread over many places can tell.
   */
  takeSchedules(now: Instant, leaseMs: number, limit: number): Promise<readonly WakingSchedule[]>;
  /** Says when to look at a channel next. Changes nothing where the schedule has another revision by now. */
  wakeSchedule(schedule: Pick<Schedule, "tenant" | "channel" | "revision">, at: Instant): Promise<void>;
  /** Has every channel looked at by `at` at the latest, whatever was planned, and one that lost its plan at once. */
  wakeAllSchedules(at: Instant): Promise<void>;

  /**
   * Gives the right to post a date's question: to one token, until its lease ends; then to the next that asks. The
   * same token may ask again. A date that was posted or skipped is `final`.
   */
  claimPost(key: PostKey, dueAt: Instant, lease: Lease): Promise<Claim>;
  /** Settles a date, if the token still has the right to. Returns the record as it then stands, null without one. */
  finishPost(key: PostKey, token: string, state: FinalPostState): Promise<PostRecord | null>;
  /** Writes why a date is not posted, unless it has a record already; returns the one that is kept. */
  skipPost(key: PostKey, dueAt: Instant, reason: SkipReason, at: Instant): Promise<PostRecord>;
  /** As `claimPost`, for the reveal of a question that was posted; of any other it is `final`. Null without a record. */
  claimReveal(key: PostKey, lease: Lease): Promise<Claim | null>;
  finishReveal(key: PostKey, token: string, state: FinalRevealState): Promise<PostRecord | null>;
  /** The channel's post records, newest date first. */
  postRecords(tenant: TenantId, channel: ChannelId, limit: number): Promise<readonly PostRecord[]>;
  /** The channel's records with a post or a reveal still to be settled, oldest date first. */
  unsettledPosts(tenant: TenantId, channel: ChannelId): Promise<readonly PostRecord[]>;

  /**
   * Keeps what a button does under a key, for buttons whose action is too long for a platform. The same key again
   * takes the new text and the later end. What has ended may be dropped from `now` on.
   */
  keepAction(tenant: TenantId, key: string, action: string, now: Instant, expiresAt: Instant): Promise<void>;
  /**
   * As `keepAction`, unless a text that has not ended stands under the key already; returns the one that stands there
   * then. Of any number that do so at once, one reads its own text.
   */
  keepActionOnce(...kept: Parameters<Store["keepAction"]>): Promise<string>;
  /** The text kept under a key; null where there is none, or it has ended. */
  keptAction(tenant: TenantId, key: string, now: Instant): Promise<string | null>;

  /**
   * Keeps what a platform gave when it was asked to let the bot in, in the place of what was kept before.
   *
   * @param tenant a workspace, or an organisation of many
   * @param sealed encrypted already: a store never sees a token
   */
  keepInstallation(tenant: TenantId, sealed: string): Promise<void>;
  installation(tenant: TenantId): Promise<string | null>;
  /** Forgets it; what was never kept stays so. */
  dropInstallation(tenant: TenantId): Promise<void>;

  /**
   * Takes a turn at something that all processes together may do so many times a second. Returns the milliseconds until
   * the turn comes (0: now), or null where it would come later than `patienceMs`; then nothing is taken.
   *
   * @param perSecond also less than one, like 1 / 3600
   */
  takeTurn(name: string, perSecond: number, patienceMs: number): Promise<number | null>;
  /** The present instant by the store's clock, where many processes with clocks of their own share it. */
  now?(): Promise<Instant>;

  close(): Promise<void>;
}
