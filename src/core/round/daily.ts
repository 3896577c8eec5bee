import type { ChannelId, TenantId } from "#core/ids";
import type { Library } from "#core/pack/library";
import type { Services } from "#core/services";
import { endOfDateAt, studyDateAt, type Zone } from "./calendar.ts";
import { pickQuestion } from "./next-question.ts";
import { isOpen, prepareRound } from "./opening.ts";
import type { Round } from "./round.ts";

export interface Place {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly zone: Zone;
}

/**
 * Opens today's round of a channel that has no schedule, unless today has one already or an earlier day's round still
 * takes answers: a deadline that was promised is kept. The round closes when the date ends, and not before 8 h.
 *
 * @returns the channel's newest round, or null where there is no question to ask
 */
export async function openDailyRound(
  place: Place,
  services: Pick<Services, "store" | "clock"> & { readonly library: Pick<Library, "questions"> },
): Promise<Round | null> {
  const { store, library, clock } = services;
  const now = clock.now();
  const [newest = null] = await store.rounds(place.tenant, place.channel, 1);
  const today = studyDateAt(now, place.zone);
  // A newest round "tomorrow" means that the clock or the zone was turned back: the date has been used.
  if (newest !== null && (newest.date >= today || isOpen(newest, now))) return newest;
  const next = await pickQuestion(place, library.questions, store);
  if (next === null) return null;
  const { question } = next;
  const nextOpeningAt = endOfDateAt(now, place.zone);
  return store.openRound(prepareRound({ ...place, question, opensAt: now, nextOpeningAt }));
}
