import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
import { createSlack, type Slack, type SlackSettings } from "#src/adapters/slack/connect";
import { manifest } from "#src/adapters/slack/manifest";
import { featuresWithout } from "#src/adapters/slack/manifest-scopes";
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
import { recordingLog } from "#test/doubles/services";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { SlackDouble } from "#test/doubles/slack/handles";
import type { DoubleOptions } from "#test/doubles/slack/options";

const zone = zoneSchema.parse("Asia/Shanghai");

/** What costs a second to read, and no test changes. */
const content = {
  library: loadLibrary(SHIPPED_CONTENT),
  grader: createLocalGrader(),
  models: loadModels(SHIPPED_CONTENT),
  remedies: loadRemedies(SHIPPED_CONTENT),
  charts: createCharts({ fontFolder: SHIPPED_FONTS }),
  holidays: createHolidays(),
  places: loadPlaces(SHIPPED_CONTENT),
};

/** Nine in the morning in Shanghai, on a Wednesday. */
const STARTS_AT = Date.UTC(2026, 10, 25, 1);

export type Mode = "socket" | "http";

export interface ServerSettings {
  readonly mode?: Mode;
  readonly double?: Partial<DoubleOptions>;
  readonly commands?: readonly Command[];
  /** Features of the app that the workspace was not asked for. */
  readonly without?: readonly string[];
  /** Stands in front of the real core. */
  readonly dispatch?: (dispatch: Dispatch) => Dispatch;
  readonly store?: (store: Store) => Store;
  readonly services?: Partial<Services>;
  /** In place of what wakes by itself in the program. */
  readonly acts?: (services: Services) => DossierActs;
  readonly startsAt?: number;
  /** Whether ann adds the app to the first workspace before anything else, in HTTP mode. */
  readonly installs?: boolean;
  readonly prefix?: string;
  /** Short waits pass on the double's clock, at once; in HTTP mode, where no connection is waited for. */
  readonly waitsOnClock?: boolean;
  readonly sealKeys?: readonly { readonly id: string; readonly key: Uint8Array }[];
}

/** The bot on a Slack of this machine: the real Bolt, core, content and data file. */
export interface SlackServer {
  readonly slack: SlackDouble;
  readonly bot: Slack;
  readonly services: Services;
  readonly log: ReturnType<typeof recordingLog>;
  readonly tenant: TenantId;
  readonly clock: RunningClock;
  /** The app's address in HTTP mode. */
  readonly url: string;
  /** Puts the clock forward; what was due in between runs, and the channels are looked at. */
  passTime(ms: number): Promise<void>;
  /** The process ends, and another one begins with the same store. */
  restart(): Promise<void>;
  /** One more process with the same store. */
  second(): Promise<Slack>;
  stop(): Promise<void>;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {});

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

/** A port of this machine that nobody listens on. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

/** The app that was created from the manifest, as the double reads it. */
const appOf = (
  commands: readonly Command[],
  url: string | null,
  prefix: string,
  without: readonly string[],
) =>
  JSON.parse(
    JSON.stringify(manifest({ commands, locale: "en", prefix, features: featuresWithout(without), url })),
  );

/** Starts the double, the bot and its clock. */
export async function openSlackServer(settings: ServerSettings = {}): Promise<SlackServer> {
  const {
    startsAt = STARTS_AT,
    commands = allCommands,
    mode = "socket",
    prefix = "",
    without = [],
  } = settings;
  const registered = commands.filter(({ where }) => where === "everywhere");
  const port = mode === "http" ? await freePort() : 0;
  const url = `http://127.0.0.1:${port}`;
  const slack = await startSlackDouble({
    mode,
    manifest: appOf(registered, mode === "http" ? url : null, prefix, without),
    clock: { now: () => startsAt },
    patienceMs: 20_000,
    ...(mode === "http" && settings.double?.workspaces === undefined
      ? {
          workspaces: [
            {
              name: "team",
              channels: ["daily"],
              members: [{ name: "ann", admin: true, owner: true }, { name: "bo" }],
            },
          ],
        }
      : {}),
    ...settings.double,
  });
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-slack-"));
  const log = recordingLog();
  const opened = await openSqliteStore({ file: join(folder, "rehearsal.db") });
  const store = settings.store?.(opened) ?? opened;
  const timers = timersOn(() => slack.clock.now());
  const base = {
    clock: slack.clock,
    log,
    store,
    ...content,
    commands: registered,
    zone,
    ...settings.services,
  };
  const sealKeys = settings.sealKeys ?? [{ id: "k1", key: randomBytes(32) }];
  const modeOf = (onPort: number): SlackSettings["mode"] =>
    mode === "socket"
      ? { kind: "socket", botToken: slack.botToken, appToken: slack.appToken }
      : {
          kind: "http",
          signingSecret: slack.signingSecret,
          clientId: slack.clientId,
          clientSecret: slack.clientSecret,
          port: onPort,
          url,
          sealKeys,
          authorizeUrl: slack.authorizeUrl,
        };
  // What is longer is the patience of an end, for which there is nothing to wait in a test.
  const pauseOnClock = async (ms: number, signal: AbortSignal): Promise<void> =>
    ms > 2000 ? pause(ms, signal) : slack.clock.advance(ms);
  const bots: Slack[] = [];
  const startBot = async (onPort: number): Promise<{ bot: Slack; services: Services }> => {
    const bot = createSlack(
      { mode: modeOf(onPort), api: slack.api, prefix, fileOrigins: [slack.files] },
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
  const addressOf = (bot: Slack): string => `http://127.0.0.1:${bot.port()}`;

  const { bot, services } = await startBot(port);
  if (mode === "http") {
    slack.deliverTo(`${addressOf(bot)}/slack/events`);
    if (settings.installs !== false) {
      const installed = await slack.member("ann").install(`${addressOf(bot)}/slack/install`);
      if (installed.status !== 200) throw new Error(`the app could not be installed: ${installed.body}`);
    }
  }
  const clock = startClock(
    { ...services, poster: bot.poster, pause: async () => {}, newToken: randomUUID },
    () => async () => {},
  );
  await clock.ready;
  const wake = async (by: Services): Promise<RunningClock> => {
    const woken = startDossierClock(by, settings.acts?.(by) ?? dossierActs(by), () => async () => {});
    await woken.ready;
    return woken;
  };
  let dossiers = await wake(services);
  return {
    slack,
    bot,
    services,
    log,
    clock,
    tenant: tenantIdSchema.parse(`slack:${slack.workspace().id}`),
    url,
    async passTime(ms) {
      slack.clock.advance(ms);
      timers.ringDue();
      await clock.sweepNow();
      await dossiers.sweepNow();
    },
    second: async () => {
      const { bot: other } = await startBot(0);
      if (mode === "http") slack.deliverTo(...bots.map((one) => `${addressOf(one)}/slack/events`));
      return other;
    },
    async restart() {
      await dossiers.stop();
      for (const one of bots.splice(0)) await one.stop();
      const again = await startBot(port);
      dossiers = await wake(again.services);
    },
    async stop() {
      await clock.stop();
      await dossiers.stop();
      for (const one of bots) await one.stop();
      await slack.stop();
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The channel of a double as the core names it. */
export const channelIdOf = ({ id }: { readonly id: string }) => channelIdSchema.parse(id);
