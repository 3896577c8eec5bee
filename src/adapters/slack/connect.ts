import { randomUUID } from "node:crypto";
import { App, type Receiver } from "@slack/bolt";
import { z } from "zod";
import type { Channels } from "#core/channels";
import type { Command } from "#core/command";
import type { DirectMessages } from "#core/direct-messages";
import type { Dispatch } from "#core/dispatch";
import type { Notices, Poster } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Services } from "#core/services";
import type { Stages } from "#core/stages";
import { Inflow } from "#src/adapters/chat/inflow";
import { LivePosts } from "#src/adapters/chat/live-posts";
import { Pauses } from "#src/adapters/chat/pauses";
import { Upkeep } from "#src/adapters/chat/upkeep";
import type { CallSettings, Pause } from "./calls.ts";
import { SlackChannels } from "./channels.ts";
import { Deliveries } from "./deliveries.ts";
import { SlackDirectMessages } from "./direct-messages.ts";
import { troubleOf } from "./failure.ts";
import { isHeldBack } from "./held-back.ts";
import { HttpDoor } from "./http.ts";
import { Letters } from "./letters.ts";
import { libraryLog } from "./library-log.ts";
import { Members } from "./members.ts";
import { type HttpMode, openMode, type SocketMode } from "./modes.ts";
import { Posted } from "./posted.ts";
import { SlackPoster } from "./poster.ts";
import { SlackStages } from "./stages.ts";
import { installedAt, workspaceOf } from "./whereabouts.ts";

/** How long the end waits for what is being answered. */
const LONGEST_END_MS = 10_000;
/** How long acknowledgements that are still to be sent keep a connection open at the end. */
const ACKNOWLEDGED_MS = 2000;
const LONGEST_RETRY_MS = 30_000;

const FILES = ["https://files.slack.com"] as const;
const RESPONSES = ["https://hooks.slack.com"] as const;

export interface SlackSettings {
  readonly mode: SocketMode | HttpMode;
  /** Where the Web API is, with its last slash. */
  readonly api: string;
  /** Before the names of slash commands. */
  readonly prefix: string;
  /** Where attached files may come from; Slack's own host unless a test says otherwise. */
  readonly fileOrigins?: readonly string[];
}

export interface SlackParts {
  readonly services: Omit<
    Services,
    "commands" | "notices" | "channels" | "stages" | "directMessages" | "reports"
  >;
  after(ms: number, task: () => void): () => void;
  readonly pause: Pause;
}

/** The core as Slack is to meet it. */
export interface SlackCore {
  readonly commands: readonly Command[];
  readonly dispatch: Dispatch;
  readonly services: Services;
}

/** The bot on Slack. Its poster works as soon as it is there; members are heard from `start` on. */
export interface Slack {
  readonly poster: Poster;
  readonly notices: Notices;
  readonly channels: Channels;
  readonly stages: Stages;
  readonly directMessages: DirectMessages;
  /** The port that Slack delivers to; null where the bot opens the connections. */
  port(): number | null;
  /**
   * Connects; resolves when the bot is there, however long that takes.
   *
   * @throws Refusal where Slack does not accept a token, or the port is taken
   */
  start(core: SlackCore): Promise<void>;
  /** Whether members are heard at this moment. */
  connected(): boolean;
  /** Hears nothing more; resolves when all that was heard is answered. */
  stop(): Promise<void>;
}

const sentAtSchema = z.object({ sentAt: z.number().optional() });

/** An acknowledgement that cannot be delivered is no reason to drop what it was for: Slack brings it again. */
function withPatientAcks(app: App, { log, meter }: Pick<Services, "log" | "meter">): App {
  const processEvent: App["processEvent"] = async (event) => {
    const ack: typeof event.ack = async (...response) => {
      try {
        await event.ack(...response);
      } catch (error) {
        meter?.count("acknowledgementsMissed", { platform: "slack" });
        log.info("an acknowledgement could not be sent", { reason: String(error) });
      }
    };
    // No event and no interaction: Bolt would leave it unacknowledged.
    if (isHeldBack(event.body, log)) {
      meter?.count("deliveriesDropped", { platform: "slack", reason: "held_back" });
      return ack();
    }
    await app.processEvent({ ...event, ack });
  };
  return Object.create(app, { processEvent: { value: processEvent } });
}

/** Puts the adapter's parts together. Nothing is sent before `start`, but what the poster is asked for. */
export function createSlack(settings: SlackSettings, { services, after, pause }: SlackParts): Slack {
  const { log, clock } = services;
  const { mode, api, prefix } = settings;
  const logger = libraryLog(log);
  const respondOrigins = [...RESPONSES, new URL(api).origin];
  const calls: CallSettings = { api, respondOrigins, logger, pause };
  const inflow = new Inflow(log);
  const pauses = new Pauses(services, (tenant) => {
    const workspace = workspaceOf(tenant);
    return workspace === null ? tenant : installedAt(workspace);
  });

  const { workspaces, receiver, known } = openMode(mode, { calls, services, pauses, inflow });

  const members = new Members({ workspaces, clock, log });
  const posted = new Posted({ workspaces, members, services });
  const letters = new Letters(posted, services);
  const channels = new SlackChannels({ posted, letters, services });
  const upkeep = new Upkeep({ clock, pause });
  const live = new LivePosts({
    posted,
    isOwn: ({ tenant }) => workspaceOf(tenant) !== null,
    inflow,
    services,
    after,
  });
  services.operation?.addQueue({ name: "slack_deliveries", waiting: () => inflow.running, limit: null });
  services.operation?.addQueue({ name: "slack_edits", waiting: () => live.waiting, limit: null });
  const ending = new AbortController();
  let deliveries: Deliveries | null = null;

  const patient: Receiver = {
    init: (app) => receiver.init(withPatientAcks(app, services)),
    start: () => receiver.start(),
    stop: () => receiver.stop(),
  };
  const app = new App({
    receiver: patient,
    // Which token is for a delivery is looked up when it is needed: never before the acknowledgement.
    authorize: async () => ({}),
    logger,
    ignoreSelf: false,
    convoStore: false,
  });
  app.use(async ({ body, context, ...rest }) => {
    const { sentAt } = sentAtSchema.parse(context);
    const ack = "ack" in rest && typeof rest.ack === "function" ? rest.ack : null;
    await deliveries?.take({
      body,
      ack: async (response) => void (await ack?.(response as never)),
      sentAt: sentAt ?? null,
    });
  });
  app.error(async (error) => log.error("a delivery could not be dealt with", error));

  /** Waits until Slack says whose token it is. */
  async function identify(): Promise<void> {
    for (let wait = 1000; !ending.signal.aborted; wait = Math.min(LONGEST_RETRY_MS, wait * 2)) {
      try {
        await known();
        return;
      } catch (error) {
        if (troubleOf(error) === "wrong-token")
          throw new Refusal((say) => say.slack.wrongToken, { cause: error });
        log.warn("Slack cannot be reached; it is tried again", { reason: String(error) });
        await pause(wait, ending.signal);
      }
    }
  }

  return {
    poster: new SlackPoster({ posted, pauses, channels, services }),
    notices: live,
    channels,
    stages: new SlackStages({ posted, letters, upkeep, channels, services }),
    directMessages: new SlackDirectMessages({ posted, letters, services, pause }),
    port: () => (receiver instanceof HttpDoor ? receiver.port : null),
    connected: () => deliveries !== null && receiver.isConnected,
    async start(core) {
      const { fileOrigins = FILES } = settings;
      deliveries = new Deliveries({
        ...core,
        workspaces,
        members,
        channels,
        pauses,
        inflow,
        prefix,
        fileOrigins,
        after,
        pause,
        newToken: randomUUID,
      });
      await identify();
      await app.start();
    },
    async stop() {
      ending.abort();
      live.end();
      inflow.run(() => upkeep.end());
      // Whoever runs the bot waits for its end: what hangs is left as it is, and what is in the store stays there.
      const enough = new AbortController();
      await Promise.race([inflow.rest(), pause(ACKNOWLEDGED_MS, enough.signal)]);
      await app.stop();
      await Promise.race([inflow.end(), pause(LONGEST_END_MS, enough.signal)]);
      enough.abort();
    },
  };
}
