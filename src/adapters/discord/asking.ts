import { InteractionType } from "discord.js";
import {
  type ChannelId,
  type Instant,
  type MemberId,
  memberIdSchema,
  submissionIdSchema,
  type TenantId,
} from "#core/ids";
import type { Locale } from "#core/language";
import { Refusal } from "#core/refusal";
import type { Request, Role } from "#core/request";
import { studyChannelFor } from "#src/adapters/chat/study-channel";
import type { Interaction } from "./interaction.ts";
import type { Parts } from "./parts.ts";
import type { SeenPlace } from "./seen-in.ts";
import { readMark } from "./server-mark.ts";
import { channelOf, directTenantOf, localeIn, roleWith, tenantOf } from "./whereabouts.ts";

/** Who asks, where, and in which language. */
export interface Asking {
  readonly tenant: TenantId;
  /** Where it was written: the channel, or that of a thread. */
  readonly place: ChannelId;
  /** Whether it was written there, and not in direct messages. */
  readonly isThere: boolean;
  /** The channel whose rounds are meant. */
  readonly channel: ChannelId;
  readonly member: MemberId;
  readonly role: Role;
  readonly locale: Locale;
}

/** The member whose interaction it is. */
export const memberOf = ({ member, user }: Interaction): MemberId =>
  memberIdSchema.parse(member?.user.id ?? user?.id);

/** The tenant under which the buttons of a conversation are kept. */
export const keepingTenantOf = (interaction: Interaction): TenantId =>
  interaction.guild_id === undefined ? directTenantOf(memberOf(interaction)) : tenantOf(interaction.guild_id);

/** The language as far as the interaction itself says it. */
export const spokenIn = ({ locale, guild_locale }: Interaction): Locale =>
  localeIn(locale) ?? localeIn(guild_locale) ?? "en";

/**
 * Where a member studies who writes from no guild: where they were last.
 *
 * @throws Refusal where that is nowhere
 */
export async function guildForDirect(member: string, { seenIn }: Parts): Promise<SeenPlace> {
  const [last] = await seenIn.placesOf(member);
  if (last === undefined) throw new Refusal((say) => say.discord.noServer);
  return last;
}

/** The guild that a button in direct messages names itself; undefined where it names none. */
export const serverNamed = (interaction: Interaction): string | undefined => {
  const isPressed =
    interaction.type === InteractionType.MessageComponent || interaction.type === InteractionType.ModalSubmit;
  return isPressed && interaction.guild_id === undefined
    ? readMark(interaction.data.custom_id).server
    : undefined;
};

/** Where a member was last in a guild; in none of its channels where that is forgotten. */
async function placeIn(
  guild: string,
  member: MemberId,
  { seenIn }: Parts,
): Promise<Pick<SeenPlace, "guild" | "channel"> & { readonly locale: Locale | null }> {
  const known = (await seenIn.placesOf(member)).find((place) => place.guild === guild);
  return known ?? { guild, channel: member, locale: null };
}

interface Standing {
  readonly guild: string;
  readonly channel: string;
  readonly isThere: boolean;
  readonly member: MemberId;
  readonly permissions: bigint;
  readonly roles: readonly string[];
  /** The language that the member's own Discord speaks, where that is known. */
  readonly spoken: Locale | null;
  readonly guildLocale: string | undefined;
}

/** Looks up what the guild's settings say of somebody. */
async function askingAs(standing: Standing, { services }: Parts): Promise<Asking> {
  const { guild, isThere, member, permissions, roles, spoken, guildLocale } = standing;
  const tenant = tenantOf(guild);
  const place = channelOf(standing.channel);
  const schedules = await services.store.schedules(tenant);
  const channel = await studyChannelFor(place, tenant, member, schedules, services);
  const schedule = schedules.find((one) => one.channel === channel);
  return {
    tenant,
    place,
    isThere,
    channel,
    member,
    role: roleWith(permissions, roles, schedules),
    locale: spoken ?? schedule?.locale ?? localeIn(guildLocale) ?? "en",
  };
}

/**
 * Who writes to the bot, and what they may do in the guild that it is for.
 *
 * @param isThere whether they do so in that channel, and not in direct messages
 * @throws Refusal where they are not in that guild
 */
export async function askingFrom(
  { guild, channel, locale }: Pick<SeenPlace, "guild" | "channel"> & { readonly locale: Locale | null },
  member: MemberId,
  isThere: boolean,
  parts: Parts,
): Promise<Asking> {
  const inGuild = await parts.guilds.member(guild, member);
  if (inGuild === null) throw new Refusal((say) => say.discord.serverGone);
  const guildLocale = parts.guilds.localeOf(guild);
  return askingAs({ guild, channel, isThere, ...inGuild, member, spoken: locale, guildLocale }, parts);
}

/**
 * Who sent an interaction, from where.
 *
 * @throws Refusal where it came as a direct message and belongs to no guild
 */
export async function askingBy(interaction: Interaction, parts: Parts): Promise<Asking> {
  const member = memberOf(interaction);
  const spoken = localeIn(interaction.locale);
  const { guild_id: guild, channel_id: channel, member: standing } = interaction;
  if (guild === undefined || standing === undefined) {
    const named = serverNamed(interaction);
    const last =
      named === undefined ? await guildForDirect(member, parts) : await placeIn(named, member, parts);
    return askingFrom({ ...last, locale: spoken ?? last.locale }, member, false, parts);
  }
  const isThread = [10, 11, 12].includes(interaction.channel?.type ?? -1);
  return askingAs(
    {
      guild,
      isThere: true,
      channel: (isThread ? interaction.channel?.parent_id : null) ?? parts.guilds.parentOf(channel),
      member,
      permissions: BigInt(standing.permissions),
      roles: standing.roles,
      spoken,
      guildLocale: interaction.guild_locale,
    },
    parts,
  );
}

/** The request for what was typed, pressed or written. */
export function requestOf(
  { command, input }: Pick<Request, "command" | "input">,
  asking: Asking,
  sentAt: Instant,
  id: string,
  { commands }: Parts,
  later: NonNullable<Request["later"]>,
): Request {
  const { place, isThere, channel, ...who } = asking;
  // Settings are for the place they are made in; everything else is for the channel that has rounds.
  const isForPlace = commands.find(({ name }) => name === command)?.who === "admin";
  return {
    ...who,
    channel: isForPlace ? place : channel,
    ...(isThere ? { place } : {}),
    command,
    input,
    sentAt,
    submission: submissionIdSchema.parse(id),
    // Most people's Discord is dark, and whose is not cannot be known.
    theme: "dark",
    later,
  };
}
