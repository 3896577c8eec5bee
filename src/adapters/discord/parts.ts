import type { Command } from "#core/command";
import type { Dispatch } from "#core/dispatch";
import type { Services } from "#core/services";
import type { Inflow } from "#src/adapters/chat/inflow";
import type { FileSource } from "#src/adapters/chat/text-file";
import type { Calls } from "./calls.ts";
import type { InvitePermission } from "./invite.ts";
import type { SeenIn } from "./seen-in.ts";

/** A member as a guild knows them. */
export interface GuildMember {
  readonly roles: readonly string[];
  readonly permissions: bigint;
}

/** What the adapter knows of guilds, from the gateway and by asking. */
export interface Guilds {
  nameOf(guild: string): string;
  /** The guild's own language as Discord names it. */
  localeOf(guild: string): string | undefined;
  channelName(guild: string, channel: string): string;
  /** The channel that a thread hangs on, or the channel itself. */
  parentOf(channel: string): string;
  /** Whether the guild has a text or announcement channel with that id. */
  hasChannel(guild: string, channel: string): Promise<boolean>;
  /** Null where they are not in the guild, or the bot is not. */
  member(guild: string, member: string): Promise<GuildMember | null>;
  /** What the bot needs in the channel and was not granted. */
  lacking(guild: string, channel: string): readonly InvitePermission[];
  ownerOf(guild: string): string | null;
}

/** What both halves of the adapter work with: interactions, and what members write. */
export interface Parts {
  /** The bot's own id as a member, which is also its application's. */
  readonly application: string;
  readonly calls: Calls;
  readonly commands: readonly Command[];
  readonly dispatch: Dispatch;
  readonly services: Services;
  readonly guilds: Guilds;
  readonly seenIn: SeenIn;
  readonly files: FileSource;
  readonly inflow: Inflow;
  after(ms: number, task: () => void): () => void;
}
