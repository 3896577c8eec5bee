import { platformOf } from "#core/metrics/meter";
import { type Announcement, PostRefused } from "#core/ports";
import { effectiveClose, roundIdOf, settlesAt } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { announcementKeyOf, type FinalRevealState, type PostRecord } from "#core/schedule/post-record";
import type { Schedule } from "#core/schedule/schedule";
import { type ClockParts, hasTimeToPost, LEASE_MS } from "./parts.ts";
import type { Posting } from "./post-question.ts";
import { planSecondLook, removeTwins } from "./second-look.ts";
import { waitForTurn } from "./turn.ts";

/** A reveal that is later than this helps nobody any more. */
const REVEAL_WINDOW_MS = 24 * 3_600_000;

const announcementOf = (
  kind: Announcement["kind"],
  round: Round,
  { library }: ClockParts,
): Announcement | null => {
  const question = library.question(round.question);
  if (question === undefined) return null;
  const { tenant, channel, date } = round;
  return { kind, tenant, channel, key: announcementKeyOf(kind, channel, date), round, question, late: false };
};

/** Lets the post say that its round is over. It only spares people a refusal, so nothing waits for it to succeed. */
const tellClosed = async (round: Round, parts: ClockParts): Promise<void> => {
  const announcement = announcementOf("question", round, parts);
  if (announcement === null) return;
  try {
    await parts.poster.closed?.(announcement);
  } catch (error) {
    parts.log.error("a post could not be marked as closed", error, { round: round.id });
  }
};

/**
 * Posts the model answer of a posted question once its round has closed and no answer can arrive in time any more.
 * The close itself needs nobody: its instant was fixed when the round opened.
 */
export const postReveal = async (
  record: PostRecord,
  schedule: Schedule,
  parts: ClockParts,
): Promise<Posting> => {
  const { store, poster, clock, log } = parts;
  const { tenant, channel, date } = record;
  const key = { tenant, channel, date };
  const round = await store.round(tenant, roundIdOf(channel, date));
  if (round !== null) {
    const closesAt = effectiveClose(round);
    if (clock.now() <= closesAt) return { outcome: "waiting", until: closesAt + 1 };
    await tellClosed(round, parts);
    if (clock.now() <= settlesAt(round)) return { outcome: "waiting", until: settlesAt(round) + 1 };
  }
  const until = schedule.reveal ? await waitForTurn(key, parts) : null;
  if (until !== null) return { outcome: "waiting", until };
  const now = clock.now();

  const claim = await store.claimReveal(key, { token: parts.newToken(), now, leaseMs: LEASE_MS });
  const intent = claim?.record.reveal;
  if (claim === null || intent?.kind !== "intent") return { outcome: "settled" };
  if (claim.outcome === "held") return { outcome: "waiting", until: intent.leaseUntil };

  const finish = async (state: FinalRevealState): Promise<Posting> => {
    await store.finishReveal(key, intent.token, state);
    return { outcome: "settled" };
  };
  const sent = async (announcement: Announcement, messageId: string): Promise<Posting> => {
    const { since, attempt } = intent;
    const kept = await store.finishReveal(key, intent.token, { kind: "sent", messageId, at: clock.now() });
    const standing = kept?.reveal?.kind === "sent" ? kept.reveal.messageId : null;
    if (standing !== messageId && standing !== null) await removeTwins(announcement, since, standing, parts);
    else if (attempt > 1) await planSecondLook(announcement, since, messageId, parts);
    return { outcome: "settled" };
  };
  const announcement = round === null ? null : announcementOf("reveal", round, parts);
  if (round === null || announcement === null)
    return finish({ kind: "skipped", reason: "no-question", at: now });
  try {
    const found = intent.attempt > 1 ? await poster.find(announcement, intent.since) : null;
    if (found !== null) return await sent(announcement, found);
    if (!schedule.reveal) return await finish({ kind: "skipped", reason: "not-wanted", at: now });
    if (now - settlesAt(round) > REVEAL_WINDOW_MS)
      return await finish({ kind: "skipped", reason: "window-passed", at: now });
    if (!hasTimeToPost(intent.leaseUntil, clock.now()))
      return { outcome: "waiting", until: intent.leaseUntil };
    const messageId = await poster.post(announcement);
    return await sent(announcement, messageId);
  } catch (error) {
    parts.meter?.count("postFailures", { platform: platformOf(tenant), kind: "reveal" });
    log.error("a reveal could not be posted", error, { ...key, attempt: intent.attempt });
    if (error instanceof PostRefused) return finish({ kind: "skipped", reason: "refused", at: now });
    if (now - settlesAt(round) > 2 * REVEAL_WINDOW_MS)
      return finish({ kind: "skipped", reason: "window-passed", at: now });
    return { outcome: "failed", until: intent.leaseUntil };
  }
};
