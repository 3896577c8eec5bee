import type { ChannelId, StudyDate, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import { Refusal } from "#core/refusal";
import { freshQuestions, isAsked } from "#core/round/choose";
import { pastRounds, repeatsOn } from "#core/round/next-question";
import { changedSchedule } from "#core/schedule/change";
import { nextDueAfter } from "#core/schedule/decide";
import type { Due } from "#core/schedule/due";
import { type HolidayCalendar, noHolidays } from "#core/schedule/holiday-calendar";
import { defaultSettings, type Schedule, type ScheduleSettings, settingsOf } from "#core/schedule/schedule";
import type { Services } from "#core/services";

/** What is to become different; the rest stays. */
export type SettingsPatch = { readonly [Key in keyof ScheduleSettings]?: ScheduleSettings[Key] };

/** A channel's settings, whether or not they were ever saved. */
export interface ChannelSettings {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly settings: ScheduleSettings;
  readonly enabled: boolean;
  /** As saved; null where nothing was yet. */
  readonly kept: Schedule | null;
}

/** As often as two admins may save at the same moment before one of them is asked to look again. */
const TRIES = 3;

/** @param locale of whoever asks: what a new channel is spoken to in */
export async function readSettings(
  tenant: TenantId,
  channel: ChannelId,
  locale: Locale,
  { store, zone }: Pick<Services, "store" | "zone">,
): Promise<ChannelSettings> {
  const kept = await store.schedule(tenant, channel);
  const settings = kept === null ? { ...defaultSettings, zone, locale } : settingsOf(kept);
  return { tenant, channel, settings, enabled: kept?.enabled ?? false, kept };
}

const calendarOf = async (
  id: string | null,
  { holidays }: Pick<Services, "holidays">,
): Promise<HolidayCalendar> => (id === null ? noHolidays : holidays.calendar(id));

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Saves a change of a channel's settings, on top of whatever another admin saved meanwhile. What changes nothing is
 * not saved. No date is ever asked twice, whatever is changed: `changedSchedule` and the post records see to it.
 *
 * @param enabled whether the question comes at all; undefined leaves it as it is
 * @throws Refusal where others change the same channel again and again
 */
export async function changeSettings(
  patch: SettingsPatch,
  enabled: boolean | undefined,
  of: Pick<ChannelSettings, "tenant" | "channel"> & { readonly locale: Locale },
  services: Services,
): Promise<ChannelSettings> {
  const { store, clock } = services;
  const { tenant, channel, locale } = of;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await readSettings(tenant, channel, locale, services);
    const settings = { ...before.settings, ...patch };
    const on = enabled ?? before.enabled;
    if (before.kept !== null && on === before.enabled && isSame(settings, before.settings)) return before;
    const [newest] = await store.postRecords(tenant, channel, 1);
    const now = clock.now();
    const changed = changedSchedule({
      tenant,
      channel,
      settings,
      enabled: on,
      // Who fixed the time stays who did, as long as nobody else sets one.
      decidedBy: before.kept?.enabled === true && enabled === undefined ? before.kept.decidedBy : "admin",
      previous: before.kept,
      newest: newest?.date ?? null,
      now,
      calendar: await calendarOf(settings.holidays, services),
      previousCalendar: await calendarOf(before.settings.holidays, services),
    });
    const kept = await store.saveSchedule(changed, now);
    if (isSame(kept, changed)) return { tenant, channel, settings, enabled: on, kept };
  }
  throw new Refusal((say) => say.settings.busy);
}

/** When the channel's next question is due; null where none ever is, or it is switched off. */
export async function nextQuestion(
  { kept, tenant, channel }: ChannelSettings,
  services: Services,
): Promise<Due | null> {
  if (kept === null) return null;
  const [newest] = await services.store.postRecords(tenant, channel, 1);
  const calendar = await calendarOf(kept.holidays, services);
  // One millisecond earlier: what is due at this very moment is the next one.
  return nextDueAfter(kept, newest?.date ?? null, services.clock.now() - 1, calendar);
}

/** How many questions a channel was never asked, and the date within seven days on which old ones begin to come again. */
export interface RunningOut {
  readonly left: number;
  readonly on: StudyDate;
}

/** Null where new questions last for more than a week, or none come at all. */
export async function runningOut(of: ChannelSettings, services: Services): Promise<RunningOut | null> {
  const { kept } = of;
  if (kept?.enabled !== true) return null;
  const bank = services.library.questions.filter(isAsked(kept.topics));
  const past = await pastRounds(of, bank, services.store);
  const left = freshQuestions({ bank, past }).length;
  const calendar = await calendarOf(kept.holidays, services);
  const on = bank.length === 0 ? null : repeatsOn(left, kept, services.clock.now(), calendar);
  return on === null ? null : { left, on };
}
