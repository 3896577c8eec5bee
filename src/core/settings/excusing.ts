import type { StudyDate } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import { daysBetween, studyDateAt } from "#core/round/calendar";
import type { Services } from "#core/services";
import { readDate } from "#core/streak/dates";
import type { Excusal } from "#core/streak/excusal";
import type { ChannelSettings } from "./apply.ts";

/** A date can be excused until it is so long ago, and from so long before. */
const DAYS_BACK = 60;
const DAYS_AHEAD = 366;
/** Excused dates are shown as long as they can matter to anybody's last weeks. */
const DAYS_SHOWN = 14;

const todayOf = ({ settings }: ChannelSettings, { clock }: Pick<Services, "clock">): StudyDate =>
  studyDateAt(clock.now(), settings.zone);

/**
 * Excuses everybody of a channel from a date. Who did it and when is kept for good and logged: it is the one gift that
 * an admin can make to a streak.
 *
 * @throws Refusal where it is no date, or too far away
 */
export async function excuseDate(
  typed: string,
  of: ChannelSettings,
  { member: by, sentAt: at }: Request,
  services: Services,
): Promise<Excusal> {
  const { store, log } = services;
  const { tenant, channel } = of;
  const today = todayOf(of, services);
  const date = readDate(typed, today);
  if (date === null) throw new Refusal((say) => say.settings.badDate(typed.slice(0, 40)));
  const away = daysBetween(today, date);
  if (away < -DAYS_BACK || away > DAYS_AHEAD) throw new Refusal((say) => say.settings.farDate(DAYS_BACK));
  const kept = await store.excuse(tenant, channel, { date, by, at });
  log.info("a date was excused for everybody", { tenant, channel, date, by: kept.by, at: kept.at });
  return kept;
}

/** The dates that are excused in a channel from two weeks ago on, the oldest first. */
export async function excusedLately(of: ChannelSettings, services: Services): Promise<readonly Excusal[]> {
  const today = todayOf(of, services);
  const excusals = await services.store.excusals(of.tenant, of.channel);
  return excusals.filter(({ date }) => daysBetween(date, today) <= DAYS_SHOWN);
}
