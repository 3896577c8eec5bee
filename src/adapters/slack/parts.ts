import type { Command } from "#core/command";
import type { Dispatch } from "#core/dispatch";
import type { Services } from "#core/services";
import type { Inflow } from "#src/adapters/chat/inflow";
import type { Pauses } from "#src/adapters/chat/pauses";
import type { Pause } from "./calls.ts";
import type { SlackChannels } from "./channels.ts";
import type { Members } from "./members.ts";
import type { Workspaces } from "./workspaces.ts";

/** What all of the adapter that hears members works with. */
export interface Parts {
  readonly commands: readonly Command[];
  readonly dispatch: Dispatch;
  readonly services: Services;
  readonly workspaces: Workspaces;
  readonly members: Members;
  readonly channels: SlackChannels;
  readonly pauses: Pauses;
  readonly inflow: Inflow;
  /** Before the names of slash commands, which are one namespace for all apps of a workspace. */
  readonly prefix: string;
  /** Where files may be read from; the token goes to no other host. */
  readonly fileOrigins: readonly string[];
  after(ms: number, task: () => void): () => void;
  readonly pause: Pause;
  newToken(): string;
}
