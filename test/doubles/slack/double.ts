import { machineClock, movingClock } from "#test/doubles/discord/clock";
import { waiting } from "#test/doubles/discord/waiting";
import { acknowledge } from "./acks.ts";
import { readManifest } from "./app-manifest.ts";
import { Deliveries } from "./deliveries.ts";
import { CLIENT_ID, CLIENT_SECRET } from "./emulate.ts";
import { FaultList } from "./faults.ts";
import { startFileHost } from "./file-host.ts";
import type { Front } from "./front.ts";
import type { SlackDouble } from "./handles.ts";
import { HttpTransport } from "./http-transport.ts";
import { Interactions } from "./interactions.ts";
import { Messages } from "./messages.ts";
import { Oauth } from "./oauth.ts";
import type { DoubleOptions, WorkspaceOptions } from "./options.ts";
import type { Captured } from "./records.ts";
import { startServer } from "./server.ts";
import { Sockets } from "./sockets.ts";
import { timestamps } from "./timestamps.ts";
import { Views } from "./views.ts";
import { workspaceOf } from "./workspace.ts";
import { buildWorld, installed } from "./world-start.ts";

const smallTeam: WorkspaceOptions = {
  name: "team",
  channels: ["daily"],
  members: [{ name: "ann", owner: true }, { name: "bo" }],
};

/** Tokens of the form that Slack's have, with nothing in them. */
const APP_TOKEN = "xapp-1-A0DOUBLE-0-not-a-secret-of-anybody";
const SIGNING_SECRET = "00000000000000000000000000000000";

/** A refusal that a test ordered is no fault of the app's. */
const isOrdered = ({ fault }: Captured): boolean =>
  fault === "rate limited" || fault === "status" || fault === "error" || fault === "redirect";

/**
 * Slack on this machine, for the real @slack/bolt in Socket Mode and over HTTP: a strict front that refuses what the
 * service refuses, before emulate, which keeps a workspace's channels, people and messages. Rules and their sources:
 * `rules.json`.
 */
export async function startSlackDouble(options: DoubleOptions): Promise<SlackDouble> {
  const waits = waiting(options.patienceMs ?? 5000);
  const clock = movingClock(options.clock ?? machineClock, () => {
    deliveries.tick();
    waits.changed();
  });
  let counter = 0;
  const nextId = (prefix: string) => `${prefix}${(++counter).toString(36).toUpperCase().padStart(8, "0")}`;
  const manifest = readManifest(options.manifest);
  const workspaces = options.workspaces ?? [smallTeam];
  const { world, emulates } = await buildWorld(workspaces, manifest, options.keepsInEmulate ?? true);
  const faults = new FaultList();
  const oauth = new Oauth(world, clock, manifest, emulates);
  for (const [at, { installed: wanted = options.mode === "socket" }] of workspaces.entries())
    if (wanted) await installed(world, oauth, at, manifest);
  const interactions = new Interactions(clock);
  const http = options.mode === "http" ? new HttpTransport(SIGNING_SECRET) : null;
  const failures: unknown[] = [];
  const deliveries: Deliveries = new Deliveries({
    clock,
    waiting: waits,
    nextId,
    http,
    sockets: () => front.sockets,
    retries: options.retries ?? true,
    answered(sent) {
      const state = interactions.of(sent);
      if (state !== undefined)
        acknowledge(front, state, sent.answer).catch((cause: unknown) => failures.push(cause));
    },
    expireResponseUrls: () => interactions.expireUrls(),
  });
  const server = await startServer(
    () => front,
    (cause) => failures.push(cause),
  );
  const mayRead = (token: string | null, workspaceId: string) =>
    world.grants.some(
      (grant) =>
        grant.token === token &&
        grant.state === "live" &&
        grant.emulateTokens.has(workspaceId) &&
        grant.scopes.has("files:read"),
    );
  const front: Front = {
    world,
    clock,
    waiting: waits,
    nextTs: timestamps(clock),
    nextId,
    manifest,
    emulates,
    messages: new Messages(),
    views: new Views(),
    interactions,
    deliveries,
    sockets: new Sockets(clock, world.appId, {
      acked: (id, payload) => deliveries.acked(id, payload),
      lost: (id) => deliveries.lost(id),
      changed: waits.changed,
    }),
    oauth,
    fileHost: await startFileHost(
      faults,
      mayRead,
      async ({ emulateUrl, workspaceId, bytes }, contentType) => {
        if (bytes !== null) await emulates.get(workspaceId)?.upload(emulateUrl, bytes, contentType);
      },
    ),
    faults,
    captured: [],
    pings: [],
    appToken: APP_TOKEN,
    postsPerSecond: options.postsPerSecond ?? Number.POSITIVE_INFINITY,
    fileReadyMs: options.fileReadyMs ?? 0,
    origin: server.origin,
  };

  const workspace: SlackDouble["workspace"] = (name) => {
    const found = [...world.workspaces.values()].find((each) => name === undefined || each.name === name);
    if (found === undefined) throw new Error(`there is no workspace ${name}`);
    return workspaceOf(front, found);
  };
  return {
    api: `${server.origin}/api/`,
    get botToken() {
      return workspace().botToken;
    },
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    appId: world.appId,
    authorizeUrl: `${server.origin}/oauth/v2/authorize`,
    files: front.fileHost.origin,
    downloads: front.fileHost.downloads,
    clock,
    deliverTo(...urls) {
      if (http === null) throw new Error("the app connects by itself in Socket Mode");
      http.deliverTo(urls);
    },
    workspace,
    channel: (name) => workspace().channel(name),
    member: (name) => workspace().member(name),
    captured: front.captured,
    get refusals() {
      return front.captured.filter(
        (each) => (each.error !== "" || each.violations.length > 0 || each.status >= 400) && !isOrdered(each),
      );
    },
    pings: front.pings,
    sent: deliveries.sent,
    socket: front.sockets,
    faults,
    deliveries,
    async until(what, holds) {
      await waits.until(what, () => (holds() ? true : undefined));
    },
    async stop() {
      front.sockets.stop();
      await server.stop();
      await front.fileHost.stop();
      await Promise.all([...emulates.values()].map((emulate) => emulate.stop()));
      if (failures.length > 0) throw new AggregateError(failures, "the Slack double failed");
    },
  };
}
