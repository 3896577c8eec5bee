import {
  ChannelType,
  type Client,
  DiscordAPIError,
  type Guild,
  PermissionFlagsBits,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import { z } from "zod";
import { type InvitePermission, invitePermissions } from "./invite.ts";
import type { GuildMember, Guilds } from "./parts.ts";
import { snowflakeSchema } from "./snowflake.ts";

const memberSchema = z.object({ roles: z.array(snowflakeSchema) });
const guildSchema = z.object({
  owner_id: snowflakeSchema,
  roles: z.array(z.object({ id: snowflakeSchema, permissions: z.string().regex(/^\d{1,30}$/) })),
});

/** Whose everything is, and what each role allows. */
interface Rights {
  readonly owner: string;
  readonly roles: ReadonlyMap<string, bigint>;
}

/** Everything that one's roles allow, and what everybody is allowed; owners may do all. */
function permissionsOf(
  guild: string,
  { owner, roles }: Rights,
  member: string,
  own: readonly string[],
): bigint {
  if (owner === member) return PermissionFlagsBits.Administrator;
  // The role of everybody has the id of the guild.
  return [guild, ...own].reduce((all, role) => all | (roles.get(role) ?? 0n), 0n);
}

const channelSchema = z.object({ guild_id: snowflakeSchema.optional(), type: z.number() });

/** Where a daily post can stand, and a thread hang on it. */
const postable: ReadonlySet<number> = new Set([ChannelType.GuildText, ChannelType.GuildAnnouncement]);

const gone: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
]);

/** Guilds as the gateway has told of them so far. */
export class KnownGuilds implements Guilds {
  readonly #client: () => Client;
  readonly #rest: REST;

  constructor(client: () => Client, rest: REST) {
    this.#client = client;
    this.#rest = rest;
  }

  #guild(id: string): Guild | undefined {
    return this.#client().guilds.cache.get(id);
  }

  nameOf(guild: string): string {
    return this.#guild(guild)?.name ?? guild;
  }

  localeOf(guild: string): string | undefined {
    return this.#guild(guild)?.preferredLocale;
  }

  ownerOf(guild: string): string | null {
    return this.#guild(guild)?.ownerId ?? null;
  }

  channelName(guild: string, channel: string): string {
    return this.#guild(guild)?.channels.cache.get(channel)?.name ?? channel;
  }

  parentOf(channel: string): string {
    const known = this.#client().channels.cache.get(channel);
    return known?.isThread() === true ? (known.parentId ?? channel) : channel;
  }

  async hasChannel(guild: string, channel: string): Promise<boolean> {
    const known = this.#client().channels.cache.get(channel);
    if (known !== undefined) return !known.isDMBased() && known.guildId === guild && postable.has(known.type);
    if (this.#guild(guild) !== undefined) return false;
    try {
      const { guild_id, type } = channelSchema.parse(await this.#rest.get(Routes.channel(channel)));
      return guild_id === guild && postable.has(type);
    } catch (error) {
      if (error instanceof DiscordAPIError && gone.has(error.code)) return false;
      throw error;
    }
  }

  async member(guild: string, member: string): Promise<GuildMember | null> {
    try {
      const { roles } = memberSchema.parse(await this.#rest.get(Routes.guildMember(guild, member)));
      return { roles, permissions: permissionsOf(guild, await this.#rightsIn(guild), member, roles) };
    } catch (error) {
      if (error instanceof DiscordAPIError && gone.has(error.code)) return null;
      throw error;
    }
  }

  /** Asked of Discord where the guild belongs to a shard of another process. */
  async #rightsIn(id: string): Promise<Rights> {
    const known = this.#guild(id);
    if (known !== undefined) {
      const roles = known.roles.cache.map((role) => [role.id, role.permissions.bitfield] as const);
      return { owner: known.ownerId, roles: new Map(roles) };
    }
    const { owner_id: owner, roles } = guildSchema.parse(await this.#rest.get(Routes.guild(id)));
    return { owner, roles: new Map(roles.map((role) => [role.id, BigInt(role.permissions)])) };
  }

  lacking(guild: string, channel: string): readonly InvitePermission[] {
    const known = this.#guild(guild);
    const me = known?.members.me;
    if (known === undefined || me == null) return [];
    const granted = known.channels.cache.get(channel)?.permissionsFor(me).bitfield;
    if (granted === undefined) return [];
    return invitePermissions.filter(({ bit }) => (granted & bit) === 0n);
  }
}
