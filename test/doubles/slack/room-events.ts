import { emit } from "./events.ts";
import type { Front } from "./front.ts";
import type { Delivery } from "./handles.ts";
import type { Room } from "./world.ts";

const letter = ({ kind }: Room): string => ({ public: "C", private: "G", im: "D" })[kind];

/** Tells of somebody who came into a channel. */
export const tellJoined = (
  front: Front,
  room: Room,
  user: string,
  inviter: string | null,
): readonly Delivery[] =>
  emit(front, room.workspaceId, "member_joined_channel", {
    type: "member_joined_channel",
    user,
    channel: room.id,
    channel_type: letter(room),
    team: room.workspaceId,
    ...(inviter === null ? {} : { inviter }),
  });

export const tellLeft = (front: Front, room: Room, user: string): readonly Delivery[] =>
  emit(front, room.workspaceId, "member_left_channel", {
    type: "member_left_channel",
    user,
    channel: room.id,
    channel_type: letter(room),
    team: room.workspaceId,
  });

/** Tells of what happened to a channel itself: archive, unarchive, deleted, left. */
export const tellOf = (
  front: Front,
  room: Room,
  what: "archive" | "unarchive" | "deleted" | "left",
  user: string,
): readonly Delivery[] => {
  const type = `${room.kind === "private" ? "group" : "channel"}_${what}`;
  return emit(front, room.workspaceId, type, { type, channel: room.id, user });
};
