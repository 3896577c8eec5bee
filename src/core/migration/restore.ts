import type { TenantId } from "#core/ids";
import type { Store } from "#core/ports";
import type { Intent, PostRecord } from "#core/schedule/post-record";
import type { StoredRecord } from "./record.ts";

/** Holds the right to write a record that is final already. */
const TOKEN = "migration";
/** More than any channel has dates. */
const ALL = 100_000;

/** The tries of an intent, one after the other, so that the next holder knows of all of them. */
const triesOf = ({ attempt, since, at, token, leaseUntil }: Intent, from: number) =>
  Array.from({ length: Math.max(0, attempt - from) }, (_, index) =>
    from + index + 1 < attempt
      ? { token: `${TOKEN} ${from + index + 1}`, now: since, leaseMs: 0 }
      : { token, now: at, leaseMs: leaseUntil - at },
  );

const attemptsAt = (state: PostRecord["post"] | PostRecord["reveal"] | undefined): number =>
  state?.kind === "intent" ? state.attempt : 0;

/** Writes one post record by the same steps that made it. */
const restorePost = async (store: Store, record: PostRecord, kept: PostRecord | undefined): Promise<void> => {
  const { tenant, channel, date, dueAt, post, reveal } = record;
  const key = { tenant, channel, date };
  if (post.kind === "intent") {
    for (const lease of triesOf(post, attemptsAt(kept?.post))) await store.claimPost(key, dueAt, lease);
    return;
  }
  const lease = { token: TOKEN, now: dueAt, leaseMs: 1 };
  if (post.kind === "skipped") await store.skipPost(key, dueAt, post.reason, post.at);
  else {
    await store.claimPost(key, dueAt, lease);
    await store.finishPost(key, TOKEN, post);
  }
  if (reveal === null) return;
  if (reveal.kind === "intent") {
    for (const one of triesOf(reveal, attemptsAt(kept?.reveal))) await store.claimReveal(key, one);
    return;
  }
  await store.claimReveal(key, lease);
  await store.finishReveal(key, TOKEN, reveal);
};

/**
 * Writes records into a store by its port; each may be written any number of times, so that what was interrupted
 * begins again from the start.
 *
 * @param now the instant that the records were read with
 */
export const restoreInto = (store: Store, tenant: TenantId, now: number) => {
  const posts = new Map<string, readonly PostRecord[]>();
  const keptPost = async ({ channel, date }: PostRecord): Promise<PostRecord | undefined> => {
    const known = posts.get(channel) ?? (await store.postRecords(tenant, channel, ALL));
    posts.set(channel, known);
    return known.find((one) => one.date === date);
  };

  return async (record: StoredRecord): Promise<void> => {
    switch (record.kind) {
      case "erased":
        return store.restoreErased(tenant, record);
      case "round":
        await store.openRound(record.round);
        return;
      case "answer":
        await store.recordAttempt({
          ...record.attempt,
          credit: null,
          hintCost: record.hintCost,
          earned: record.earned,
        });
        return;
      case "day":
        return store.credit(tenant, record.member, record.day);
      case "hint":
        await store.takeHint(tenant, record.member, record.asked, record.before + 1, record.submission);
        return;
      case "practice":
        return store.setPractice(tenant, record.member, record.question);
      case "schedule":
        await store.saveSchedule(record.schedule, record.wakeAt);
        return store.wakeSchedule(record.schedule, record.wakeAt);
      case "post":
        return restorePost(store, record.record, await keptPost(record.record));
      case "offer":
        return store.offerAnswer(record.offer);
      case "named":
        return store.setNamed(tenant, record.member, true);
      case "hidden":
        return store.setShown(tenant, record.member, false);
      case "choice":
        return store.keepChoice(tenant, record.member, record.choice);
      case "excusal":
        await store.excuse(tenant, record.channel, record.excusal);
        return;
      case "action":
        return store.keepAction(tenant, record.key, record.action, now, record.expiresAt);
      case "installation":
        return store.keepInstallation(tenant, record.sealed);
      case "dossier":
        return store.restoreDossier(record.dossier);
    }
  };
};
