import { PermissionFlagsBits } from "discord.js";
import { type ChannelId, channelIdSchema, type TenantId, tenantIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
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

export const channelOf = (id: string): ChannelId => channelIdSchema.parse(id);
