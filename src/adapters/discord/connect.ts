import { REST } from "discord.js";
import type { Channels } from "#core/channels";
import type { Command } from "#core/command";
import type { DirectMessages } from "#core/direct-messages";
import type { Dispatch } from "#core/dispatch";
import type { Notices, Poster } from "#core/ports";
import type { Services } from "#core/services";
import type { Stages } from "#core/stages";
import { Inflow } from "#src/adapters/chat/inflow";
import { LivePosts } from "#src/adapters/chat/live-posts";
import { Pauses } from "#src/adapters/chat/pauses";
import { Upkeep } from "#src/adapters/chat/upkeep";
import { DISCORD_FILES } from "./attachments.ts";
import { Calls } from "./calls.ts";
import { DiscordChannels } from "./channels.ts";
import { type ClientSettings, restSettings } from "./client.ts";
import { DiscordDirectMessages } from "./direct-messages.ts";
import { Gateway, type GatewayParts } from "./gateway.ts";
import { KnownGuilds } from "./guilds.ts";
import { Interactions } from "./interactions.ts";
import { Letters } from "./letters.ts";
import { Listening } from "./listening.ts";
import { Posted } from "./posted.ts";
import { DiscordPoster } from "./poster.ts";
import { warnOfOtherCommands } from "./registration.ts";
import { SeenIn } from "./seen-in.ts";
import { DiscordStages } from "./stages.ts";
import { guildOf, tenantOf } from "./whereabouts.ts";

/** How long the end waits for what is being answered. */
const LONGEST_END_MS = 10_000;

export interface DiscordSettings extends ClientSettings {
  readonly token: string;
  /** The application's id, which is the bot's own as a member. */
  readonly application: string;
  /** The one server whose members are offered the commands, while trying out; null for all. */
  readonly guild?: string | null;
  /** Where attached files may come from; Discord's own hosts unless a test says otherwise. */
  readonly fileOrigins?: readonly string[];
}

export interface DiscordParts {
  readonly services: Omit<
    Services,
    "commands" | "notices" | "channels" | "stages" | "directMessages" | "reports"
  >;
  after(ms: number, task: () => void): () => void;
  readonly pause: GatewayParts["pause"];
}

/** The core as Discord is to meet it. */
export interface DiscordCore {
  readonly commands: readonly Command[];
  readonly dispatch: Dispatch;
  readonly services: Services;
}

/** The bot on Discord. Its poster works as soon as it is there; members are heard from `start` on. */
export interface Discord {
  readonly poster: Poster;
  readonly notices: Notices;
  readonly channels: Channels;
  readonly stages: Stages;
  readonly directMessages: DirectMessages;
  /**
   * Connects; resolves when the bot is there, however long that takes.
   *
   * @throws Refusal where Discord does not accept the token
   */
  start(core: DiscordCore): Promise<void>;
  /** Whether members are heard at this moment. */
  connected(): boolean;
  /** Hears nothing more; resolves when all that was heard is answered. */
  stop(): Promise<void>;
}

/** Puts the adapter's parts together. Nothing is sent before `start`, but what the poster is asked for. */
export function createDiscord(settings: DiscordSettings, { services, after, pause }: DiscordParts): Discord {
  const { log, store, clock } = services;
  const rest = new REST(restSettings(settings)).setToken(settings.token);
  const calls = new Calls(rest);
  const inflow = new Inflow(log);
  const pauses = new Pauses(services);
  const posted = new Posted(calls, services, settings.application);
  let interactions: Interactions | null = null;
  let listening: Listening | null = null;

  const gateway = new Gateway(
    settings,
    {
      interaction: (delivered) => interactions?.take(delivered),
      message: (delivered) => listening?.take(delivered),
      joined: (guild) => inflow.run(() => pauses.return(tenantOf(guild))),
      left: (guild) => inflow.run(() => pauses.leave(tenantOf(guild))),
      channelGone: (guild, channel) => inflow.run(() => pauses.endChannel(tenantOf(guild), channel)),
    },
    { log, pause },
  );
  const guilds = new KnownGuilds(() => gateway.client, rest);
  const live = new LivePosts({
    posted,
    isOwn: ({ tenant }) => guildOf(tenant) !== null,
    inflow,
    services,
    after,
  });

  services.operation?.addQueue({ name: "discord_deliveries", waiting: () => inflow.running, limit: null });
  services.operation?.addQueue({ name: "discord_edits", waiting: () => live.waiting, limit: null });

  const letters = new Letters(calls, services, settings.application);
  const upkeep = new Upkeep({ clock, pause });
  const channels = new DiscordChannels(letters, guilds, services);

  return {
    poster: new DiscordPoster({ calls, guilds, pauses, posted, services }),
    notices: live,
    channels,
    stages: new DiscordStages({ calls, letters, upkeep, channels, services }),
    directMessages: new DiscordDirectMessages({ calls, letters, services, pause }),
    connected: () => interactions !== null && gateway.isConnected,
    async start(core) {
      const { application, fileOrigins = DISCORD_FILES } = settings;
      const files = { origins: fileOrigins, fetch };
      const seenIn = new SeenIn(store, clock);
      const parts = { ...core, application, calls, guilds, seenIn, files, inflow, after };
      listening = new Listening(parts);
      interactions = new Interactions(parts, listening);
      await gateway.connect();
      const { guild = null } = settings;
      inflow.run(() => warnOfOtherCommands({ application, guild }, core.commands, { rest, log }));
    },
    async stop() {
      interactions = null;
      listening = null;
      live.end();
      inflow.run(() => upkeep.end());
      // Whoever runs the bot waits for its end: what hangs is left as it is, and what is in the store stays there.
      const enough = new AbortController();
      await Promise.race([inflow.end(), pause(LONGEST_END_MS, enough.signal)]);
      enough.abort();
      await gateway.end();
    },
  };
}
