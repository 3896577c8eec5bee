import { PermissionFlagsBits } from "discord.js";
import { type ChannelId, channelIdSchema, type MemberId, type TenantId, tenantIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import type { Store } from "#core/ports";
import type { Role } from "#core/request";
import type { Schedule } from "#core/schedule/schedule";

/** A guild as a tenant. */
export const tenantOf = (guild: string): TenantId => tenantIdSchema.parse(`discord:${guild}`);

/** The guild of a tenant; null where it is none of Discord's. */
export const guildOf = (tenant: TenantId): string | null => /^discord:(\d{1,20})$/.exec(tenant)?.[1] ?? null;

/** Under this tenant stands what belongs to a member's direct messages and to no guild. */
export const directTenantOf = (member: string): TenantId => tenantIdSchema.parse(`discord:direct:${member}`);

/** One of our languages, where Discord's name of a language is one. */
export function localeIn(name: string | undefined): Locale | null {
  if (name === undefined) return null;
  if (/^zh\b/i.test(name)) return "zh";
  return /^en\b/i.test(name) ? "en" : null;
}

/** Who somebody is in a guild: an admin who may manage the server, an editor who has one of the roles for it. */
export function roleWith(
  permissions: bigint,
  roles: readonly string[],
  schedules: readonly Schedule[],
): Role {
  const { Administrator, ManageGuild } = PermissionFlagsBits;
  if ((permissions & (Administrator | ManageGuild)) !== 0n) return "admin";
  return schedules.some(({ editors }) => editors.some((role) => roles.includes(role))) ? "editor" : "member";
}

/**
 * The channel whose rounds somebody means who wrote in `channel`: that one where it has a schedule, else the guild's
 * only one, else the member's own; and the place itself where there is none to choose.
 */
export async function studyChannelFor(
  channel: ChannelId,
  tenant: TenantId,
  member: MemberId,
  schedules: readonly Schedule[],
  store: Store,
): Promise<ChannelId> {
  if (schedules.some((schedule) => schedule.channel === channel)) return channel;
  const asked = schedules.filter(({ enabled }) => enabled);
  const [only] = asked;
  if (only === undefined) return channel;
  if (asked.length === 1) return only.channel;
  const home = await store.homeChannel(tenant, member);
  return asked.find((schedule) => schedule.channel === home)?.channel ?? channel;
}

export const channelOf = (id: string): ChannelId => channelIdSchema.parse(id);
