import { randomBytes } from "node:crypto";
import type { Front, Method } from "./front.ts";
import type { Json } from "./json.ts";
import { SlackRefusal } from "./refusal.ts";
import { type Grant, workspaceById } from "./world.ts";

/** Which workspace a token is of, and as whom. */
function identity({ world, manifest }: Front, grant: Grant): Json {
  const [id = ""] = grant.emulateTokens.keys();
  const workspace = workspaceById(world, id);
  const isOrg = grant.enterpriseId !== null;
  return {
    url: `https://${workspace.domain}.slack.com/`,
    team: isOrg ? grant.enterpriseId : workspace.name,
    user: manifest.name.toLowerCase(),
    team_id: isOrg ? grant.enterpriseId : workspace.id,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: isOrg,
    ...(workspace.enterpriseId === null ? {} : { enterprise_id: workspace.enterpriseId }),
  };
}

const revoke: Method = async (_front, { grant, args }) => {
  if (args.test !== true && args.test !== "1") grant.state = "revoked";
  return { revoked: grant.state === "revoked" };
};

const uninstall: Method = async (front, { grant, args }) => {
  if (!front.oauth.isClient(args)) throw new SlackRefusal("invalid_client_id");
  grant.state = "uninstalled";
  return {};
};

export const authMethods: Readonly<Record<string, Method>> = {
  "auth.test": async (front, { grant }) => identity(front, grant),
  "auth.revoke": revoke,
  "apps.uninstall": uninstall,
};

/** `apps.connections.open`, which takes the app's own token. */
export function openConnection(front: Front): Json {
  return { url: front.sockets.invite(front.origin, randomBytes(16).toString("hex")) };
}
