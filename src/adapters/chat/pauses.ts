import { type ChannelId, channelIdSchema, type TenantId } from "#core/ids";
import { changedSchedule } from "#core/schedule/change";
import { noHolidays } from "#core/schedule/holiday-calendar";
import type { Schedule } from "#core/schedule/schedule";
import type { Services } from "#core/services";

const KEPT_MS = 400 * 24 * 3_600_000;
const PAUSED = "paused";
const RESUMED = "resumed";

const keyOf = (channel: ChannelId): string => `pause/${channel}`;

type Parts = Pick<Services, "store" | "clock" | "holidays" | "log">;

/** Switches the daily question off where the bot cannot post any more, and on again where it can. */
export class Pauses {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Remembers that a channel's question was switched off because the bot could not post, and by no admin. */
  async mark(tenant: TenantId, channel: ChannelId, state: string = PAUSED): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    await store.keepAction(tenant, keyOf(channel), state, now, now + KEPT_MS);
  }

  async #isMarked(tenant: TenantId, channel: ChannelId): Promise<boolean> {
    const { store, clock } = this.#parts;
    return (await store.keptAction(tenant, keyOf(channel), clock.now())) === PAUSED;
  }

  /** The bot was taken out of the guild or workspace: nothing is posted there until it is invited back. */
  async leave(tenant: TenantId): Promise<void> {
    for (const schedule of await this.#parts.store.schedules(tenant)) {
      if (!schedule.enabled) continue;
      await this.mark(tenant, schedule.channel);
      await this.#switch(schedule, false);
    }
  }

  /**
   * The bot is there again: what was on goes on, from the next date that is due.
   *
   * @param channel the one that it came back to; all where it came back to the tenant
   */
  async return(tenant: TenantId, channel?: ChannelId): Promise<void> {
    for (const schedule of await this.#parts.store.schedules(tenant)) {
      if (channel !== undefined && schedule.channel !== channel) continue;
      if (schedule.enabled || !(await this.#isMarked(tenant, schedule.channel))) continue;
      await this.mark(tenant, schedule.channel, RESUMED);
      await this.#switch(schedule, true);
    }
  }

  /** A channel is gone for good. */
  async endChannel(tenant: TenantId, channel: string): Promise<void> {
    const schedule = await this.#parts.store.schedule(tenant, channelIdSchema.parse(channel));
    if (schedule?.enabled === true) await this.#switch(schedule, false);
  }

  async #switch(schedule: Schedule, enabled: boolean): Promise<void> {
    const { store, clock, holidays, log } = this.#parts;
    const { tenant, channel, decidedBy } = schedule;
    const calendar = schedule.holidays === null ? noHolidays : await holidays.calendar(schedule.holidays);
    const [newest] = await store.postRecords(tenant, channel, 1);
    const now = clock.now();
    const changed = changedSchedule({
      tenant,
      channel,
      settings: schedule,
      enabled,
      decidedBy,
      previous: schedule,
      newest: newest?.date ?? null,
      now,
      calendar,
      previousCalendar: calendar,
    });
    await store.saveSchedule(changed, now);
    log.warn(enabled ? "a channel's question goes on" : "a channel's question is switched off", {
      tenant,
      channel,
    });
  }
}
