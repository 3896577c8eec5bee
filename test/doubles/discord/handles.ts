import type { APIEmbed, APIMessageComponent } from "discord.js";
import type { Clock } from "#core/ports";
import type { RateLimits } from "./buckets.ts";
import type { Faults, GatewayFaults, HttpFault } from "./faults.ts";
import type { Violation } from "./violation.ts";

export interface MemberOptions {
  readonly name: string;
  /** May manage the server: sees commands that ask for that, and their presses carry the permission. */
  readonly admin?: boolean;
  /** The language of this member's own Discord. Default en-US. */
  readonly locale?: string;
  /** Names of the guild's roles. */
  readonly roles?: readonly string[];
}

export interface GuildOptions {
  readonly name: string;
  readonly channels: readonly string[];
  readonly members: readonly MemberOptions[];
  readonly roles?: readonly string[];
  /** The guild's preferred language. Default en-US. */
  readonly locale?: string;
}

export interface DoubleOptions {
  /** Default: one guild "team" with the channel "daily", the admin "ann" and the member "bo". */
  readonly guilds?: readonly GuildOptions[];
  /** What says how late it is; by default this machine's clock, which `advance` puts forward. */
  readonly clock?: Clock;
  /** Privileged intents that the application was granted; identifying with another closes with 4014. */
  readonly privileged?: readonly ("GuildMembers" | "GuildPresences" | "MessageContent")[];
  readonly heartbeatMs?: number;
  /** How long a nonce is remembered. Default 3 minutes. */
  readonly nonceWindowMs?: number;
  /** Active threads that a guild takes: Discord has a limit and does not say which. Default: none. */
  readonly mostThreads?: number;
  /** Default: so generous that nothing waits; `discordRateLimits` for the documented ones. */
  readonly rateLimits?: RateLimits;
  /** False where a flood of messages would only measure the twin: the front alone keeps them. Default true. */
  readonly keepsInTwin?: boolean;
  /** What `GET /gateway/bot` recommends. Default 1. */
  readonly shards?: number;
  /** Real time after which a wait for something that never comes gives up. Default 5 s. */
  readonly patienceMs?: number;
}

/** A message as one person sees it. */
export interface SeenMessage {
  readonly id: string;
  readonly channelId: string;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageComponent[];
  readonly attachments: readonly SeenAttachment[];
  /** Only the member who caused it sees it. */
  readonly ephemeral: boolean;
  /** A deferred reply that has no content yet. */
  readonly thinking: boolean;
  readonly edits: number;
  /** By the bot, or by whom. */
  readonly author: string;
  /** Every word in it, top to bottom: content, embeds, labels of components, names and alt texts of files. */
  readonly text: string;
}

export interface SeenAttachment {
  readonly id: string;
  readonly name: string;
  readonly alt: string | null;
  readonly size: number;
  readonly contentType: string;
  /** Where the fake host serves it. */
  readonly url: string;
  readonly bytes: Uint8Array;
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** A form that a member has open before them. */
export interface OpenForm {
  readonly title: string;
  readonly customId: string;
  readonly fields: readonly {
    readonly customId: string;
    readonly label: string;
    readonly value: string;
    readonly placeholder: string;
    readonly required: boolean;
    readonly minLength: number;
    readonly maxLength: number;
  }[];
  readonly text: string;
  /** Fills it in by custom id, or by label, and sends it; throws where Discord's own form would not let a member send. */
  submit(values: Readonly<Record<string, string | readonly string[]>>): Promise<Interaction>;
}

export type FirstResponse =
  | "message"
  | "deferred message"
  | "update"
  | "deferred update"
  | "form"
  | "choices";

/** One thing a member did, and all that came of it. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** When the member did it, ms since 1970 by the double's clock. */
  readonly at: number;
  /** What the first response was; throws "did not respond" after 3 s of the clock. */
  first(): Promise<{ readonly kind: FirstResponse; readonly afterMs: number }>;
  /** The reply, once it is more than "thinking". For an update: the message that was changed. */
  reply(): Promise<SeenMessage>;
  /** The reply as it stands now; null where there is none. */
  now(): SeenMessage | null;
  /** The follow-up with this number, from 0. */
  followUp(index?: number): Promise<SeenMessage>;
  followUps(): readonly SeenMessage[];
  form(): Promise<OpenForm>;
  choices(): Promise<readonly Choice[]>;
  /** Reads as the member does: "The application did not respond" included. */
  readonly failed: boolean;
}

export type OptionValue = string | number | boolean | FileToSend;

export interface FileToSend {
  readonly name: string;
  readonly bytes: Uint8Array | (() => AsyncIterable<Uint8Array>);
  readonly contentType?: string;
  /** The size that Discord declares; by default the real one. A stream must say. */
  readonly size?: number;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  /** Runs a registered command: `slash(daily, "settings time", { at: "09:00" })`. Values are sent with the registered
   * types; throws where Discord's own client would not let a member send it. */
  slash(where: Place, command: string, options?: Readonly<Record<string, OptionValue>>): Promise<Interaction>;
  /** Types into one option of a command; the answer is `choices()`. */
  type(
    where: Place,
    command: string,
    focused: string,
    typed: string,
    others?: Readonly<Record<string, OptionValue>>,
  ): Promise<Interaction>;
  /** Presses the button with this label or custom id; the member must see the message. */
  press(message: SeenMessage, button: string): Promise<Interaction>;
  /** Picks values, by value or label, in the select menu with this custom id or placeholder. */
  pick(message: SeenMessage, menu: string, ...values: readonly string[]): Promise<Interaction>;
  /** A message context command on a message. */
  apply(command: string, message: SeenMessage): Promise<Interaction>;
  /** Sends any interaction data, as a client that does not play by the rules would: a forged custom id. */
  forge(where: Place, type: number, data: object, message?: SeenMessage): Promise<Interaction>;
  /** Writes a message; `<@id>` mentions. */
  say(where: Place, content: string, extra?: SayOptions): Promise<SeenMessage>;
  /** The direct messages between this member and the bot. */
  readonly direct: Place;
  /** What this member sees there now, oldest first: everybody's messages and their own ephemeral replies. */
  sees(where: Place): readonly SeenMessage[];
  /** The newest message that fits, as soon as there is one. */
  waitFor(where: Place, fits: (message: SeenMessage) => boolean): Promise<SeenMessage>;
  /** Refuses direct messages: posts to them fail with 50007. */
  closeDirect(closed: boolean): void;
  setAdmin(admin: boolean): void;
  setLocale(locale: string): void;
}

export interface SayOptions {
  readonly files?: readonly FileToSend[];
  readonly replyTo?: SeenMessage;
}

export interface Place {
  readonly id: string;
}

export interface Channel extends Place {
  readonly name: string;
  readonly guildId: string;
  /** Takes permissions from the bot here: "ViewChannel", "SendMessages", "CreatePublicThreads", … */
  deny(...permissions: readonly PermissionName[]): Promise<void>;
  allow(...permissions: readonly PermissionName[]): Promise<void>;
  /** Deletes the channel, as an admin would. */
  delete(): Promise<void>;
  /** Deletes one message, as a moderator would. */
  deleteMessage(message: SeenMessage): Promise<void>;
  /** Threads that hang on it, oldest first. */
  threads(): readonly Thread[];
}

export interface Thread extends Place {
  readonly name: string;
  readonly parentId: string;
  readonly archived: boolean;
  /** Puts it away, as Discord does after a while without a word; locked: as a moderator does, for good. */
  archive(how?: { readonly locked: boolean }): void;
  /** Deletes it, as a moderator would. */
  delete(): Promise<void>;
}

export type PermissionName =
  | "ViewChannel"
  | "SendMessages"
  | "EmbedLinks"
  | "AttachFiles"
  | "ReadMessageHistory"
  | "CreatePublicThreads"
  | "SendMessagesInThreads"
  | "MentionEveryone"
  | "ManageMessages";

export interface Guild {
  readonly id: string;
  readonly name: string;
  channel(name: string): Channel;
  member(name: string): Member;
  /** The id of a role. */
  role(name: string): string;
  addChannel(name: string): Promise<Channel>;
  addMember(options: MemberOptions): Promise<Member>;
  /** Takes the bot out of the guild: GUILD_DELETE, then 403 and no more events. */
  removeBot(): Promise<void>;
  inviteBot(): Promise<void>;
}

/** One request as it came in. */
export interface Captured {
  readonly method: string;
  /** Path under the API version, without the query: `/channels/1/messages`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The JSON body, of a form with files its `payload_json`; null where there is none. */
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly size: number }[];
  /** When, by the double's clock. */
  readonly at: number;
  /** What was answered; 0 where the connection was reset first. */
  status: number;
  /** Discord's error code; 0 where it was not refused. */
  code: number;
  violations: readonly Violation[];
  /** The fault that it met, by a test's order. */
  readonly fault: HttpFault["kind"] | null;
}

/** A message that would have rung somebody's phone. */
export interface Ping {
  readonly messageId: string;
  readonly everyone: boolean;
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

export interface DiscordDouble {
  /** For `new Client({ rest: { api } })`. */
  readonly api: string;
  readonly token: string;
  readonly applicationId: string;
  /** Origin of the host that attachments are served from. */
  readonly cdn: string;
  /** Bytes of attachments that were read from it so far. */
  readonly cdnBytes: number;
  readonly clock: Clock & { advance(ms: number): void };
  readonly guild: (name?: string) => Guild;
  /** In the first guild. */
  readonly channel: (name: string) => Channel;
  readonly member: (name: string) => Member;
  readonly captured: readonly Captured[];
  /** Requests that were refused as Discord would, or that break a rule: a test that expects none asserts []. */
  readonly refusals: readonly Captured[];
  /** Whom the bot's messages rang. */
  readonly pings: readonly Ping[];
  /** The registered commands, as the body said. */
  readonly commands: readonly {
    readonly name: string;
    readonly type: number;
    readonly guildId: string | null;
  }[];
  readonly gateway: GatewayFaults;
  readonly faults: Faults;
  /** Settles as soon as the condition holds; checked after everything that happens. */
  until(what: string, holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}
