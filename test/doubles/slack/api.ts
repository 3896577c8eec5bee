import type { IncomingMessage } from "node:http";
import { authMethods, openConnection } from "./auth-methods.ts";
import { chatMethods } from "./chat-methods.ts";
import { conversationMethods } from "./conversation-methods.ts";
import { fileMethods } from "./file-methods.ts";
import type { Front, Method } from "./front.ts";
import type { Json } from "./json.ts";
import { textIn } from "./json.ts";
import { basicOf, tokenOf } from "./reading.ts";
import type { Captured } from "./records.ts";
import { missingScope, SlackRefusal } from "./refusal.ts";
import { type MethodRule, methods } from "./rules.ts";
import { userMethods } from "./user-methods.ts";
import { viewMethods } from "./view-methods.ts";
import type { Violation } from "./violation.ts";
import type { Grant, Room } from "./world.ts";

const handlers: Readonly<Record<string, Method>> = {
  ...authMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...userMethods,
  ...viewMethods,
};

const prefixes: Readonly<Record<Room["kind"], string>> = { public: "channels", private: "groups", im: "im" };

const kindOf: Readonly<Record<string, string>> = {
  public_channel: "channels",
  private_channel: "groups",
  im: "im",
  mpim: "mpim",
};

/** The scopes that a call needs; those of a channel's kind by the channel that it names. */
function needed({ world }: Front, rule: MethodRule, args: Json): readonly string[] {
  return rule.scopes.flatMap((scope) => {
    const [by, what = ""] = scope.split(":", 2);
    if (by === "by channel") {
      const room = world.rooms.get(textIn(args.channel));
      return [`${prefixes[room?.kind ?? "public"]}:${what}`];
    }
    if (by !== "by types") return [scope];
    return (textIn(args.types) || "public_channel")
      .split(",")
      .map((type) => `${kindOf[type] ?? type}:${what}`);
  });
}

/** The grant that a token is of; throws as the service does where it is none. */
function authorise({ world }: Front, token: string | null): Grant {
  if (token === null) throw new SlackRefusal("not_authed");
  const grant = world.grants.find((each) => each.token === token);
  if (grant === undefined) throw new SlackRefusal("invalid_auth");
  if (grant.state === "revoked") throw new SlackRefusal("token_revoked");
  if (grant.state === "uninstalled") throw new SlackRefusal("account_inactive");
  return grant;
}

/** Arguments that the method does not know: Slack ignores them, so whoever sent them meant something else. */
function strangers(args: Json, rule: MethodRule): readonly Violation[] {
  return (
    Object.keys(args)
      // Bolt sends the workspace along with every call.
      .filter((name) => name !== "token" && name !== "team_id" && !rule.args.includes(name))
      .map((name) => ({ path: `/${name}`, error: "manners", message: `the method has no argument ${name}` }))
  );
}

export interface Answered {
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whose workspace a request is about, as far as its token tells; null where it tells nothing. */
export function workspaceOf({ world }: Front, token: string | null, args: Json): string | null {
  const grant = world.grants.find((each) => each.token === token);
  const named = world.rooms.get(textIn(args.channel))?.workspaceId;
  const [first = null] = grant?.emulateTokens.keys() ?? [];
  return named ?? first;
}

/** Judges and answers one call of the Web API. */
export async function answerCall(
  front: Front,
  request: IncomingMessage,
  captured: Captured,
): Promise<Answered> {
  const { method, body: args } = captured;
  const rule = methods.get(method);
  const done = (body: Json, scopes: Iterable<string> = [], accepted: readonly string[] = []): Answered => ({
    body: { ok: true, ...body },
    headers: { "x-oauth-scopes": [...scopes].join(","), "x-accepted-oauth-scopes": accepted.join(",") },
  });
  if (rule === undefined) throw new SlackRefusal("unknown_method", { req_method: method });
  const token = tokenOf(request, args);
  if (method === "oauth.v2.access") return done(await front.oauth.exchange({ ...basicOf(request), ...args }));
  if (method === "apps.connections.open") {
    if (token === null) throw new SlackRefusal("not_authed");
    if (token !== front.appToken)
      throw new SlackRefusal(/^xox/.test(token) ? "not_allowed_token_type" : "invalid_auth");
    return done(openConnection(front), ["connections:write"]);
  }
  const handler = handlers[method];
  if (handler === undefined) throw new Error(`the table knows ${method}, the front does not`);
  if (token === front.appToken) throw new SlackRefusal("not_allowed_token_type");
  const grant = authorise(front, token);
  const scopes = needed(front, rule, args);
  const missing = scopes.filter((scope) => !grant.scopes.has(scope));
  if (missing.length > 0) throw missingScope(missing.join(","), grant.scopes);
  const manners: Violation[] = [...strangers(args, rule)];
  try {
    const { token: _token, ...rest } = args;
    return done(await handler(front, { method, args: rest, grant, manners }), grant.scopes, scopes);
  } finally {
    captured.violations = manners;
  }
}
