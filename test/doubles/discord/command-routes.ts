import { checkCommand, checkCommands } from "./command-rules.ts";
import { objectsIn } from "./form.ts";
import { type Answer, bodyOf, type Call, done, type Front, ok, type Route, refuseIf } from "./front.ts";
import { refusals } from "./refusal.ts";
import { commandJson } from "./registry.ts";

/** The guild that a route names; null for the commands of all guilds. */
function scope({ world }: Front, applicationId: string, guildId: string | undefined): string | null {
  if (applicationId !== world.botId) throw refusals.notFound();
  if (guildId === undefined) return null;
  if (world.guilds.get(guildId)?.hasBot !== true) throw refusals.noAccess();
  return guildId;
}

async function replace(front: Front, call: Call, applicationId = "", guildId?: string): Promise<Answer> {
  const where = scope(front, applicationId, guildId);
  if (!Array.isArray(call.body))
    throw refusals.form([
      { path: "", code: "LIST_TYPE_CONVERT", message: "Only iterables may be used in a List" },
    ]);
  refuseIf(checkCommands(call.body));
  const registered = front.registry.put(where, objectsIn(call.body), false);
  front.waiting.changed();
  return ok(registered.map((each) => commandJson(front.world.botId, each)));
}

async function add(front: Front, call: Call, applicationId = "", guildId?: string): Promise<Answer> {
  const where = scope(front, applicationId, guildId);
  const body = bodyOf(call);
  refuseIf(checkCommand(body));
  const others = front.registry.in(where).filter((each) => each.body.name !== body.name);
  refuseIf(
    checkCommands([...others.map((each) => each.body), body]).filter(({ path }) => path === "commands"),
  );
  const [made] = front.registry.put(where, [body], true);
  front.waiting.changed();
  return { status: 201, body: made && commandJson(front.world.botId, made) };
}

async function list(front: Front, _call: Call, applicationId = "", guildId?: string): Promise<Answer> {
  const where = scope(front, applicationId, guildId);
  return ok(front.registry.in(where).map((each) => commandJson(front.world.botId, each)));
}

async function removeGlobal(front: Front, _call: Call, applicationId = "", id = ""): Promise<Answer> {
  scope(front, applicationId, undefined);
  if (!front.registry.remove(id)) throw refusals.unknownCommand();
  return done;
}

async function removeGuilds(
  front: Front,
  _call: Call,
  applicationId = "",
  guildId = "",
  id = "",
): Promise<Answer> {
  scope(front, applicationId, guildId);
  if (!front.registry.remove(id)) throw refusals.unknownCommand();
  return done;
}

const all = /^\/applications\/(\d+)\/commands$/;
const guilds = /^\/applications\/(\d+)\/guilds\/(\d+)\/commands$/;

export const commandRoutes: readonly Route[] = [all, guilds]
  .flatMap((pattern) => [
    { method: "PUT", pattern, answer: replace },
    { method: "POST", pattern, answer: add },
    { method: "GET", pattern, answer: list },
  ])
  .concat([
    { method: "DELETE", pattern: /^\/applications\/(\d+)\/commands\/(\d+)$/, answer: removeGlobal },
    {
      method: "DELETE",
      pattern: /^\/applications\/(\d+)\/guilds\/(\d+)\/commands\/(\d+)$/,
      answer: removeGuilds,
    },
  ]);
