import type { Instant } from "#core/ids";
import { platformOf } from "#core/metrics/meter";
import { type Announcement, PostRefused } from "#core/ports";
import { isAsked } from "#core/round/choose";
import { isFirstWarning, pickQuestion, repeatsOn } from "#core/round/next-question";
import { prepareRound, roundIdOf } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { reasonAgainst } from "#core/schedule/decide";
import { type Due, nextDue } from "#core/schedule/due";
import type { HolidayCalendar } from "#core/schedule/holiday-calendar";
import {
  announcementKeyOf,
  type Intent,
  isLate,
  type PostKey,
  type SkipReason,
} from "#core/schedule/post-record";
import type { Schedule } from "#core/schedule/schedule";
import { type ClockParts, hasTimeToPost, LEASE_MS } from "./parts.ts";
import { planSecondLook, removeTwins } from "./second-look.ts";
import { waitForTurn } from "./turn.ts";

const HOUR_MS = 3_600_000;
/** From then on an earlier try that cannot be looked up is taken to have failed. */
const GIVE_UP_MS = 24 * HOUR_MS;

/** What became of a try, and when to look again where it is not the end. */
export type Posting =
  | { readonly outcome: "posted" | "skipped" | "settled" }
  | { readonly outcome: "waiting" | "failed"; readonly until: Instant };

/** One channel's posting of one date, while this process holds the lease. */
interface Hold {
  readonly key: PostKey;
  readonly due: Due;
  readonly intent: Intent;
  readonly schedule: Schedule;
  readonly calendar: HolidayCalendar;
}

const announcementOf = (
  round: Round,
  { key, due }: Hold,
  { library, clock }: ClockParts,
): Announcement | null => {
  const question = library.question(round.question);
  if (question === undefined) return null;
  return {
    kind: "question",
    tenant: key.tenant,
    channel: key.channel,
    key: announcementKeyOf("question", key.channel, key.date),
    round,
    question,
    late: isLate(due.at, clock.now()),
  };
};

const countPost = ({ key, due }: Hold, at: Instant, meter: ClockParts["meter"]): void => {
  const platform = platformOf(key.tenant);
  meter?.count("roundsPosted", { platform, timing: isLate(due.at, at) ? "late" : "on_time" });
  meter?.time("postDelay", { platform }, Math.max(0, at - due.at) / 1000);
};

/** Settles the date with a message that stands there. */
const finish = async (
  announcement: Announcement,
  messageId: string,
  hold: Hold,
  parts: ClockParts,
): Promise<Posting> => {
  const { key, intent } = hold;
  const { store, clock, log, meter } = parts;
  const sent = { kind: "sent", messageId, at: clock.now() } as const;
  const record = await store.finishPost(key, intent.token, sent);
  const standing = record?.post.kind === "sent" ? record.post.messageId : null;
  if (standing !== messageId) {
    log.error("a message was posted for a date that another had settled", null, { record, messageId });
    if (standing !== null) await removeTwins(announcement, intent.since, standing, parts);
    return { outcome: "settled" };
  }
  countPost(hold, sent.at, meter);
  if (intent.attempt > 1) await planSecondLook(announcement, intent.since, messageId, parts);
  return { outcome: "posted" };
};

/** Ends the date without a post. Its round counts as never open, so that nobody's streak depends on it. */
const abandon = async (
  reason: SkipReason,
  hold: Hold,
  { store, clock, log, meter }: ClockParts,
): Promise<Posting> => {
  const { key, intent } = hold;
  const at = clock.now();
  const round = await store.round(key.tenant, roundIdOf(key.channel, key.date));
  // Not `at`: after a long sleep that may lie behind the planned close, which would change nothing.
  if (round !== null) await store.closeRound(key.tenant, round.id, round.opensAt);
  await store.finishPost(key, intent.token, { kind: "skipped", reason, at });
  meter?.count("roundsSkipped", { platform: platformOf(key.tenant), reason });
  log.warn("a date has no post", { ...key, reason });
  return { outcome: "skipped" };
};

/** The channel takes no posts: the date ends without one, and no further is tried until an admin switches it on. */
const giveUp = async (hold: Hold, parts: ClockParts): Promise<Posting> => {
  const { schedule } = hold;
  const posting = await abandon("refused", hold, parts);
  const now = parts.clock.now();
  const off = { ...schedule, enabled: false, revision: schedule.revision + 1, changedAt: now };
  await parts.store.saveSchedule(off, now);
  return posting;
};

/** The round of the date: the one that an earlier try opened, or a new one; null where there is nothing to ask. */
const openRoundFor = async (
  at: Instant,
  hold: Hold,
  { store, library, log }: ClockParts,
): Promise<Round | null> => {
  const { key, schedule, calendar } = hold;
  const next = await pickQuestion(key, library.questions.filter(isAsked(schedule.topics)), store);
  if (next === null) return null;
  const { question, left } = next;
  if (isFirstWarning(next, schedule, at, calendar))
    log.warn("new questions run out within seven days", {
      ...key,
      left,
      repeats: repeatsOn(left, schedule, at, calendar),
    });
  const { closesAfterHours } = schedule;
  const limits = [
    nextDue(schedule, at, calendar)?.at,
    closesAfterHours === null ? undefined : at + closesAfterHours * HOUR_MS,
  ].filter((limit) => limit !== undefined);
  return store.openRound(
    prepareRound({
      ...key,
      zone: schedule.zone,
      question,
      opensAt: at,
      ...(limits.length > 0 && { nextOpeningAt: Math.min(...limits) }),
    }),
  );
};

const tryToPost = async (hold: Hold, parts: ClockParts): Promise<Posting> => {
  const { store, poster, clock, log } = parts;
  const { key, due, intent, schedule, calendar } = hold;
  const early = await store.round(key.tenant, roundIdOf(key.channel, key.date));
  const posted = early === null ? null : announcementOf(early, hold, parts);
  // The round is opened before the post: without one no earlier try can have posted anything.
  if (intent.attempt > 1 && posted !== null) {
    try {
      const messageId = await poster.find(posted, intent.since);
      if (messageId !== null) return finish(posted, messageId, hold, parts);
    } catch (error) {
      log.error("an earlier post could not be looked up", error, { ...key, attempt: intent.attempt });
      if (error instanceof PostRefused) return giveUp(hold, parts);
      if (clock.now() - intent.since > GIVE_UP_MS) return abandon("failed", hold, parts);
      return { outcome: "failed", until: intent.leaseUntil };
    }
  }
  const at = clock.now();
  const reason = schedule.enabled ? reasonAgainst(due, schedule, at, calendar) : "changed";
  if (reason !== null)
    return abandon(intent.attempt > 1 && reason === "window-passed" ? "failed" : reason, hold, parts);
  const round = early ?? (await openRoundFor(at, hold, parts));
  const announcement = round === null ? null : announcementOf(round, hold, parts);
  if (announcement === null) return abandon("no-question", hold, parts);
  // The last look at the clock before the post: a machine that slept since the claim must not post any more.
  if (!hasTimeToPost(intent.leaseUntil, clock.now())) return { outcome: "waiting", until: intent.leaseUntil };
  try {
    const messageId = await poster.post(announcement);
    return await finish(announcement, messageId, hold, parts);
  } catch (error) {
    parts.meter?.count("postFailures", { platform: platformOf(key.tenant), kind: "question" });
    log.error("a question could not be posted", error, { ...key, attempt: intent.attempt });
    if (error instanceof PostRefused) return giveUp(hold, parts);
    return { outcome: "failed", until: intent.leaseUntil };
  }
};

/**
 * Posts the question of a date once. The intent is written before the post, so that whoever comes after a crash
 * knows that a message may exist, and looks for it before posting again.
 */
export const postQuestion = async (
  key: PostKey,
  due: Due,
  schedule: Schedule,
  calendar: HolidayCalendar,
  parts: ClockParts,
): Promise<Posting> => {
  const until = await waitForTurn(key, parts);
  if (until !== null) return { outcome: "waiting", until };
  const lease = { token: parts.newToken(), now: parts.clock.now(), leaseMs: LEASE_MS };
  const { outcome, record } = await parts.store.claimPost(key, due.at, lease);
  if (record.post.kind !== "intent") return { outcome: "settled" };
  if (outcome === "held") return { outcome: "waiting", until: record.post.leaseUntil };
  return tryToPost({ key, due, intent: record.post, schedule, calendar }, parts);
};
