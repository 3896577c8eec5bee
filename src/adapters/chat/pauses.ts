import { cancelErasure, planErasure } from "#core/erasure/tenant";
import { type ChannelId, channelIdSchema, type TenantId, tenantIdSchema } from "#core/ids";
import { changedSchedule } from "#core/schedule/change";
import { noHolidays } from "#core/schedule/holiday-calendar";
import type { Schedule } from "#core/schedule/schedule";
import type { Services } from "#core/services";

const KEPT_MS = 400 * 24 * 3_600_000;
const PAUSED = "paused";
const RESUMED = "resumed";

/** Tenants of one installation that have something switched off. */
const MOST_PAUSED = 1000;

const keyOf = (channel: ChannelId): string => `pause/${channel}`;
const pausedKey = (at: number): string => `paused-tenant/${at}`;

type Parts = Pick<Services, "store" | "clock" | "holidays" | "log" | "retention">;

/** Switches the daily question off where the bot cannot post any more, and on again where it can. */
export class Pauses {
  readonly #parts: Parts;
  readonly #installedAs: (tenant: TenantId) => TenantId;

  /** @param installedAs under which tenant the bot was let in, where that lets it into others too */
  constructor(parts: Parts, installedAs: (tenant: TenantId) => TenantId = (tenant) => tenant) {
    this.#parts = parts;
    this.#installedAs = installedAs;
  }

  /** Remembers that a channel's question was switched off because the bot could not post, and by no admin. */
  async mark(tenant: TenantId, channel: ChannelId, state: string = PAUSED): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    await store.keepAction(tenant, keyOf(channel), state, now, now + KEPT_MS);
    if (state === PAUSED && this.#installedAs(tenant) !== tenant) await this.#remember(tenant);
  }

  /** Each under a number of its own, so that processes that do so at once lose none. */
  async #remember(tenant: TenantId): Promise<void> {
    const { store, clock } = this.#parts;
    const group = this.#installedAs(tenant);
    const now = clock.now();
    for (let at = 0; at < MOST_PAUSED; at += 1)
      if ((await store.keepActionOnce(group, pausedKey(at), tenant, now, now + KEPT_MS)) === tenant) return;
  }

  /** A tenant, and those that were let in with it and have something switched off. */
  async #installedWith(tenant: TenantId): Promise<readonly TenantId[]> {
    const { store, clock } = this.#parts;
    const all = [tenant];
    for (let at = 0; at < MOST_PAUSED; at += 1) {
      const kept = await store.keptAction(tenant, pausedKey(at), clock.now());
      if (kept === null) break;
      all.push(tenantIdSchema.parse(kept));
    }
    return all;
  }

  async #isMarked(tenant: TenantId, channel: ChannelId): Promise<boolean> {
    const { store, clock } = this.#parts;
    return (await store.keptAction(tenant, keyOf(channel), clock.now())) === PAUSED;
  }

  /**
   * The bot was taken out of the guild or workspace: nothing is posted there until it is invited back, and what is kept
   * of it is erased where that does not happen.
   */
  async leave(tenant: TenantId): Promise<void> {
    await planErasure(tenant, this.#parts);
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
    const tenants = channel === undefined ? await this.#installedWith(tenant) : [tenant];
    for (const each of tenants) {
      await cancelErasure(each, this.#parts);
      await this.#resume(each, channel);
    }
  }

  async #resume(tenant: TenantId, channel: ChannelId | undefined): Promise<void> {
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
