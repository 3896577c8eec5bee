import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { type ChannelId, type Instant, instantSchema, type TenantId } from "#core/ids";
import type { WakingSchedule } from "#core/schedule/schedule";
import { type Schedule, scheduleSchema } from "#core/schedule/schedule";
import { fromColumn, toColumn } from "./columns.ts";

const rowSchema = z
  .object({ schedule: fromColumn.pipe(scheduleSchema), wake_at: instantSchema })
  .transform(({ schedule, wake_at: wakeAt }): WakingSchedule => ({ schedule, wakeAt }));

/** The schedules. Every write is called inside a transaction. */
export const schedulesTable = (database: DatabaseSync) => {
  const ofChannel = database.prepare(
    "SELECT schedule, wake_at FROM schedules WHERE tenant = ? AND channel = ?",
  );
  const ofTenant = database.prepare(
    "SELECT schedule, wake_at FROM schedules WHERE tenant = ? ORDER BY channel",
  );
  const replace = database.prepare(
    "INSERT OR REPLACE INTO schedules (tenant, channel, schedule, revision, wake_at) VALUES (?, ?, ?, ?, ?)",
  );
  const waking = database.prepare(
    "SELECT schedule, wake_at FROM schedules WHERE wake_at <= ? ORDER BY wake_at, tenant, channel LIMIT ?",
  );
  const wake = database.prepare(
    "UPDATE schedules SET wake_at = ? WHERE tenant = ? AND channel = ? AND revision = ?",
  );
  const wakeAll = database.prepare("UPDATE schedules SET wake_at = ?1 WHERE wake_at > ?1");

  const find = (tenant: TenantId, channel: ChannelId): Schedule | null => {
    const row = ofChannel.get(toColumn(tenant), toColumn(channel));
    return row === undefined ? null : rowSchema.parse(row).schedule;
  };

  const toWake = (now: Instant, limit: number): WakingSchedule[] =>
    waking.all(now, limit).map((row) => rowSchema.parse(row));

  const planAt = (
    { tenant, channel, revision }: Pick<Schedule, "tenant" | "channel" | "revision">,
    at: Instant,
  ): void => {
    wake.run(at, toColumn(tenant), toColumn(channel), revision);
  };

  return {
    find,

    save: (schedule: Schedule, wakeAt: Instant): Schedule => {
      const { tenant, channel, revision } = schedule;
      const kept = find(tenant, channel);
      if (kept !== null && kept.revision >= revision) return kept;
      replace.run(toColumn(tenant), toColumn(channel), JSON.stringify(schedule), revision, wakeAt);
      return schedule;
    },

    ofTenant: (tenant: TenantId): Schedule[] =>
      ofTenant.all(toColumn(tenant)).map((row) => rowSchema.parse(row).schedule),

    toWake,

    take: (now: Instant, leaseMs: number, limit: number): WakingSchedule[] => {
      const taken = toWake(now, limit);
      for (const { schedule } of taken) planAt(schedule, now + leaseMs);
      return taken;
    },

    wake: planAt,

    wakeAll: (at: Instant): void => {
      wakeAll.run(at);
    },
  };
};
