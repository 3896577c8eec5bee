import type { Clock } from "#core/ports";
import type { DeliveryFaults, Faults, SocketFaults } from "./faults.ts";
import type { Json } from "./json.ts";
import type { ChannelOptions } from "./options.ts";
import type { Captured, Download, Ping, SentToApp } from "./records.ts";

/** A message as one person sees it. */
export interface SeenMessage {
  readonly ts: string;
  readonly channelId: string;
  /** The message whose thread it is in; null at the top of the channel. */
  readonly threadTs: string | null;
  readonly content: string;
  readonly blocks: readonly Json[];
  readonly files: readonly SeenFile[];
  readonly metadata: Json | null;
  /** Only the member it was for sees it. */
  readonly ephemeral: boolean;
  readonly edits: number;
  /** By the app, or by whom. */
  readonly author: string;
  /** Every word in it, top to bottom: of the blocks where there are any (Slack shows no `text` then), else the text;
   * labels of elements, names and alt texts of files. Entities like `&amp;` are as Slack would draw them. */
  readonly text: string;
}

export interface SeenFile {
  readonly id: string;
  readonly name: string;
  readonly alt: string | null;
  readonly size: number;
  readonly mimetype: string;
  /** `url_private_download`: on the double's own file host. */
  readonly url: string;
  readonly bytes: Uint8Array;
}

export interface Choice {
  readonly text: string;
  readonly value: string;
}

/** One input of an open view. */
export interface ViewField {
  readonly blockId: string;
  readonly actionId: string;
  /** plain_text_input, static_select, external_select … */
  readonly type: string;
  readonly label: string;
  /** What stands in it when it opens: text, or the value of what is selected. */
  readonly value: string;
  readonly placeholder: string;
  readonly required: boolean;
  /** What a static select offers. */
  readonly choices: readonly Choice[];
  readonly minLength: number;
  readonly maxLength: number;
}

/** A modal or a home, as its member sees it. */
export interface SeenView {
  readonly id: string;
  readonly hash: string;
  readonly type: "modal" | "home";
  readonly title: string;
  readonly callbackId: string;
  readonly privateMetadata: string;
  /** The label of the button that sends it; null where there is none. */
  readonly submit: string | null;
  readonly fields: readonly ViewField[];
  readonly blocks: readonly Json[];
  readonly text: string;
}

/** What a member puts into a field: text, a value or label that is offered, several of them, or nothing. */
export type FieldValue = string | readonly string[] | null;

export type AckKind =
  /** Nothing but 200 or the envelope's id; a submitted view closes. */
  | "empty"
  /** Text or blocks in the acknowledgement of a command. */
  | "message"
  | "errors"
  | "update"
  | "push"
  | "clear"
  | "choices";

/** One thing a member did that the app must acknowledge, and all that came of it. */
export interface Interaction {
  /** The trigger id that went with it; "" where none does. */
  readonly triggerId: string;
  /** The response URL that went with it; "" where none does. */
  readonly responseUrl: string;
  /** What was sent to the app. */
  readonly payload: Json;
  /** When the member did it, ms since 1970 by the double's clock. */
  readonly at: number;
  /** How it was acknowledged, how long after; throws "did not respond" after 3 s of the clock, or where the app answered
   * with an error. */
  acked(): Promise<{ readonly kind: AckKind; readonly afterMs: number }>;
  /** The first message to this member that came of it: in the acknowledgement, by its response URL (a replaced original
   * too), or an ephemeral one posted to them there since. */
  reply(): Promise<SeenMessage>;
  /** All of those, oldest first, as they stand now. */
  replies(): readonly SeenMessage[];
  /** The view that came of it: opened or pushed with its trigger, or put there by the acknowledgement. As it is now. */
  view(): Promise<SeenView>;
  /** The messages beside the fields, by block id, where a submission was acknowledged with errors. */
  errors(): Promise<Readonly<Record<string, string>>>;
  choices(): Promise<readonly Choice[]>;
  /** Reads as the member does: nobody answered in time. */
  readonly failed: boolean;
}

/** An event on its way to the app. */
export interface Delivery {
  readonly eventId: string;
  readonly event: Json;
  /** Acknowledged by the app; throws where it was not, or where nothing subscribes to it. */
  acked(): Promise<{ readonly afterMs: number }>;
}

export interface FileToSend {
  readonly name: string;
  readonly bytes: Uint8Array | (() => AsyncIterable<Uint8Array>);
  readonly mimetype?: string;
  /** The size that Slack declares; by default the real one. A stream must say. */
  readonly size?: number;
  /** Where the file says it is, if not on the double's own host: no token must go there. */
  readonly url?: string;
}

export interface Place {
  readonly id: string;
}

export interface Said {
  readonly message: SeenMessage;
  /** The events that this made: app_mention, message.im, …; those that the app subscribes to. */
  readonly deliveries: readonly Delivery[];
}

export interface SayOptions {
  readonly files?: readonly FileToSend[];
  /** In the thread of this message. */
  readonly thread?: SeenMessage;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly workspaceId: string;
  /** Types a slash command; throws where the manifest has none of this name. Not possible in threads, as on Slack. */
  slash(where: Place, command: string, text?: string): Promise<Interaction>;
  /** Presses the button with this label or action id, in a message that the member sees, a modal or a home. */
  press(on: SeenMessage | SeenView, button: string): Promise<Interaction>;
  /** Picks in the select, menu or picker with this action id, placeholder or block label: options by value or text, dates
   * and times as such, channels and members by id. Not for inputs of a modal that send nothing by themselves. */
  choose(on: SeenMessage | SeenView, element: string, value: FieldValue): Promise<Interaction>;
  /** Types into an external select; throws where the typed text is shorter than its min_query_length. */
  suggest(on: SeenMessage | SeenView, element: string, typed: string): Promise<Interaction>;
  /** Fills in the open modal by block id, action id or label, and sends it; throws where Slack's own client would not let
   * a member send. What an external select is given must have been suggested before. */
  submit(view: SeenView, values?: Readonly<Record<string, FieldValue>>): Promise<Interaction>;
  /** Closes the top view, or with `all` the whole stack; null where the app did not ask to be told. */
  close(view: SeenView, all?: boolean): Promise<Interaction | null>;
  /** A shortcut by its name: on a message, or global. */
  shortcut(name: string, message?: SeenMessage): Promise<Interaction>;
  /** Sends any interactive payload, as somebody who forged one would: merged over what a button press there would send. */
  forge(where: Place, payload: Json): Promise<Interaction>;
  /** Writes in a channel, with the app's mention before it. */
  mention(where: Place, text: string, extra?: SayOptions): Promise<Said>;
  /** Writes to the app in their direct messages. */
  direct(text: string, extra?: SayOptions): Promise<Said>;
  /** Writes in a channel, without mentioning anybody. */
  say(where: Place, text: string, extra?: SayOptions): Promise<Said>;
  /** Changes a message of their own. */
  edit(message: SeenMessage, text: string): Promise<Said>;
  /** The direct messages between this member and the app. */
  readonly dm: Place;
  /** Opens the app's home tab (or its messages tab). */
  openHome(tab?: "home" | "messages"): Promise<readonly Delivery[]>;
  /** What this member sees there now, oldest first: everybody's messages, with those in threads, and the ephemeral ones
   * for them. */
  sees(where: Place): readonly SeenMessage[];
  /** The newest message that fits, as soon as there is one. */
  waitFor(where: Place, fits: (message: SeenMessage) => boolean): Promise<SeenMessage>;
  /** The modal on top now; null where none is open. */
  view(): SeenView | null;
  /** The home that was published for them; null where none was. */
  home(): SeenView | null;
  /** Goes through "Add to Slack": the app's install page, Slack's consent page, back to the app; gives what the app
   * shows at the end. `org` installs it for the whole organisation. */
  install(installUrl: string, extra?: InstallOptions): Promise<Installed>;
  /** Reloads Slack: ephemeral messages are gone. */
  reload(): void;
  setAdmin(admin: boolean): void;
  setLocale(locale: string): void;
  setTz(tz: string): void;
}

export interface InstallOptions {
  readonly org?: boolean;
  /** Presses "Cancel" on the consent page. */
  readonly deny?: boolean;
  /** Comes back with another browser, so without the cookie it left with. */
  readonly otherBrowser?: boolean;
}

export interface Installed {
  readonly status: number;
  readonly body: string;
  /** Where the app sent the member, in the end. */
  readonly url: string;
  /** The scopes that the consent page showed. */
  readonly scopes: readonly string[];
}

export interface Channel extends Place {
  readonly name: string;
  readonly workspaceId: string;
  /** With channel_archive, channel_deleted, member_joined_channel … to those who subscribe. */
  archive(): Promise<void>;
  unarchive(): Promise<void>;
  delete(): Promise<void>;
  removeBot(): Promise<void>;
  inviteBot(): Promise<void>;
  addMember(member: Member): Promise<void>;
  removeMember(member: Member): Promise<void>;
  /** Deletes one message, as an admin would. */
  deleteMessage(message: SeenMessage): Promise<void>;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly enterpriseId: string | null;
  /** The token of the app's bot there; throws where it is not installed. */
  readonly botToken: string;
  readonly botUserId: string;
  readonly botId: string;
  channel(name: string): Channel;
  member(name: string): Member;
  addChannel(name: string, options?: Omit<ChannelOptions, "name">): Promise<Channel>;
  /** Takes a scope from the installed app, or gives it back. */
  takeScope(scope: string): void;
  giveScope(scope: string): void;
  /** tokens_revoked, and the token is good for nothing. */
  revokeToken(): Promise<readonly Delivery[]>;
  /** tokens_revoked and app_uninstalled, in either order as `first` says. */
  uninstall(first?: "tokens_revoked" | "app_uninstalled"): Promise<readonly Delivery[]>;
  /** Sends any event there, subscribed to or not. */
  emit(event: Json): Promise<Delivery>;
  /** Tells the app that Slack holds its events back for a minute: a payload of its own, with no event inside. */
  rateLimit(): Promise<Delivery>;
}

export interface SlackDouble {
  /** For `clientOptions.slackApiUrl`. */
  readonly api: string;
  /** Of the first workspace. */
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appId: string;
  /** For `installerOptions.authorizationUrl`. */
  readonly authorizeUrl: string;
  /** Origin of the host that files are served from; it answers only to the token. */
  readonly files: string;
  readonly downloads: readonly Download[];
  readonly clock: Clock & { advance(ms: number): void };
  /** In HTTP mode: where the app takes events, commands and interactions; several take turns. */
  deliverTo(...urls: readonly string[]): void;
  /** The first workspace, or the one of this name. */
  readonly workspace: (name?: string) => Workspace;
  /** In the first workspace. */
  readonly channel: (name: string) => Channel;
  readonly member: (name: string) => Member;
  readonly captured: readonly Captured[];
  /** Requests that were refused as Slack would, or that break a rule: a test that expects none asserts []. */
  readonly refusals: readonly Captured[];
  /** Whom the app's messages rang. */
  readonly pings: readonly Ping[];
  /** Everything that was sent to the app, first deliveries and repeats, oldest first. */
  readonly sent: readonly SentToApp[];
  readonly socket: SocketFaults;
  readonly faults: Faults;
  readonly deliveries: DeliveryFaults;
  /** Settles as soon as the condition holds; checked after everything that happens. */
  until(what: string, holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}
