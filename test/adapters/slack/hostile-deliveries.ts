import fc from "fast-check";
import { commands } from "#commands/index";
import { recordText } from "#core/migration/record";
import { privateReply } from "#core/reply";
import type { Request } from "#core/request";
import { Inflow } from "#src/adapters/chat/inflow";
import { Pauses } from "#src/adapters/chat/pauses";
import type { Calls } from "#src/adapters/slack/calls";
import { SlackChannels } from "#src/adapters/slack/channels";
import { Deliveries } from "#src/adapters/slack/deliveries";
import { Letters } from "#src/adapters/slack/letters";
import { Members } from "#src/adapters/slack/members";
import { Posted } from "#src/adapters/slack/posted";
import type { Workspaces } from "#src/adapters/slack/workspaces";
import { openSqliteStore } from "#src/store/sqlite/store";
import { openTeam, type Team } from "#test/doubles/team";

const from = {
  team: { id: "T1" },
  enterprise: null,
  is_enterprise_install: false,
  user: { id: "U1", team_id: "T1" },
  trigger_id: "1.2.abc",
  response_url: "https://hooks.slack.com/x",
};
const view = {
  id: "V1",
  type: "modal",
  hash: "1.abc",
  callback_id: "from:C1",
  private_metadata: '["send","answer",{}]',
  state: { values: { text: { "answer.text": { type: "plain_text_input", value: "mix in old data" } } } },
};
const message = {
  type: "message",
  channel_type: "im",
  user: "U1",
  channel: "D1",
  ts: "1.000001",
  text: "/vram 7b",
};
const deliveries = [
  {
    command: "/vram",
    text: "7b",
    trigger_id: "1.2.abc",
    response_url: "https://hooks.slack.com/x",
    team_id: "T1",
    channel_id: "C1",
    user_id: "U1",
  },
  {
    ...from,
    type: "block_actions",
    channel: { id: "C1" },
    container: { type: "message", message_ts: "1.000001", is_ephemeral: false },
    actions: [
      {
        type: "button",
        action_id: "button-1",
        block_id: "b",
        value: '["run","hint",{}]',
        action_ts: "1.000002",
      },
    ],
  },
  { ...from, type: "view_submission", view },
  { ...from, type: "block_suggestion", action_id: "vram.model", block_id: "model", value: "qwen" },
  {
    ...from,
    type: "message_action",
    callback_id: "message.oom",
    channel: { id: "C1" },
    message: { ts: "1.000001", text: "CUDA out of memory", files: [] },
  },
  { type: "event_callback", team_id: "T1", event_id: "E1", event_time: 1, event: message },
  {
    type: "event_callback",
    team_id: "T1",
    event_id: "E2",
    event: { ...message, type: "app_mention", channel: "C1", text: "<@UBOT> replay old data" },
  },
  {
    type: "event_callback",
    team_id: "T1",
    event_id: "E3",
    event: { type: "app_home_opened", user: "U1", tab: "home" },
  },
  {
    type: "event_callback",
    team_id: "T1",
    event_id: "E4",
    event: { type: "tokens_revoked", tokens: { bot: ["U"] } },
  },
];

/** Every place in a JSON value. */
const places = (value: unknown, path: readonly string[] = []): (readonly string[])[] => [
  path,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inside]) => places(inside, [...path, key]))
    : []),
];

/** The value with something else in one place. */
function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  copy[key] = changed(copy[key], rest, to);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

/** One place of it is something else, and its times and triggers are new: what comes twice is dealt with once. */
const mutated = (whole: object): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.nat(2 ** 30),
      fc.constantFrom(...places(whole)),
      fc.oneof(fc.anything(), fc.string({ maxLength: 9000 })),
    )
    .map(([number, path, to]) => {
      const text = JSON.stringify(whole)
        .replaceAll("1.2.abc", `1.${number}.abc`)
        .replaceAll("1.00000", `1.${number}`.slice(0, 8));
      return changed(JSON.parse(text), path, to);
    });

/** A Slack that takes everything. */
const calls = new Proxy({} as Calls, {
  get: (_, name) => async () => {
    if (name === "user") return { is_admin: false, is_owner: false, is_primary_owner: false, name: "ann" };
    return name === "openView" ? "V1" : { channel: "D1", ts: "1.000009" };
  },
});

async function openAdapter(): Promise<{
  team: Team;
  requests: Request[];
  adapter: Deliveries;
  inflow: Inflow;
}> {
  const store = await openSqliteStore({ file: ":memory:" });
  const team = await openTeam((own) => {
    void own.close();
    return store;
  });
  const requests: Request[] = [];
  const inflow = new Inflow(team.log);
  const { services } = team;
  const workspaces: Workspaces = {
    at: async () => ({ calls, bot: { user: "UBOT", id: "BBOT" }, installer: null }),
    drop: async () => false,
  };
  const members = new Members({ workspaces, ...services });
  let made = 0;
  const newToken = (): string => String(made++);
  const posted = new Posted({ workspaces, members, services });
  const channels = new SlackChannels({ posted, letters: new Letters(posted, services), services });
  const adapter = new Deliveries({
    commands,
    services,
    workspaces,
    members,
    channels,
    pauses: new Pauses(services),
    inflow,
    prefix: "",
    fileOrigins: [],
    after: () => () => {},
    pause: async () => {},
    newToken,
    dispatch: async (request) => {
      requests.push(request);
      return privateReply({ kind: "text", text: "here you are" });
    },
  });
  return { team, requests, adapter, inflow };
}

export interface MutationReport {
  readonly bodies: number;
  readonly acknowledged: number;
  readonly requests: readonly Request[];
  readonly errors: readonly unknown[];
  /** What is kept that was not kept before. */
  readonly written: readonly string[];
}

const kept = async ({ services, tenant }: Team): Promise<string[]> => {
  const texts: string[] = [];
  for await (const record of services.store.records(tenant, 0)) texts.push(recordText(record));
  return texts;
};

/** Delivers bodies in which one place is something else. */
export async function deliverMutated(bodies: number, seed?: number): Promise<MutationReport> {
  const { team, requests, adapter, inflow } = await openAdapter();
  const before = new Set(await kept(team));
  let acknowledged = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(...deliveries.map(mutated), fc.anything()), async (body) => {
      const ack = async (): Promise<void> => {
        acknowledged += 1;
      };
      await adapter.take({ body, ack, sentAt: null });
    }),
    { numRuns: bodies, ...(seed === undefined ? {} : { seed }) },
  );
  await inflow.end();
  const after = await kept(team);
  const errors = team.log.errors.map(({ cause }) => cause);
  await team.stop();
  return { bodies, acknowledged, requests, errors, written: after.filter((text) => !before.has(text)) };
}
