import type { Json } from "./json.ts";
import type { Message, StoredFile } from "./messages.ts";
import type { WorkspaceState, World } from "./world.ts";

/** A file as messages and `files.info` show it. */
export const fileJson = (file: StoredFile, userId: string): Json => ({
  id: file.id,
  name: file.name,
  title: file.name,
  mimetype: file.mimetype,
  filetype: file.name.split(".").pop() ?? "",
  user: userId,
  mode: "hosted",
  size: file.size,
  is_external: false,
  is_public: false,
  url_private: file.url,
  url_private_download: file.url,
  ...(file.alt === null ? {} : { alt_txt: file.alt }),
});

/** A message as the app meets it: in history, in events, in what a button sends. */
export function messageJson(
  workspace: WorkspaceState,
  appId: string,
  message: Message,
  withMetadata = false,
): Json {
  const { authorId, threadTs, metadata, editedTs } = message;
  const userId = authorId ?? workspace.botUserId;
  return {
    type: "message",
    user: userId,
    ...(authorId === null ? { bot_id: workspace.botId, app_id: appId } : {}),
    text: message.text,
    ts: message.ts,
    team: workspace.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.files.length > 0 ? { files: message.files.map((file) => fileJson(file, userId)) } : {}),
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...(editedTs === null ? {} : { edited: { user: userId, ts: editedTs } }),
    ...(withMetadata && metadata !== null ? { metadata } : {}),
  };
}

/** How the app is told of a person in interactive payloads. */
export function userJson({ people }: World, id: string): Json {
  const { name, workspaceId } = people.get(id) ?? { name: "", workspaceId: "" };
  return { id, username: name, name, team_id: workspaceId };
}
