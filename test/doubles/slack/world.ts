import type { ChannelOptions, MemberOptions } from "./options.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly workspaceId: string;
  /** The channel of the direct messages with the app. */
  readonly directId: string;
  admin: boolean;
  owner: boolean;
  locale: string;
  tz: string;
}

export interface Room {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im";
  readonly members: Set<string>;
  /** Whose direct messages with the app these are. */
  readonly memberId: string | null;
  hasBot: boolean;
  archived: boolean;
  deleted: boolean;
}

/** What the app was granted in a workspace or an organisation. */
export interface Grant {
  readonly token: string;
  readonly scopes: Set<string>;
  /** Workspaces that it is good for, and its token in each one's emulate. */
  readonly emulateTokens: Map<string, string>;
  /** The organisation that it was made for; null where it is one workspace's. */
  readonly enterpriseId: string | null;
  readonly installedBy: string;
  state: "live" | "revoked" | "uninstalled";
}

export interface WorkspaceState {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly enterpriseId: string | null;
  readonly botUserId: string;
  readonly botId: string;
}

/** Workspaces, channels and people, as the service knows them. */
export interface World {
  readonly appId: string;
  readonly workspaces: Map<string, WorkspaceState>;
  readonly rooms: Map<string, Room>;
  readonly people: Map<string, Person>;
  readonly grants: Grant[];
}

/** The live grant that works in a workspace, null where the app is not installed there. */
export const grantFor = ({ grants }: World, workspaceId: string): Grant | null =>
  grants.findLast(({ state, emulateTokens }) => state === "live" && emulateTokens.has(workspaceId)) ?? null;

export function workspaceById(world: World, id: string): WorkspaceState {
  const workspace = world.workspaces.get(id);
  if (workspace === undefined) throw new Error(`there is no workspace ${id}`);
  return workspace;
}

export const asChannel = (channel: string | ChannelOptions): Required<ChannelOptions> => {
  const {
    name,
    private: isPrivate = false,
    withBot = true,
  } = typeof channel === "string" ? { name: channel } : channel;
  return { name, private: isPrivate, withBot };
};

export const asPerson = (
  { name, admin = false, owner = false, locale = "en-US", tz = "Asia/Shanghai" }: MemberOptions,
  ids: { readonly id: string; readonly workspaceId: string; readonly directId: string },
): Person => ({ ...ids, name, admin: admin || owner, owner, locale, tz });
