import type { MemberId, TenantId } from "#core/ids";
import { inTenant } from "#core/pack/library";
import type { Announcement } from "#core/ports";
import { isOpen, settlesAt } from "#core/round/opening";
import { defaultThresholds } from "#core/round/passing";
import type { Round } from "#core/round/round";
import type { Services } from "#core/services";
import { roundsOfStreak, teamStreakOf } from "#core/streak/team";
import type { AnnouncementFacts, OfferedAnswer } from "./facts.ts";

/** Rounds that a team streak looks back on: more than a year of them; while a round is open, the members active now. */
const ROUNDS_READ = { open: 20, over: 400 } as const;
/** What people read to the end. */
const ANSWERS_SHOWN = 3;

/** From which score on an answer may be shown as an example. */
export const LEAST_SHOWN_SCORE = defaultThresholds.score;

/** Those of some members who may be named: nobody who wants to be shown nowhere, whatever else they once agreed to. */
async function nameable(
  tenant: TenantId,
  members: readonly MemberId[],
  { store }: Pick<Services, "store">,
): Promise<readonly MemberId[]> {
  if (members.length === 0) return [];
  const hidden = await store.hiddenAmong(tenant, members);
  return members.filter((member) => !hidden.includes(member));
}

/** The best of the answers that were offered. Those whose author took them back, or that were never graded, are out. */
async function offeredAnswers(round: Round, services: Pick<Services, "store">): Promise<OfferedAnswer[]> {
  const { store } = services;
  const { tenant, id } = round;
  const offers = await store.offers(tenant, id);
  if (offers.length === 0) return [];
  const attempts = await store.attemptsOfRound(tenant, id);
  const wishing = offers.flatMap(({ member, named }) => (named ? [member] : []));
  const names = await nameable(tenant, wishing, services);
  return offers
    .flatMap(({ member, submission, named }) => {
      const attempt = attempts.find((one) => one.member === member && one.submission === submission);
      const score = attempt?.result?.score ?? 0;
      if (attempt === undefined || score < LEAST_SHOWN_SCORE) return [];
      return [
        {
          text: attempt.text,
          score,
          by: named && names.includes(member) ? member : null,
          sentAt: attempt.sentAt,
        },
      ];
    })
    .toSorted((one, other) => other.score - one.score || one.sentAt - other.sentAt)
    .slice(0, ANSWERS_SHOWN)
    .map(({ text, score, by }) => ({ text, score, by }));
}

/** Reads what the messages about an announcement's round say now. Reads only: any number of times, at any time. */
export async function readAnnouncement(
  { round: announced, question, late }: Pick<Announcement, "round" | "question" | "late">,
  given: Pick<Services, "store" | "library" | "clock">,
): Promise<AnnouncementFacts> {
  const { tenant, channel, id } = announced;
  const services = await inTenant(tenant, given);
  const { store, library, clock } = services;
  const round = (await store.round(tenant, id)) ?? announced;
  const now = clock.now();
  const isOver = now > settlesAt(round);
  const [schedule, rounds, named, offered] = await Promise.all([
    store.schedule(tenant, channel),
    // A reveal that comes late is about its own round, whatever has opened since.
    roundsOfStreak(
      store,
      { tenant, channel, upTo: round.opensAt },
      now,
      isOver ? ROUNDS_READ.over : ROUNDS_READ.open,
    ),
    store.named(tenant),
    isOpen(round, now) ? [] : offeredAnswers(round, services),
  ]);
  const members = rounds.find((one) => one.round.id === id)?.members ?? [];
  const passed = members.flatMap(({ member, passed: has }) => (has ? [member] : []));
  const willing = passed.filter((member) => named.includes(member));
  return {
    round,
    isOpen: isOpen(round, now),
    question,
    topic: library.topic(question.topic) ?? { zh: question.topic, en: question.topic },
    late,
    locale: schedule?.locale ?? "en",
    answered: members.length,
    kept: { count: passed.length, named: await nameable(tenant, willing, services) },
    team: teamStreakOf(rounds, now),
    offered,
    sources: library,
  };
}
