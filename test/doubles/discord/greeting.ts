import { GatewayIntentBits } from "discord.js";
import { isJson, type Json, objectsIn } from "./form.ts";
import { memberJson, userJson } from "./message-json.ts";
import type { Session } from "./session.ts";
import type { Twin } from "./twin.ts";
import { bitsOf, everyoneBits, isThread, type Room, type World } from "./world.ts";

/** What the twin's channels lack: who may not do what, and whose direct messages they are. */
export function completeChannel(world: World, json: Json): Json {
  const room = world.rooms.get(String(json.id));
  if (room === undefined) return json;
  if (room.memberId !== null)
    return {
      id: room.id,
      type: room.type,
      last_message_id: null,
      recipients: [userJson(world, room.memberId)],
    };
  if (isThread(room)) return { ...json, thread_metadata: { ...threadState(json), archived: room.archived } };
  return { ...json, permission_overwrites: overwrites(world, room) };
}

const threadState = (json: Json): Json => (isJson(json.thread_metadata) ? json.thread_metadata : {});

const overwrites = (world: World, { denied }: Room): readonly Json[] =>
  denied.size === 0 ? [] : [{ id: world.botId, type: 1, allow: "0", deny: String(bitsOf(denied)) }];

/** A guild as a client without the members' intent learns of it: of its members only itself. */
function completeGuild(world: World, json: Json, intents: number): Json {
  const guild = world.guilds.get(String(json.id));
  const channels = objectsIn(json.channels).map((channel) => completeChannel(world, channel));
  const threads = new Set([...world.rooms.values()].filter(isThread).map(({ id }) => id));
  const people = [...world.people.values()].filter(({ guildId }) => guildId === json.id);
  const seesMembers = (intents & GatewayIntentBits.GuildMembers) !== 0;
  const roles = [...(guild?.roles ?? [])].map(([name, id], at) => roleJson(id, name, 0n, at + 1));
  return {
    ...json,
    preferred_locale: guild?.locale ?? "en-US",
    channels: channels.filter(({ id }) => !threads.has(String(id))),
    threads: channels.filter(({ id }) => threads.has(String(id))),
    roles: [roleJson(String(json.id), "@everyone", everyoneBits, 0), ...roles],
    members: [
      { ...memberJson({ roles: [] }), user: userJson(world, world.botId) },
      ...(seesMembers ? people : []).map((person) => ({
        ...memberJson(person),
        user: userJson(world, person.id),
      })),
    ],
    member_count: people.length + 1,
  };
}

const roleJson = (id: string, name: string, bits: bigint, position: number): Json => ({
  id,
  name,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  position,
  permissions: String(bits),
  managed: false,
  mentionable: false,
  flags: 0,
});

/** The guild as GUILD_CREATE brings it to a session. */
export async function guildJson(world: World, twin: Twin, id: string, intents: number): Promise<Json> {
  const { guilds } = await twin.greeting();
  const json = guilds.find((each) => each.id === id);
  if (json === undefined) throw new Error(`the twin has no guild ${id}`);
  return completeGuild(world, json, intents);
}

/** READY and the guilds of the session's shard. */
export async function greet(world: World, twin: Twin, session: Session, resumeUrl: string): Promise<void> {
  const { ready, guilds } = await twin.greeting();
  const [shard, count] = session.shard;
  const own = guilds.filter(
    ({ id }) =>
      world.guilds.get(String(id))?.hasBot === true &&
      Number((BigInt(String(id)) >> 22n) % BigInt(count)) === shard,
  );
  session.dispatch("READY", {
    ...ready,
    session_id: session.id,
    resume_gateway_url: resumeUrl,
    shard: session.shard,
    guilds: own.map(({ id }) => ({ id, unavailable: true })),
    application: { id: world.botId, flags: 0 },
  });
  if ((session.intents & GatewayIntentBits.Guilds) !== 0)
    for (const guild of own) session.dispatch("GUILD_CREATE", completeGuild(world, guild, session.intents));
  session.greeted();
}
