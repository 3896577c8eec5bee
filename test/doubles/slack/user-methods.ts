import { isTrue, relayed, shownMembers } from "./conversation-methods.ts";
import type { Front, Method } from "./front.ts";
import { type Json, objectIn, textIn } from "./json.ts";
import { SlackRefusal } from "./refusal.ts";
import { requireWorkspace } from "./rooms.ts";
import { workspaceById } from "./world.ts";

/** Seconds east of UTC, as users.info tells them. */
function offsetSeconds(tz: string, now: number): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: tz, timeZoneName: "longOffset" })
    .formatToParts(now)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(parts ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** emulate's user, with what emulate does not know of people. */
function userJson({ world, clock }: Front, json: Json, withLocale: boolean): Json {
  const person = world.people.get(textIn(json.id));
  if (person === undefined) return json;
  const { tz, locale, admin, owner } = person;
  return {
    ...json,
    tz,
    tz_label: tz,
    tz_offset: offsetSeconds(tz, clock.now()),
    is_admin: admin,
    is_owner: owner,
    is_primary_owner: owner,
    is_restricted: false,
    is_ultra_restricted: false,
    ...(withLocale ? { locale } : {}),
  };
}

const info: Method = async (front, call) => {
  const id = textIn(call.args.user);
  const person = front.world.people.get(id);
  const [first = ""] = call.grant.emulateTokens.keys();
  const workspaceId = person?.workspaceId ?? first;
  if (!call.grant.emulateTokens.has(workspaceId)) throw new SlackRefusal("user_not_found");
  const body = await relayed(front, call, workspaceId);
  return { user: userJson(front, objectIn(body.user), isTrue(call.args.include_locale)) };
};

const list: Method = async (front, call) => {
  const body = await relayed(front, call, requireWorkspace(front, call));
  const members = shownMembers(body).map((json) => userJson(front, json, isTrue(call.args.include_locale)));
  return { members, response_metadata: objectIn(body.response_metadata) };
};

const team: Method = async (front, call) => {
  const workspace = workspaceById(front.world, requireWorkspace(front, call));
  const { id, name, domain, enterpriseId } = workspace;
  return { team: { id, name, domain, ...(enterpriseId === null ? {} : { enterprise_id: enterpriseId }) } };
};

const bot: Method = async (front, call) => {
  const workspace = workspaceById(front.world, requireWorkspace(front, call));
  if (call.args.bot !== undefined && call.args.bot !== workspace.botId)
    throw new SlackRefusal("bot_not_found");
  const { botId, botUserId } = workspace;
  return {
    bot: {
      id: botId,
      user_id: botUserId,
      app_id: front.world.appId,
      name: front.manifest.name,
      deleted: false,
    },
  };
};

export const userMethods: Readonly<Record<string, Method>> = {
  "users.info": info,
  "users.list": list,
  "team.info": team,
  "bots.info": bot,
};
