import type { Command } from "#core/command";
import type { Role } from "#core/request";
import { Inflow } from "#src/adapters/chat/inflow";
import type { Calls } from "#src/adapters/discord/calls";
import { Interactions } from "#src/adapters/discord/interactions";
import { Listening } from "#src/adapters/discord/listening";
import type { Guilds } from "#src/adapters/discord/parts";
import { SeenIn } from "#src/adapters/discord/seen-in";
import type { Team } from "#test/doubles/team";
import { type Entry, editorsOf, watch } from "./watching.ts";

const APPLICATION = "1574953034943823872";
const GUILD = "1574953034943823874";
const OTHER_GUILD = "2574953034943823874";
const EDITORS = "1574953034943823899";
const MANAGE_GUILD = "32";

/** Every way in on Discord. A stranger is an admin of another server who names this one's channels and buttons. */
export async function discordEntries(commands: readonly Command[], team: Team): Promise<readonly Entry[]> {
  const channel = "1574953034943823875";
  await editorsOf(team, `discord:${GUILD}`, channel, [EDITORS]);
  const watched = watch(commands, team);
  const inflow = new Inflow(team.log);
  const calls = new Proxy({} as Calls, {
    get: (_, name) => async () => {
      if (name === "openForm") watched.opened();
      return "1574953034943823879";
    },
  });
  let writer: Role | "stranger" = "member";
  const rights = (as: Role | "stranger") => ({
    roles: as === "editor" ? [EDITORS] : [],
    permissions: as === "admin" || as === "stranger" ? MANAGE_GUILD : "0",
  });
  const guilds: Guilds = {
    nameOf: (guild) => guild,
    localeOf: () => undefined,
    channelName: (_, name) => name,
    parentOf: (one) => one,
    member: async () => ({ roles: rights(writer).roles, permissions: BigInt(rights(writer).permissions) }),
    lacking: () => [],
    hasChannel: async () => false,
    ownerOf: () => null,
  };
  const parts = {
    application: APPLICATION,
    calls,
    commands: watched.commands,
    services: { ...team.services, commands: watched.commands },
    guilds,
    seenIn: new SeenIn(team.services.store, team.services.clock),
    files: { origins: [], fetch },
    inflow,
    after: () => () => {},
    dispatch: watched.dispatch,
  };
  const listening = new Listening(parts);
  const interactions = new Interactions(parts, listening);
  let next = 1574953034943900000n;
  const interaction = (as: Role | "stranger", data: object) => {
    next += 1n;
    return {
      id: String(next),
      application_id: APPLICATION,
      token: "a-token",
      guild_id: as === "stranger" ? OTHER_GUILD : GUILD,
      channel_id: channel,
      channel: { id: channel, type: 0 },
      locale: "en-US",
      member: { user: { id: "1574953034943823876" }, ...rights(as) },
      message: { id: "1574953034943823877", flags: 0 },
      ...data,
    };
  };
  const entry = (name: string, data: (command: string) => object): Entry => ({
    name: `Discord, ${name}`,
    tenant: `discord:${GUILD}`,
    send: async (command, as) => {
      interactions.take(interaction(as, data(command)));
      await inflow.rest();
      return watched.take();
    },
  });
  const custom = (...words: readonly unknown[]): string => JSON.stringify(words);
  return [
    entry("a slash command", (name) => ({ type: 2, data: { id: "1", name, type: 1, options: [] } })),
    entry("a button", (name) => ({
      type: 3,
      data: { custom_id: custom("run", name, {}), component_type: 2 },
    })),
    entry("a menu", (name) => ({
      type: 3,
      data: { custom_id: custom("choice", name, {}, "what", false), component_type: 3, values: ["x"] },
    })),
    entry("a form", (name) => ({
      type: 5,
      data: {
        custom_id: custom("send", name, {}),
        components: [{ type: 1, components: [{ type: 4, custom_id: "text", value: "x" }] }],
      },
    })),
    {
      name: "Discord, a message that names the bot",
      tenant: `discord:${GUILD}`,
      send: async (command, as) => {
        next += 1n;
        writer = as;
        listening.take({
          id: String(next),
          channel_id: channel,
          guild_id: as === "stranger" ? OTHER_GUILD : GUILD,
          type: 0,
          author: { id: "1574953034943823876" },
          content: `<@${APPLICATION}> /${command}`,
          mentions: [{ id: APPLICATION }],
          attachments: [],
        });
        await inflow.rest();
        return watched.take();
      },
    },
  ];
}
