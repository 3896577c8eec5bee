import type { ChannelId, MemberId, TenantId } from "#core/ids";
import type { Schedule } from "#core/schedule/schedule";
import type { Services } from "#core/services";
import { homeOf } from "#core/streak/standing";

/**
 * The channel whose rounds somebody means who wrote in `channel`: that one where it has a schedule, else the tenant's
 * only one, else the member's own; and the place itself where there is none to choose.
 */
export async function studyChannelFor(
  channel: ChannelId,
  tenant: TenantId,
  member: MemberId,
  schedules: readonly Schedule[],
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<ChannelId> {
  if (schedules.some((schedule) => schedule.channel === channel)) return channel;
  const asked = schedules.filter(({ enabled }) => enabled);
  const [only] = asked;
  if (only === undefined) return channel;
  if (asked.length === 1) return only.channel;
  const home = await homeOf(tenant, member, clock.now(), store);
  return asked.find((schedule) => schedule.channel === home)?.channel ?? channel;
}
