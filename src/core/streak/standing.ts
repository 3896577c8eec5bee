import type { ChannelId, Instant, MemberId, StudyDate, TenantId } from "#core/ids";
import type { Store } from "#core/ports";
import type { Request } from "#core/request";
import type { SkipReason } from "#core/schedule/post-record";
import type { Services } from "#core/services";
import type { StreakInput } from "./day-reasons.ts";
import type { HeldRound } from "./held-round.ts";
import { type Home, homeAt, homesOf } from "./homes.ts";
import { type Streak, streakOf } from "./streak.ts";

/** More than ten years of daily rounds. */
const ROUNDS_READ = 4000;
/** As many days as a streak explains. */
const RECORDS_READ = 14;

/** What is read of a member, and where they are at home. */
export interface MemberFacts extends StreakInput {
  readonly homes: readonly [Home, ...Home[]];
}

type Member = Pick<Request, "tenant" | "member">;

/** A home's rounds while it was the home, each with the instant at which its date was excused. */
async function roundsOf(home: Home, tenant: TenantId, store: Store): Promise<HeldRound[]> {
  const [rounds, excusals] = await Promise.all([
    store.rounds(tenant, home.channel, ROUNDS_READ),
    store.excusals(tenant, home.channel),
  ]);
  const excusedAt = new Map(excusals.map(({ date, at }) => [date, at]));
  return rounds
    .filter(({ opensAt }) => home.from <= opensAt && opensAt < home.until)
    .map((round) => {
      const at = excusedAt.get(round.date);
      return at === undefined ? round : { ...round, excusedAt: at };
    });
}

/** @param here the channel that counts as the home of somebody who never answered */
export async function memberFacts(
  { tenant, member }: Member,
  here: ChannelId,
  now: Instant,
  store: Store,
): Promise<MemberFacts> {
  const [first, ledger, answered, choices] = await Promise.all([
    store.homeChannel(tenant, member),
    store.ledger(tenant, member),
    store.answeredDates(tenant, member),
    store.choices(tenant, member),
  ]);
  const homes = homesOf(first ?? here, choices);
  const rounds = await Promise.all(homes.map((home) => roundsOf(home, tenant, store)));
  return { homes, ledger, answered, choices, rounds: rounds.flat(), now };
}

/** The channel whose rounds a member's streak counts at an instant; null while they never answered nor chose one. */
export async function homeOf(
  tenant: TenantId,
  member: MemberId,
  at: Instant,
  store: Store,
): Promise<ChannelId | null> {
  const [first, choices] = await Promise.all([
    store.homeChannel(tenant, member),
    store.choices(tenant, member),
  ]);
  const [chosen] = choices
    .flatMap((choice) => (choice.kind === "home" ? [choice] : []))
    .toSorted((one, other) => one.at - other.at);
  const start = first ?? chosen?.channel ?? null;
  return start === null ? null : homeAt(homesOf(start, choices), at);
}

/** The dates of the last two weeks on which their home channel got no question, and why: nobody's streak depends on them. */
export async function skippedDates(
  { tenant, member, channel }: Request,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<{ readonly date: StudyDate; readonly reason: SkipReason }[]> {
  const home = (await homeOf(tenant, member, clock.now(), store)) ?? channel;
  const records = await store.postRecords(tenant, home, RECORDS_READ);
  return records.flatMap(({ date, post }) =>
    post.kind === "skipped" ? [{ date, reason: post.reason }] : [],
  );
}

/** A member's streak now, by the rounds of their home channel (until they have one: of the channel they ask in). */
export async function standingOf(
  request: Request,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<Streak> {
  return streakOf(await memberFacts(request, request.channel, clock.now(), store));
}
