import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { type Streak, streakOf } from "./streak.ts";

/** Rounds further back than this are settled in the ledger and cannot change the running streak's last year. */
const ROUNDS_READ = 1000;

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
