import { createEmulator } from "emulate";
import { isJson, type Json, objectIn, objectsIn, textIn } from "./json.ts";
import type { WorkspaceOptions } from "./options.ts";
import { everyScope } from "./rules.ts";
import { asChannel } from "./world.ts";

export const CLIENT_ID = "100000000001.200000000002";
/** Of no application of anybody's. */
export const CLIENT_SECRET = "0123456789abcdef0123456789abcdef";
const REDIRECT = "http://127.0.0.1/front";
const ADMIN_TOKEN = "xoxp-front-admin";
const INSIDE_TOKEN = "xoxb-front-inside";
/** emulate knows one workspace and calls it so. */
const EMULATE_TEAM = "T000000001";

/** emulate, as the keeper of one workspace behind the front. */
export interface Emulate {
  /** Calls a method; `token` says as whom. Workspace ids come back as the front's. */
  call(method: string, args: Json, token: string): Promise<Json>;
  /** As the workspace's admin, whom no test knows. */
  readonly adminToken: string;
  /** As the app's bot, with every scope. */
  readonly insideToken: string;
  readonly botUserId: string;
  readonly botId: string;
  /** Ids by name. */
  readonly members: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
  /** The token that "Add to Slack" gives for these scopes. */
  install(memberId: string, scopes: readonly string[]): Promise<string>;
  /** Puts bytes where `files.getUploadURLExternal` said. */
  upload(url: string, bytes: Uint8Array, contentType: string): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

const form = (args: Json): URLSearchParams =>
  new URLSearchParams(
    Object.entries(args)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]),
  );

async function listed(
  call: Emulate["call"],
  method: string,
  of: string,
): Promise<ReadonlyMap<string, string>> {
  const body = await call(method, { limit: 1000, types: "public_channel,private_channel" }, ADMIN_TOKEN);
  return new Map(objectsIn(body[of]).map(({ name, id }) => [textIn(name), textIn(id)]));
}

/** @param number tells the workspaces of a run apart */
export async function startEmulate(
  workspace: WorkspaceOptions,
  ids: { readonly teamId: string; readonly appId: string; readonly number: number; readonly botName: string },
): Promise<Emulate> {
  const botUserId = `U0BOT${String(ids.number).padStart(5, "0")}`;
  const botId = `B0BOT${String(ids.number).padStart(5, "0")}`;
  const port = await freePort();
  const emulator = await createEmulator({
    service: "slack",
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    seed: {
      slack: {
        team: { name: workspace.name, domain: workspace.name },
        users: workspace.members.map(({ name, admin = false, owner = false }) => ({
          name,
          real_name: name,
          is_admin: admin || owner,
        })),
        channels: workspace.channels
          .map(asChannel)
          .map(({ name, private: isPrivate }) => ({ name, is_private: isPrivate })),
        oauth_apps: [
          {
            app_id: ids.appId,
            client_id: CLIENT_ID,
            client_secret: CLIENT_SECRET,
            name: ids.botName,
            redirect_uris: [REDIRECT],
            bot_id: botId,
            bot_user_id: botUserId,
            bot_name: ids.botName.toLowerCase(),
          },
        ],
        tokens: [
          { token: ADMIN_TOKEN, user: "admin", scopes: [...everyScope, "channels:manage", "groups:write"] },
          {
            token: INSIDE_TOKEN,
            type: "bot",
            user_id: botUserId,
            scopes: everyScope,
            app_id: ids.appId,
            client_id: CLIENT_ID,
            bot_id: botId,
            bot_user_id: botUserId,
          },
        ],
        strict_scopes: true,
      },
    },
  });

  const call: Emulate["call"] = async (method, args, token) => {
    const response = await fetch(`${emulator.url}/api/${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: form(args),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`emulate answered ${response.status} to ${method}: ${text.slice(0, 200)}`);
    return objectIn(JSON.parse(text.replaceAll(EMULATE_TEAM, ids.teamId)));
  };
  return {
    call,
    adminToken: ADMIN_TOKEN,
    insideToken: INSIDE_TOKEN,
    botUserId,
    botId,
    members: await listed(call, "users.list", "members"),
    channels: await listed(call, "conversations.list", "channels"),
    async install(memberId, scopes) {
      const consent = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, {
        method: "POST",
        redirect: "manual",
        body: form({
          user_id: memberId,
          redirect_uri: REDIRECT,
          scope: scopes.join(","),
          client_id: CLIENT_ID,
        }),
      });
      const code = new URL(consent.headers.get("location") ?? REDIRECT).searchParams.get("code");
      const args = { code, client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uri: REDIRECT };
      const body = await call("oauth.v2.access", args, "");
      if (!isJson(body) || body.ok !== true)
        throw new Error(`emulate did not install: ${String(body.error)}`);
      return textIn(body.access_token);
    },
    async upload(url, bytes, contentType) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": contentType },
        body: Buffer.from(bytes),
      });
      if (!response.ok) throw new Error(`emulate answered ${response.status} to an upload`);
    },
    stop: () => emulator.close(),
  };
}

/** emulate for a flood: it keeps no messages. */
export const withoutMessages = (emulate: Emulate): Emulate => ({
  ...emulate,
  call: async (method, args, token) =>
    /^chat\.post/.test(method)
      ? { ok: true, ts: "0.0", message_ts: "0.0" }
      : emulate.call(method, args, token),
});
