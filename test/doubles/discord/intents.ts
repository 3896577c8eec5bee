import { GatewayIntentBits } from "discord.js";
import type { Json } from "./form.ts";

const all = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === "number")
  .reduce((sum, bit) => sum | bit, 0);

export const isIntents = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && (value & ~all) === 0;

const privileged = {
  GuildMembers: GatewayIntentBits.GuildMembers,
  GuildPresences: GatewayIntentBits.GuildPresences,
  MessageContent: GatewayIntentBits.MessageContent,
} as const;

export type PrivilegedIntent = keyof typeof privileged;

/** Whether it asks for a privileged intent that it was not granted. */
export const isDisallowed = (intents: number, granted: readonly PrivilegedIntent[]): boolean =>
  (Object.keys(privileged) as PrivilegedIntent[]).some(
    (name) => !granted.includes(name) && (intents & privileged[name]) !== 0,
  );

const inGuilds: readonly (readonly [RegExp, number])[] = [
  [/^THREAD_MEMBERS_UPDATE$/, GatewayIntentBits.Guilds],
  [/^GUILD_MEMBER_/, GatewayIntentBits.GuildMembers],
  [/^(?:GUILD|CHANNEL|THREAD|STAGE)_/, GatewayIntentBits.Guilds],
  [/^MESSAGE_REACTION_/, GatewayIntentBits.GuildMessageReactions],
  [/^MESSAGE_/, GatewayIntentBits.GuildMessages],
  [/^TYPING_/, GatewayIntentBits.GuildMessageTyping],
];
const inDirect: readonly (readonly [RegExp, number])[] = [
  [/^MESSAGE_REACTION_/, GatewayIntentBits.DirectMessageReactions],
  [/^(?:MESSAGE|CHANNEL)_/, GatewayIntentBits.DirectMessages],
  [/^TYPING_/, GatewayIntentBits.DirectMessageTyping],
];

/** Whether a session with these intents hears of an event. */
export function isWanted(intents: number, type: string, data: Json): boolean {
  const guild = data.guild_id ?? (type.startsWith("GUILD_") ? data.id : undefined);
  const rule = (guild === undefined ? inDirect : inGuilds).find(([pattern]) => pattern.test(type));
  return rule === undefined || (intents & rule[1]) !== 0;
}

export const seesContent = (intents: number): boolean => (intents & GatewayIntentBits.MessageContent) !== 0;

/** The guild that an event belongs to; null for direct messages. */
export const guildOf = (type: string, data: Json): string | null => {
  const id = data.guild_id ?? (type.startsWith("GUILD_") ? data.id : null);
  return typeof id === "string" ? id : null;
};
