import type { Front } from "./front.ts";
import { completeChannel, guildJson } from "./greeting.ts";
import type { Channel, Guild, Thread } from "./handles.ts";
import { memberOf } from "./member.ts";
import { unpost } from "./posting.ts";
import { type GuildState, isThread, personIn, type Room, roomIn } from "./world.ts";

async function removeRoom({ world, messages, twin, waiting }: Front, { id }: Room): Promise<void> {
  world.rooms.delete(id);
  messages.removeChannel(id);
  await twin.ask("DELETE", `/channels/${id}`);
  waiting.changed();
}

const threadOf = (front: Front, room: Room): Thread => ({
  id: room.id,
  name: room.name,
  parentId: room.parentId ?? "",
  archived: room.archived,
  archive(how = { locked: false }) {
    room.archived = true;
    room.locked = how.locked;
  },
  async delete() {
    await removeRoom(front, room);
    const { id, guildId, parentId, type } = room;
    front.gateway.emit("THREAD_DELETE", { id, guild_id: guildId, parent_id: parentId, type });
  },
});

/** A channel as its admins and a test handle it. */
function channelOf(front: Front, room: Room): Channel {
  const { world, twin, gateway, messages, waiting } = front;
  const tell = async () => {
    const { body } = await twin.ask("GET", `/channels/${room.id}`);
    gateway.emit("CHANNEL_UPDATE", completeChannel(world, body as Record<string, unknown>));
  };
  return {
    id: room.id,
    name: room.name,
    guildId: room.guildId ?? "",
    async deny(...permissions) {
      for (const permission of permissions) room.denied.add(permission);
      await tell();
    },
    async allow(...permissions) {
      for (const permission of permissions) room.denied.delete(permission);
      await tell();
    },
    async delete() {
      const gone = [room, ...[...world.rooms.values()].filter(({ parentId }) => parentId === room.id)];
      for (const each of gone) await removeRoom(front, each);
      gateway.emit("CHANNEL_DELETE", {
        id: room.id,
        guild_id: room.guildId,
        type: room.type,
        name: room.name,
      });
      waiting.changed();
    },
    async deleteMessage({ id }) {
      const message = messages.get(id);
      if (message === undefined) throw new Error("the message is no longer there");
      await unpost(front, message);
    },
    threads: () =>
      [...world.rooms.values()]
        .filter((each) => isThread(each) && each.parentId === room.id)
        .map((each) => threadOf(front, each)),
  };
}

/** A guild as its owner and a test handle it. */
export function guildOf(front: Front, guild: GuildState): Guild {
  const { world, twin, gateway, nextId } = front;
  const byName = (name: string): Room => {
    const room = [...world.rooms.values()].find((each) => each.guildId === guild.id && each.name === name);
    if (room === undefined) throw new Error(`${guild.name} has no channel ${name}`);
    return room;
  };
  return {
    id: guild.id,
    name: guild.name,
    channel: (name) => channelOf(front, byName(name)),
    member(name) {
      const person = [...world.people.values()].find(
        (each) => each.guildId === guild.id && each.name === name,
      );
      if (person === undefined) throw new Error(`${guild.name} has no member ${name}`);
      return memberOf(front, person);
    },
    role(name) {
      const id = guild.roles.get(name);
      if (id === undefined) throw new Error(`${guild.name} has no role ${name}`);
      return id;
    },
    async addChannel(name) {
      const room = roomIn(world, guild.id, name, nextId());
      await twin.addRoom(room);
      const { body } = await twin.ask("GET", `/channels/${room.id}`);
      gateway.emit("CHANNEL_CREATE", completeChannel(world, body as Record<string, unknown>));
      return channelOf(front, room);
    },
    async addMember(options) {
      const person = personIn(world, options, guild, nextId(), nextId());
      const direct = world.rooms.get(person.directId);
      if (direct !== undefined) await twin.addRoom(direct);
      await twin.addMember(person.id, person.name, guild.id);
      return memberOf(front, person);
    },
    async removeBot() {
      guild.hasBot = false;
      gateway.emit("GUILD_DELETE", { id: guild.id });
    },
    async inviteBot() {
      guild.hasBot = true;
      await gateway.emitEach("GUILD_CREATE", ({ intents }) => guildJson(world, twin, guild.id, intents));
    },
  };
}
