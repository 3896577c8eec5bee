import type { Clock } from "#core/ports";
import type { Json } from "./json.ts";

export interface MemberOptions {
  readonly name: string;
  /** `is_admin` in users.info. */
  readonly admin?: boolean;
  /** `is_owner` too: the primary owner of the workspace. */
  readonly owner?: boolean;
  /** The language of this member's own Slack. Default en-US. */
  readonly locale?: string;
  /** Default Asia/Shanghai. */
  readonly tz?: string;
}

export interface ChannelOptions {
  readonly name: string;
  readonly private?: boolean;
  /** Whether the bot was invited. Default true. */
  readonly withBot?: boolean;
}

export interface WorkspaceOptions {
  readonly name: string;
  /** A public channel that the bot is a member of, or one described. All members are in all of them. */
  readonly channels: readonly (string | ChannelOptions)[];
  readonly members: readonly MemberOptions[];
  /** The Enterprise Grid organisation that it belongs to. */
  readonly enterprise?: string;
  /** Whether the app is installed there from the start. Default: true in Socket Mode, false in HTTP mode. */
  readonly installed?: boolean;
}

/** What the double reads of an app manifest: everything else in it is Slack's own check's business. */
export type Manifest = Json;

export interface DoubleOptions {
  /** How what members do reaches the app. */
  readonly mode: "socket" | "http";
  /** Default: one workspace "team" with the channel "daily", the owner "ann" and the member "bo". */
  readonly workspaces?: readonly WorkspaceOptions[];
  /** The app as it was created: its slash commands, shortcuts, events and scopes. Without it every command is taken,
   * a shortcut's callback id is its name, and all scopes and events of the rule table are granted but those that read
   * channels. */
  readonly manifest?: Manifest;
  /** What says how late it is; by default this machine's clock, which `advance` puts forward. Timestamps of messages,
   * events and signatures, trigger ids, response URLs and acknowledgements live by it. */
  readonly clock?: Clock;
  /** chat.postMessage per second and channel; a higher number for floods. Default: no limit. */
  readonly postsPerSecond?: number;
  /** How long after `files.completeUploadExternal` blocks that show the file are refused, ms of the clock: Slack takes 1 to
   * 3 s. Default 0. */
  readonly fileReadyMs?: number;
  /** False where a flood of messages would only measure emulate: the front alone keeps them. Default true. */
  readonly keepsInEmulate?: boolean;
  /** Whether an event that was not acknowledged comes again by itself, as the clock goes: at once, 1 min, 5 min.
   * Default true. */
  readonly retries?: boolean;
  /** Real time after which a wait for something that never comes gives up. Default 5 s. */
  readonly patienceMs?: number;
}
