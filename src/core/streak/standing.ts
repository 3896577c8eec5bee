import type { StudyDate } from "#core/ids";
import type { Request } from "#core/request";
import type { SkipReason } from "#core/schedule/post-record";
import type { Services } from "#core/services";
import { type Streak, streakOf } from "./streak.ts";

/** Rounds further back than this are settled in the ledger and cannot change the running streak's last year. */
const ROUNDS_READ = 1000;
/** As many days as a streak explains. */
const RECORDS_READ = 14;

/** The dates of the last two weeks on which their home channel got no question, and why: nobody's streak depends on them. */
export async function skippedDates(
  request: Request,
  { store }: Services,
): Promise<{ readonly date: StudyDate; readonly reason: SkipReason }[]> {
  const { tenant, member } = request;
  const home = (await store.homeChannel(tenant, member)) ?? request.channel;
  const records = await store.postRecords(tenant, home, RECORDS_READ);
  return records.flatMap(({ date, post }) =>
    post.kind === "skipped" ? [{ date, reason: post.reason }] : [],
  );
}

/** A member's streak now, by the rounds of their home channel (until they have one: of the channel they ask in). */
export async function standingOf(request: Request, { store, clock }: Services): Promise<Streak> {
  const { tenant, member } = request;
  const home = (await store.homeChannel(tenant, member)) ?? request.channel;
  const [ledger, rounds, answered] = await Promise.all([
    store.ledger(tenant, member),
    store.rounds(tenant, home, ROUNDS_READ),
    store.answeredDates(tenant, member),
  ]);
  return streakOf({ ledger, rounds, answered, now: clock.now() });
}
