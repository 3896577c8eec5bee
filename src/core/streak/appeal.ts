import type { ChannelId, Instant, MemberId, StudyDate, TenantId } from "#core/ids";
import type { Services } from "#core/services";
import { memberFacts } from "./standing.ts";
import { type Streak, streakOf } from "./streak.ts";

/** An appeal about a member's answer that an editor upheld. */
export interface UpheldAppeal {
  readonly tenant: TenantId;
  readonly member: MemberId;
  /** The channel of the round that the appeal is about, and its date. */
  readonly channel: ChannelId;
  readonly date: StudyDate;
  readonly decidedAt: Instant;
}

/** A member's streak before and after an appeal about one date was upheld. */
export interface Rebuilt {
  readonly before: Streak;
  readonly after: Streak;
  /** Whether a freeze had covered the date; it is held again. */
  readonly freezeReturned: boolean;
}

/**
 * Turns a date into `pass` after its round is over. The streak is worked out anew by that: the freeze that covered the
 * date is held again, no other cover is lost, and the streak is never shorter. Twice is as good as once; a date that
 * counts already stays as it is.
 */
export async function upholdAppeal(
  { tenant, member, channel, date, decidedAt }: UpheldAppeal,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<Rebuilt> {
  const standing = async (): Promise<Streak> =>
    streakOf(await memberFacts({ tenant, member }, channel, clock.now(), store));
  const before = await standing();
  const was = before.days.find((day) => day.date === date);
  if (was?.effect !== "adds") await store.credit(tenant, member, { date, kind: "pass", at: decidedAt });
  const after = await standing();
  return { before, after, freezeReturned: was?.reason === "freeze" };
}
