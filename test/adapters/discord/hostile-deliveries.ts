import fc from "fast-check";
import { commands } from "#commands/index";
import { recordText } from "#core/migration/record";
import { privateReply } from "#core/reply";
import type { Request } from "#core/request";
import { Inflow } from "#src/adapters/chat/inflow";
import type { Calls } from "#src/adapters/discord/calls";
import { Interactions } from "#src/adapters/discord/interactions";
import { Listening } from "#src/adapters/discord/listening";
import type { Guilds } from "#src/adapters/discord/parts";
import { SeenIn } from "#src/adapters/discord/seen-in";
import { openSqliteStore } from "#src/store/sqlite/store";
import { openTeam, type Team } from "#test/doubles/team";

const application = "1574953034943823872";

const from = {
  id: "1574953034943823873",
  application_id: application,
  token: "a-token",
  guild_id: "1574953034943823874",
  channel_id: "1574953034943823875",
  channel: { id: "1574953034943823875", type: 0 },
  locale: "zh-CN",
  member: { user: { id: "1574953034943823876" }, roles: [], permissions: "0" },
  message: { id: "1574953034943823877", flags: 0 },
};
const option = (name: string, value: unknown) => ({ name, type: 3, value });
const deliveries = [
  { ...from, type: 2, data: { id: "1", name: "answer", type: 1, options: [option("text", "replay")] } },
  { ...from, type: 2, data: { id: "1", name: "vram", type: 1, options: [option("model", "7b")] } },
  { ...from, type: 3, data: { custom_id: '["run","hint",{}]', component_type: 2 } },
  {
    ...from,
    type: 3,
    data: { custom_id: '["choice","help",{},"command",false]', component_type: 3, values: ["vram"] },
  },
  {
    ...from,
    type: 5,
    data: {
      custom_id: '["send","answer",{}]',
      components: [{ type: 1, components: [{ type: 4, custom_id: "text", value: "mix in old data" }] }],
    },
  },
  {
    ...from,
    type: 4,
    data: { id: "1", name: "vram", type: 1, options: [{ ...option("model", "q"), focused: true }] },
  },
];
const written = {
  id: "1574953034943823878",
  channel_id: "1574953034943823875",
  type: 0,
  author: { id: "1574953034943823876" },
  content: `<@${application}> /vram 7b`,
  mentions: [{ id: application }],
  attachments: [],
};

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

/** One place of it is something else, and its id is new: what comes twice is dealt with once. */
const mutated = (whole: object): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.bigInt({ min: 1n, max: 2n ** 63n }),
      fc.constantFrom(...places(whole)),
      fc.oneof(fc.anything(), fc.string({ maxLength: 9000 })),
    )
    .map(([id, path, to]) => changed({ ...whole, id: String(id) }, path, to));

/** A Discord that takes everything. */
const calls = new Proxy({} as Calls, { get: () => async () => "1574953034943823879" });
const guilds: Guilds = {
  nameOf: (guild) => guild,
  localeOf: () => undefined,
  channelName: (_, channel) => channel,
  parentOf: (channel) => channel,
  member: async () => ({ roles: [], permissions: 0n }),
  lacking: () => [],
  hasChannel: async () => false,
  ownerOf: () => null,
};

async function openAdapter(): Promise<{
  team: Team;
  requests: Request[];
  adapter: Interactions;
  listening: Listening;
  inflow: Inflow;
}> {
  const store = await openSqliteStore({ file: ":memory:" });
  const team = await openTeam((own) => {
    void own.close();
    return store;
  });
  const requests: Request[] = [];
  const inflow = new Inflow(team.log);
  const parts = {
    application,
    calls,
    commands,
    services: team.services,
    guilds,
    seenIn: new SeenIn(team.services.store, team.services.clock),
    files: { origins: [], fetch },
    inflow,
    after: () => () => {},
    dispatch: async (request: Request) => {
      requests.push(request);
      return privateReply({ kind: "text", text: "here you are" });
    },
  };
  const listening = new Listening(parts);
  return { team, requests, adapter: new Interactions(parts, listening), listening, inflow };
}

export interface MutationReport {
  readonly bodies: number;
  readonly requests: readonly Request[];
  readonly errors: readonly unknown[];
  /** What is kept that was not kept before, but where members were last. */
  readonly written: readonly string[];
}

const kept = async ({ services, tenant }: Team): Promise<string[]> => {
  const texts: string[] = [];
  for await (const record of services.store.records(tenant, 0)) texts.push(recordText(record));
  return texts;
};

/** Delivers bodies in which one place is something else. */
export async function deliverMutated(bodies: number, seed?: number): Promise<MutationReport> {
  const { team, requests, adapter, listening, inflow } = await openAdapter();
  const before = new Set(await kept(team));
  fc.assert(
    fc.property(
      fc.oneof(...deliveries.map(mutated), fc.anything()),
      mutated(written),
      (interaction, message) => {
        adapter.take(interaction);
        listening.take(message);
      },
    ),
    { numRuns: Math.ceil(bodies / 2), ...(seed === undefined ? {} : { seed }) },
  );
  await inflow.end();
  const after = await kept(team);
  const errors = team.log.errors.map(({ cause }) => cause);
  await team.stop();
  return { bodies, requests, errors, written: after.filter((text) => !before.has(text)) };
}
