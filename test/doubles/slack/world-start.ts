import type { AppManifest } from "./app-manifest.ts";
import { type Emulate, startEmulate, withoutMessages } from "./emulate.ts";
import { objectIn, textIn } from "./json.ts";
import type { Oauth } from "./oauth.ts";
import type { WorkspaceOptions } from "./options.ts";
import { asChannel, asPerson, type Room, type WorkspaceState, type World } from "./world.ts";

const APP_ID = "A0DOUBLE001";

const idOf = (emulate: Emulate, of: "members" | "channels", name: string): string => {
  const id = emulate[of].get(name);
  if (id === undefined) throw new Error(`emulate has no ${name}`);
  return id;
};

async function fill(
  world: World,
  workspace: WorkspaceState,
  emulate: Emulate,
  options: WorkspaceOptions,
): Promise<void> {
  for (const member of options.members) {
    const id = idOf(emulate, "members", member.name);
    const opened = await emulate.call("conversations.open", { users: id }, emulate.insideToken);
    const directId = textIn(objectIn(opened.channel).id);
    world.people.set(id, asPerson(member, { id, workspaceId: workspace.id, directId }));
    world.rooms.set(directId, room(workspace, { id: directId, name: member.name, kind: "im" }, [id], id));
  }
  const people = options.members.map(({ name }) => idOf(emulate, "members", name));
  for (const { name, private: isPrivate, withBot } of options.channels.map(asChannel)) {
    const id = idOf(emulate, "channels", name);
    const made = room(workspace, { id, name, kind: isPrivate ? "private" : "public" }, people, null);
    made.hasBot = withBot;
    world.rooms.set(id, made);
    if (withBot)
      await emulate.call(
        "conversations.invite",
        { channel: id, users: workspace.botUserId },
        emulate.adminToken,
      );
  }
}

const room = (
  { id: workspaceId }: WorkspaceState,
  facts: Pick<Room, "id" | "name" | "kind">,
  members: readonly string[],
  memberId: string | null,
): Room => ({
  ...facts,
  workspaceId,
  members: new Set(members),
  memberId,
  hasBot: true,
  archived: false,
  deleted: false,
});

/** Builds the workspaces that a test asks for, each with its own emulate. */
export async function buildWorld(
  options: readonly WorkspaceOptions[],
  manifest: AppManifest,
  keepsInEmulate: boolean,
): Promise<{ readonly world: World; readonly emulates: ReadonlyMap<string, Emulate> }> {
  const world: World = {
    appId: APP_ID,
    workspaces: new Map(),
    rooms: new Map(),
    people: new Map(),
    grants: [],
  };
  const emulates = new Map<string, Emulate>();
  for (const [at, workspace] of options.entries()) {
    const id = `T0DOUBLE${String(at + 1).padStart(3, "0")}`;
    const ids = { teamId: id, appId: APP_ID, number: at + 1, botName: manifest.name };
    const emulate = await startEmulate(workspace, ids);
    const state: WorkspaceState = {
      id,
      name: workspace.name,
      domain: workspace.name,
      enterpriseId: workspace.enterprise ?? null,
      botUserId: emulate.botUserId,
      botId: emulate.botId,
    };
    world.workspaces.set(id, state);
    emulates.set(id, keepsInEmulate ? emulate : withoutMessages(emulate));
    await fill(world, state, emulate, workspace);
  }
  return { world, emulates };
}

/** Installs the app in a workspace with the scopes of its manifest, as its first member. */
export async function installed(
  world: World,
  oauth: Oauth,
  at: number,
  manifest: AppManifest,
): Promise<void> {
  const workspace = [...world.workspaces.values()][at];
  const person = [...world.people.values()].find(({ workspaceId }) => workspaceId === workspace?.id);
  if (person === undefined) throw new Error("a workspace needs a member who installs the app");
  await oauth.install(person, manifest.botScopes, false);
}
