import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { REST, Routes } from "discord.js";
import { commands as allCommands } from "#commands/index";
import type { Command } from "#core/command";
import { createDispatch, type Dispatch } from "#core/dispatch";
import { channelIdSchema, type TenantId, tenantIdSchema } from "#core/ids";
import { withInbox } from "#core/inbox";
import type { Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { Services } from "#core/services";
import { dossierActs } from "#src/acts";
import { createDiscord, type Discord } from "#src/adapters/discord/connect";
import { commandsJson } from "#src/adapters/discord/register";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { loadRemedies } from "#src/content/remedies";
import { createHolidays } from "#src/holidays/holidays";
import { startClock } from "#src/schedule/clock";
import { type DossierActs, startDossierClock } from "#src/schedule/dossier-clock";
import type { RunningClock } from "#src/schedule/sweeping";
import { openSqliteStore } from "#src/store/sqlite/store";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble, DoubleOptions } from "#test/doubles/discord/handles";
import { recordingLog } from "#test/doubles/services";

const zone = zoneSchema.parse("Asia/Shanghai");

/** Nine in the morning in Shanghai, on a Wednesday. */
const STARTS_AT = Date.UTC(2026, 10, 25, 1);

interface Shards {
  readonly ids: readonly number[];
  readonly count: number;
}

export interface ServerSettings {
  readonly double?: DoubleOptions;
  readonly commands?: readonly Command[];
  /** What the set-up has registered, where that is something else. */
  readonly registered?: readonly Command[];
  /** Stands in front of the real core. */
  readonly dispatch?: (dispatch: Dispatch) => Dispatch;
  readonly store?: (store: Store) => Store;
  readonly services?: Partial<Services>;
  /** In place of what wakes by itself in the program. */
  readonly acts?: (services: Services) => DossierActs;
  readonly startsAt?: number;
  readonly shards?: Shards;
  /** Short waits pass on the double's clock, at once. */
  readonly waitsOnClock?: boolean;
}

/** The bot on a Discord of this machine: the real client, core, content and data file. */
export interface DiscordServer {
  readonly discord: DiscordDouble;
  readonly bot: Discord;
  readonly services: Services;
  readonly log: ReturnType<typeof recordingLog>;
  readonly tenant: TenantId;
  readonly clock: RunningClock;
  /** Puts the clock forward; what was due in between runs, and the channels are looked at. */
  passTime(ms: number): Promise<void>;
  /** The process ends, and another one begins with the same store. */
  restart(): Promise<void>;
  /** One more process with the same store; by default it runs the same shards. */
  second(shards?: Shards): Promise<Discord>;
  stop(): Promise<void>;
}

/** Timers on the double's clock, which stands still until a test puts it forward: nothing depends on the machine. */
function timersOn(now: () => number) {
  const waiting = new Set<{ readonly at: number; readonly task: () => void }>();
  return {
    after(ms: number, task: () => void): () => void {
      if (ms <= 0) {
        const soon = setImmediate(task);
        return () => clearImmediate(soon);
      }
      const entry = { at: now() + ms, task };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    ringDue(): void {
      for (const entry of waiting) {
        if (entry.at > now()) continue;
        waiting.delete(entry);
        entry.task();
      }
    },
  };
}

/** Starts the double, the bot and its clock, with every command registered. */
export async function openDiscordServer(settings: ServerSettings = {}): Promise<DiscordServer> {
  const { startsAt = STARTS_AT, commands = allCommands } = settings;
  const discord = await startDiscordDouble({
    clock: { now: () => startsAt },
    patienceMs: 20_000,
    ...settings.double,
  });
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-discord-"));
  const log = recordingLog();
  const opened = await openSqliteStore({ file: join(folder, "rehearsal.db") });
  const store = settings.store?.(opened) ?? opened;
  const timers = timersOn(() => discord.clock.now());
  const registered = commands.filter(({ where }) => where === "everywhere");
  const base = {
    clock: discord.clock,
    log,
    store,
    library: loadLibrary(SHIPPED_CONTENT),
    grader: createLocalGrader(),
    models: loadModels(SHIPPED_CONTENT),
    remedies: loadRemedies(SHIPPED_CONTENT),
    charts: createCharts({ fontFolder: SHIPPED_FONTS }),
    holidays: createHolidays(),
    places: loadPlaces(SHIPPED_CONTENT),
    commands: registered,
    zone,
    ...settings.services,
  };
  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    sleep(ms, undefined, { signal }).catch(() => {});
  // What is longer is the patience of an end, for which there is nothing to wait in a test.
  const pauseOnClock = async (ms: number, signal: AbortSignal): Promise<void> =>
    ms > 2000 ? pause(ms, signal) : discord.clock.advance(ms);
  const bots: Discord[] = [];
  const startBot = async (
    shards = settings.shards ?? null,
  ): Promise<{ bot: Discord; services: Services }> => {
    const bot = createDiscord(
      {
        token: discord.token,
        application: discord.applicationId,
        api: discord.api,
        shards,
        fileOrigins: [discord.cdn],
      },
      {
        services: base,
        after: timers.after,
        pause: settings.waitsOnClock === true ? pauseOnClock : pause,
      },
    );
    const { notices, channels, stages, directMessages } = bot;
    const services: Services = { ...base, notices, channels, stages, directMessages, reports: channels };
    const dispatch = withInbox(createDispatch(registered, services), services);
    bots.push(bot);
    await bot.start({
      commands: registered,
      services,
      dispatch: settings.dispatch?.(dispatch) ?? dispatch,
    });
    return { bot, services };
  };

  const rest = new REST({ api: discord.api }).setToken(discord.token);
  await rest.put(Routes.applicationCommands(discord.applicationId), {
    body: commandsJson(settings.registered ?? registered, (text) => text),
  });
  const { bot, services } = await startBot();

  const parts = { ...services, poster: bot.poster, newToken: randomUUID, pause: async () => {} };
  const clock = startClock(parts, () => async () => {});
  await clock.ready;
  const wake = async (by: Services): Promise<RunningClock> => {
    const woken = startDossierClock(by, settings.acts?.(by) ?? dossierActs(by), () => async () => {});
    await woken.ready;
    return woken;
  };
  let dossiers = await wake(services);
  return {
    discord,
    bot,
    services,
    log,
    clock,
    tenant: tenantIdSchema.parse(`discord:${discord.guild().id}`),
    async passTime(ms) {
      discord.clock.advance(ms);
      timers.ringDue();
      await clock.sweepNow();
      await dossiers.sweepNow();
    },
    second: async (shards) => (await startBot(shards)).bot,
    async restart() {
      await dossiers.stop();
      for (const one of bots.splice(0)) await one.stop();
      const again = await startBot();
      dossiers = await wake(again.services);
    },
    async stop() {
      await clock.stop();
      await dossiers.stop();
      for (const one of bots) await one.stop();
      await discord.stop();
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The channel of a double as the core names it. */
export const channelIdOf = ({ id }: { readonly id: string }) => channelIdSchema.parse(id);
