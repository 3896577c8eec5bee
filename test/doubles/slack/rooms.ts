import type { Call, Front } from "./front.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Room } from "./world.ts";

/** Whether the app may know of it. */
export const canSee = ({ deleted, kind, hasBot }: Room): boolean => !deleted && (kind === "public" || hasBot);

/** The channel of this id, if the token is good for its workspace and may know of it. */
export function requireRoom({ world }: Front, { grant }: Call, id: string): Room {
  const room = world.rooms.get(id);
  if (room === undefined || !grant.emulateTokens.has(room.workspaceId) || !canSee(room))
    throw new SlackRefusal("channel_not_found");
  return room;
}

/** The workspace that a call without a channel is about: the only one of the token, or the one it names. */
export function requireWorkspace({ world }: Front, { grant, args }: Call): string {
  const [only, ...more] = grant.emulateTokens.keys();
  if (grant.enterpriseId === null && only !== undefined && more.length === 0) return only;
  const named = args.team_id;
  if (typeof named !== "string") throw new SlackRefusal("missing_argument", { needed: "team_id" });
  if (!world.workspaces.has(named) || !grant.emulateTokens.has(named))
    throw new SlackRefusal("team_access_not_granted");
  return named;
}
