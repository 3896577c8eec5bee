import { ChannelType, PermissionFlagsBits } from "discord.js";
import type { GuildOptions, MemberOptions, PermissionName } from "./handles.ts";
import { refusals } from "./refusal.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly guildId: string;
  /** The direct messages with the bot. */
  readonly directId: string;
  readonly roles: readonly string[];
  admin: boolean;
  locale: string;
  closedDirect: boolean;
}

export interface Room {
  readonly id: string;
  readonly guildId: string | null;
  readonly name: string;
  readonly type: ChannelType;
  readonly parentId: string | null;
  /** Whose direct messages these are. */
  readonly memberId: string | null;
  readonly denied: Set<PermissionName>;
  archived: boolean;
  /** A thread that only a moderator opens again. */
  locked: boolean;
}

export interface GuildState {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  /** Ids by name. */
  readonly roles: ReadonlyMap<string, string>;
  hasBot: boolean;
}

/** Guilds, channels and people, as the service knows them. */
export interface World {
  readonly botId: string;
  readonly guilds: Map<string, GuildState>;
  readonly rooms: Map<string, Room>;
  readonly people: Map<string, Person>;
}

const botPermissions: readonly PermissionName[] = [
  "ViewChannel",
  "SendMessages",
  "EmbedLinks",
  "AttachFiles",
  "ReadMessageHistory",
  "CreatePublicThreads",
  "SendMessagesInThreads",
  // Discord grants it to everybody in a new guild: nothing but `allowed_mentions` keeps a bot from ringing them all.
  "MentionEveryone",
];

export const isThread = ({ type }: Room): boolean => type === ChannelType.PublicThread;

/** The channel whose overwrites count: a thread takes its parent's. */
const ruling = (world: World, room: Room): Room =>
  (isThread(room) && world.rooms.get(room.parentId ?? "")) || room;

/** What the bot may do in a channel. */
export function botMay(world: World, room: Room): ReadonlySet<PermissionName> {
  if (room.guildId === null) return new Set(botPermissions);
  const { denied } = ruling(world, room);
  return new Set(denied.has("ViewChannel") ? [] : botPermissions.filter((name) => !denied.has(name)));
}

export const bitsOf = (names: Iterable<PermissionName>): bigint =>
  [...names].reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);

/** What everybody may, and what an admin may besides. */
export const memberBits = ({ admin }: Person): bigint =>
  bitsOf(botPermissions) |
  PermissionFlagsBits.UseApplicationCommands |
  (admin ? PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageChannels : 0n);

export const everyoneBits: bigint = bitsOf(botPermissions) | PermissionFlagsBits.UseApplicationCommands;

/** The channel, if the bot may know of it; throws as the service answers where not. */
export function roomFor(world: World, id: string): Room {
  const room = world.rooms.get(id);
  if (room === undefined) throw refusals.unknownChannel();
  if (room.guildId === null) return room;
  if (world.guilds.get(room.guildId)?.hasBot !== true || !botMay(world, room).has("ViewChannel"))
    throw refusals.noAccess();
  return room;
}

export function requirePermission(world: World, room: Room, ...names: readonly PermissionName[]): void {
  const granted = botMay(world, room);
  if (names.some((name) => !granted.has(name))) throw refusals.noPermission();
}

export function personIn(
  world: World,
  { roles, admin = false, locale = "en-US", name }: MemberOptions,
  guild: GuildState,
  id: string,
  directId: string,
): Person {
  const roleIds = (roles ?? []).map((role) => guild.roles.get(role) ?? "");
  if (roleIds.includes("")) throw new Error(`${name} has a role that ${guild.name} has not`);
  const person = {
    id,
    name,
    guildId: guild.id,
    directId,
    roles: roleIds,
    admin,
    locale,
    closedDirect: false,
  };
  world.people.set(id, person);
  world.rooms.set(directId, {
    id: directId,
    guildId: null,
    name,
    type: ChannelType.DM,
    parentId: null,
    memberId: id,
    denied: new Set(),
    archived: false,
    locked: false,
  });
  return person;
}

export function roomIn(
  world: World,
  guildId: string,
  name: string,
  id: string,
  parentId: string | null = null,
): Room {
  const type = parentId === null ? ChannelType.GuildText : ChannelType.PublicThread;
  const room = {
    id,
    guildId,
    name,
    type,
    parentId,
    memberId: null,
    denied: new Set<PermissionName>(),
    archived: false,
    locked: false,
  };
  world.rooms.set(id, room);
  return room;
}

/** Builds the world that a test asks for. */
export function buildWorld(guilds: readonly GuildOptions[], nextId: () => string): World {
  const world: World = { botId: nextId(), guilds: new Map(), rooms: new Map(), people: new Map() };
  for (const { name, channels, members, roles = [], locale = "en-US" } of guilds) {
    const guild: GuildState = {
      id: nextId(),
      name,
      locale,
      roles: new Map(roles.map((role) => [role, nextId()])),
      hasBot: true,
    };
    world.guilds.set(guild.id, guild);
    for (const channel of channels) roomIn(world, guild.id, channel, nextId());
    for (const member of members) personIn(world, member, guild, nextId(), nextId());
  }
  return world;
}
