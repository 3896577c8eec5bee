import type { Command } from "#core/command";
import type { Role } from "#core/request";
import { Inflow } from "#src/adapters/chat/inflow";
import { Pauses } from "#src/adapters/chat/pauses";
import type { Calls } from "#src/adapters/slack/calls";
import { SlackChannels } from "#src/adapters/slack/channels";
import { Deliveries } from "#src/adapters/slack/deliveries";
import { Letters } from "#src/adapters/slack/letters";
import { Members } from "#src/adapters/slack/members";
import { Posted } from "#src/adapters/slack/posted";
import type { Workspaces } from "#src/adapters/slack/workspaces";
import type { Team } from "#test/doubles/team";
import { type Entry, editorsOf, watch } from "./watching.ts";

/** Every way in on Slack. */
export async function slackEntries(commands: readonly Command[], team: Team): Promise<readonly Entry[]> {
  await editorsOf(team, "slack:T1", "C1", ["Ueditor"]);
  const watched = watch(commands, team);
  const inflow = new Inflow(team.log);
  const calls = new Proxy({} as Calls, {
    get: (_, name) => async (who: unknown) => {
      const isAdmin = who === "Uadmin" || who === "Ustranger";
      if (name === "user")
        return { is_admin: isAdmin, is_owner: false, is_primary_owner: false, name: "ann" };
      if (name === "openView") watched.opened();
      return name === "openView" ? "V1" : { channel: "D1", ts: "1.000009" };
    },
  });
  const { services } = team;
  const workspaces: Workspaces = {
    at: async () => ({ calls, bot: { user: "UBOT", id: "BBOT" }, installer: null }),
    drop: async () => false,
  };
  const members = new Members({ workspaces, ...services });
  const posted = new Posted({ workspaces, members, services });
  let made = 0;
  const newToken = (): string => String(made++);
  const deliveries = new Deliveries({
    commands: watched.commands,
    services: { ...services, commands: watched.commands },
    workspaces,
    members,
    channels: new SlackChannels({ posted, letters: new Letters(posted, services), services }),
    pauses: new Pauses(services),
    inflow,
    prefix: "",
    fileOrigins: [],
    after: () => () => {},
    pause: async () => {},
    newToken,
    dispatch: watched.dispatch,
  });
  const userOf = (as: Role | "stranger"): string => `U${as}`;
  const teamOf = (as: Role | "stranger"): string => (as === "stranger" ? "T2" : "T1");
  const from = (as: Role | "stranger") => ({
    team: { id: teamOf(as) },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: userOf(as), team_id: teamOf(as) },
    trigger_id: `1.${newToken()}.abc`,
    response_url: "https://hooks.slack.com/x",
  });
  const entry = (name: string, body: (command: string, as: Role | "stranger") => object): Entry => ({
    name: `Slack, ${name}`,
    tenant: "slack:T1",
    send: async (command, as) => {
      await deliveries.take({ body: body(command, as), ack: async () => {}, sentAt: null });
      await inflow.rest();
      return watched.take();
    },
  });
  const pressed = (as: Role | "stranger", action: object) => ({
    ...from(as),
    type: "block_actions",
    channel: { id: "C1" },
    container: { type: "message", message_ts: "1.000001", is_ephemeral: false },
    actions: [{ block_id: "b", action_ts: `1.${newToken()}`, ...action }],
  });
  const mention = (as: Role | "stranger", event: object) => ({
    type: "event_callback",
    team_id: teamOf(as),
    event_id: `E${newToken()}`,
    event: { user: userOf(as), ts: `1.${String(made++).padStart(6, "0")}`, ...event },
  });
  return [
    entry("a slash command", (name, as) => ({
      command: `/${name}`,
      text: "",
      trigger_id: `1.${newToken()}.abc`,
      response_url: "https://hooks.slack.com/x",
      team_id: teamOf(as),
      channel_id: "C1",
      user_id: userOf(as),
    })),
    entry("a button", (name, as) =>
      pressed(as, { type: "button", action_id: "button-1", value: JSON.stringify(["run", name, {}]) }),
    ),
    entry("a form", (name, as) => ({
      ...from(as),
      type: "view_submission",
      view: {
        id: `V${newToken()}`,
        type: "modal",
        hash: "1.abc",
        callback_id: "from:C1",
        private_metadata: JSON.stringify(["send", name, {}]),
        state: { values: { text: { [`${name}.text`]: { type: "plain_text_input", value: "x" } } } },
      },
    })),
    entry("a mention in a channel", (name, as) =>
      mention(as, { type: "app_mention", channel: "C1", text: `<@UBOT> /${name}` }),
    ),
    entry("a direct message", (name, as) =>
      mention(as, { type: "message", channel_type: "im", channel: "D1", text: `/${name}` }),
    ),
  ];
}
