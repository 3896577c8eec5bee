import { emit, force, tellRateLimited } from "./events.ts";
import { emulateOf, type Front } from "./front.ts";
import type { Channel, Delivery, Workspace } from "./handles.ts";
import { objectIn, textIn } from "./json.ts";
import { memberOf } from "./member.ts";
import { tellJoined, tellLeft, tellOf } from "./room-events.ts";
import { type Grant, grantFor, type Room, type WorkspaceState } from "./world.ts";

/** A channel as its admins and a test handle it. */
function channelOf(front: Front, workspace: WorkspaceState, room: Room): Channel {
  const emulate = emulateOf(front, workspace.id);
  const asAdmin = async (method: string, more: object = {}) => {
    const body = await emulate.call(method, { channel: room.id, ...more }, emulate.adminToken);
    const isSo = body.ok === true || /^already_|^not_archived$|_in_channel$/.test(textIn(body.error));
    if (!isSo) throw new Error(`emulate refused ${method}: ${textIn(body.error)}`);
    front.waiting.changed();
  };
  const admin = () => emulate.members.get("admin") ?? "";
  return {
    id: room.id,
    name: room.name,
    workspaceId: workspace.id,
    async archive() {
      room.archived = true;
      await asAdmin("conversations.archive");
      tellOf(front, room, "archive", admin());
    },
    async unarchive() {
      room.archived = false;
      await asAdmin("conversations.unarchive");
      tellOf(front, room, "unarchive", admin());
    },
    async delete() {
      tellOf(front, room, "deleted", admin());
      room.deleted = true;
      front.waiting.changed();
    },
    async removeBot() {
      room.hasBot = false;
      await asAdmin("conversations.kick", { user: workspace.botUserId });
      tellOf(front, room, "left", admin());
      tellLeft(front, room, workspace.botUserId);
    },
    async inviteBot() {
      room.hasBot = true;
      await asAdmin("conversations.invite", { users: workspace.botUserId });
      tellJoined(front, room, workspace.botUserId, admin());
    },
    async addMember({ id }) {
      room.members.add(id);
      await asAdmin("conversations.invite", { users: id });
      tellJoined(front, room, id, admin());
    },
    async removeMember({ id }) {
      room.members.delete(id);
      await asAdmin("conversations.kick", { user: id });
      tellLeft(front, room, id);
    },
    async deleteMessage({ ts }) {
      const message = front.messages.get(room.id, ts);
      if (message === undefined) throw new Error("the message is no longer there");
      front.messages.remove(message);
      front.waiting.changed();
    },
  };
}

/** A workspace as its owner and a test handle it. */
export function workspaceOf(front: Front, workspace: WorkspaceState): Workspace {
  const { world } = front;
  const granted = (): Grant => {
    const grant = grantFor(world, workspace.id);
    if (grant === null) throw new Error(`the app is not installed in ${workspace.name}`);
    return grant;
  };
  const revoked = (grant: Grant): readonly Delivery[] =>
    emit(
      front,
      workspace.id,
      "tokens_revoked",
      { type: "tokens_revoked", tokens: { oauth: [], bot: [workspace.botUserId] } },
      grant,
    );
  return {
    id: workspace.id,
    name: workspace.name,
    enterpriseId: workspace.enterpriseId,
    botUserId: workspace.botUserId,
    botId: workspace.botId,
    get botToken() {
      return granted().token;
    },
    channel(name) {
      const room = [...world.rooms.values()].find(
        (each) => each.workspaceId === workspace.id && each.kind !== "im" && each.name === name,
      );
      if (room === undefined) throw new Error(`${workspace.name} has no channel ${name}`);
      return channelOf(front, workspace, room);
    },
    member(name) {
      const person = [...world.people.values()].find(
        (each) => each.workspaceId === workspace.id && each.name === name,
      );
      if (person === undefined) throw new Error(`${workspace.name} has no member ${name}`);
      return memberOf(front, person);
    },
    async addChannel(name, { private: isPrivate = false, withBot = true } = {}) {
      const emulate = emulateOf(front, workspace.id);
      const made = await emulate.call(
        "conversations.create",
        { name, is_private: isPrivate },
        emulate.adminToken,
      );
      const people = [...world.people.values()].filter((each) => each.workspaceId === workspace.id);
      const room: Room = {
        id: textIn(objectIn(made.channel).id),
        workspaceId: workspace.id,
        name,
        kind: isPrivate ? "private" : "public",
        members: new Set(people.map(({ id }) => id)),
        memberId: null,
        hasBot: false,
        archived: false,
        deleted: false,
      };
      world.rooms.set(room.id, room);
      const users = people.map(({ id }) => id).join(",");
      await emulate.call("conversations.invite", { channel: room.id, users }, emulate.adminToken);
      const channel = channelOf(front, workspace, room);
      if (withBot) await channel.inviteBot();
      return channel;
    },
    takeScope(scope) {
      granted().scopes.delete(scope);
    },
    giveScope(scope) {
      granted().scopes.add(scope);
    },
    async revokeToken() {
      const grant = granted();
      grant.state = "revoked";
      return revoked(grant);
    },
    async uninstall(first = "tokens_revoked") {
      const grant = granted();
      grant.state = "uninstalled";
      const uninstalled = () =>
        emit(front, workspace.id, "app_uninstalled", { type: "app_uninstalled" }, grant);
      const steps = [() => revoked(grant), uninstalled];
      return (first === "tokens_revoked" ? steps : steps.toReversed()).flatMap((step) => step());
    },
    emit: async (event) => force(front, workspace.id, event),
    rateLimit: async () => tellRateLimited(front, workspace.id),
  };
}
