import type { ChannelId, TenantId } from "#core/ids";
import type { Services } from "#core/services";
import { studyDateAt, type Zone } from "./calendar.ts";
import { chooseQuestion } from "./choose.ts";
import { isOpen, prepareRound } from "./opening.ts";
import type { Round } from "./round.ts";

/** Rounds that the choice of a question looks back on: years of daily posts. */
const ROUNDS_READ = 2000;

export interface Place {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly zone: Zone;
}

/**
 * Opens today's round of a channel that has no schedule, unless today has one already.
 *
 * @param keepOpenRound an earlier day's round that still takes answers stays the one to answer: whoever is at the
 *   prompt when midnight passes is not asked another question under their hands
 * @returns the channel's newest round, or null where there is no question to ask
 */
export async function openDailyRound(
  place: Place,
  services: Services,
  keepOpenRound: boolean,
): Promise<Round | null> {
  const { store, library, clock } = services;
  const now = clock.now();
  const past = await store.rounds(place.tenant, place.channel, ROUNDS_READ);
  const newest = past[0] ?? null;
  const today = studyDateAt(now, place.zone);
  // A newest round "tomorrow" means that the clock or the zone was turned back: the date has been used.
  if (newest !== null && (newest.date >= today || (keepOpenRound && isOpen(newest, now)))) return newest;
  const question = chooseQuestion(
    library.questions.map(({ id }) => id),
    past,
    place.channel,
  );
  return question === null ? null : store.openRound(prepareRound({ ...place, question, opensAt: now }));
}
