import { relayed } from "./conversation-methods.ts";
import type { Front, Method } from "./front.ts";
import { type Json, objectsIn, textIn } from "./json.ts";
import { fileJson } from "./message-json.ts";
import type { StoredFile } from "./messages.ts";
import { addMessage } from "./posting.ts";
import { SlackRefusal } from "./refusal.ts";
import { requireRoom, requireWorkspace } from "./rooms.ts";
import { limit } from "./rules.ts";
import { workspaceById } from "./world.ts";

const getUploadUrl: Method = async (front, call) => {
  const { filename, length, alt_text, alt_txt } = call.args;
  const bytes = Number(length);
  if (textIn(filename) === "" || !Number.isInteger(bytes) || bytes < 1)
    throw new SlackRefusal("invalid_arguments");
  if (bytes > limit("fileBytes")) throw new SlackRefusal("file_uploads_disabled");
  const alt = textIn(alt_text ?? alt_txt);
  if (alt.length > limit("altText")) throw new SlackRefusal("alt_text_too_long");
  const workspaceId = requireWorkspace(front, call);
  const body = await relayed(front, call, workspaceId);
  const id = textIn(body.file_id);
  const upload_url = front.fileHost.expect({
    id,
    name: textIn(filename),
    length: bytes,
    alt: alt === "" ? null : alt,
    emulateUrl: textIn(body.upload_url),
    workspaceId,
  });
  return { upload_url, file_id: id };
};

const types: Readonly<Record<string, string>> = { png: "image/png", txt: "text/plain", log: "text/plain" };

function finished(front: Front, id: string, workspaceId: string): StoredFile {
  const upload = front.fileHost.uploaded(id);
  if (upload?.bytes == null) throw new SlackRefusal("file_not_found");
  const { name, alt, bytes } = upload;
  const stored: StoredFile = {
    id,
    name,
    alt,
    bytes,
    size: bytes.length,
    mimetype: types[name.split(".").pop() ?? ""] ?? "application/octet-stream",
    url: front.fileHost.urlOf(id, workspaceId, name),
    at: front.clock.now(),
  };
  return front.fileHost.keep(stored, workspaceId);
}

const complete: Method = async (front, call) => {
  const { args } = call;
  const channel = textIn(args.channel_id) || textIn(args.channels);
  const room = channel === "" ? null : requireRoom(front, call, channel);
  const workspaceId = room?.workspaceId ?? requireWorkspace(front, call);
  if (room?.archived === true) throw new SlackRefusal("is_archived");
  if (room !== null && !room.hasBot) throw new SlackRefusal("not_in_channel");
  const thread = textIn(args.thread_ts);
  if (room !== null && thread !== "" && front.messages.get(room.id, thread) === undefined)
    throw new SlackRefusal("thread_not_found");
  const emulateThread = front.messages.emulateTs.get(front.messages.key(room?.id ?? "", thread));
  await relayed(front, call, workspaceId, { thread_ts: emulateThread });
  const stored = objectsIn(args.files).map(({ id }) => finished(front, textIn(id), workspaceId));
  if (room !== null) {
    const body = { text: textIn(args.initial_comment), ...(thread === "" ? {} : { thread_ts: thread }) };
    addMessage(front, room, body, { visibleTo: null, authorId: null, files: stored });
  }
  const { botUserId } = workspaceById(front.world, workspaceId);
  return { files: stored.map((file) => fileJson(file, botUserId)) };
};

const info: Method = async (front, call) => {
  const file = front.fileHost.find(textIn(call.args.file));
  if (file === undefined) throw new SlackRefusal("file_not_found");
  const { botUserId } = workspaceById(front.world, requireWorkspace(front, call));
  return { file: fileJson(file, botUserId) } satisfies Json;
};

export const fileMethods: Readonly<Record<string, Method>> = {
  "files.getUploadURLExternal": getUploadUrl,
  "files.completeUploadExternal": complete,
  "files.info": info,
};
