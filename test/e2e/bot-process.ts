import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { commands as allCommands } from "#commands/index";
import { createDispatch } from "#core/dispatch";
import { zoneSchema } from "#core/round/calendar";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { Services } from "#core/services";
import { createDiscord } from "#src/adapters/discord/connect";
import { createSlack } from "#src/adapters/slack/connect";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { loadRemedies } from "#src/content/remedies";
import { createHolidays } from "#src/holidays/holidays";
import { startClock } from "#src/schedule/clock";
import { openRedisStore } from "#src/store/redis/store";
import { recordingLog } from "#test/doubles/services";
import { parent } from "#test/faults/processes/child";

/** A whole bot on Redis in a process of its own; its clock looks at the channels when it is told to. */
export interface BotSettings {
  readonly redis: string;
  readonly api: string;
  readonly platform:
    | { readonly kind: "discord"; readonly token: string; readonly application: string }
    | {
        readonly kind: "slack";
        readonly botToken: string;
        readonly appToken: string;
        readonly files: string;
      };
}

export interface ToBot {
  readonly kind: "look" | "end";
}
export interface FromBot {
  readonly kind: "ready" | "looked" | "ended";
  /** Requests that came as far as the core. */
  readonly requests: number;
  readonly errors: readonly string[];
}

const { settings, listen, tell } = parent<ToBot, FromBot>();
const { redis, api, platform } = settings() as BotSettings;
const log = recordingLog();
const clock = { now: () => Date.now() };
const commands = allCommands.filter(({ where }) => where === "everywhere");
const store = await openRedisStore({ url: redis, durability: "none", log });
const base: Services = {
  clock,
  log,
  store,
  library: loadLibrary(SHIPPED_CONTENT),
  grader: createLocalGrader(),
  models: loadModels(SHIPPED_CONTENT),
  remedies: loadRemedies(SHIPPED_CONTENT),
  charts: createCharts({ fontFolder: SHIPPED_FONTS }),
  holidays: createHolidays(),
  places: loadPlaces(SHIPPED_CONTENT),
  commands,
  zone: zoneSchema.parse("Asia/Shanghai"),
};
const parts = {
  services: base,
  after: (ms: number, task: () => void) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  pause: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {}),
};
const bot =
  platform.kind === "discord"
    ? createDiscord({ token: platform.token, application: platform.application, api, shards: null }, parts)
    : createSlack(
        {
          mode: { kind: "socket", botToken: platform.botToken, appToken: platform.appToken },
          api,
          prefix: "",
          fileOrigins: [platform.files],
        },
        parts,
      );
const services: Services = { ...base, notices: bot.notices, channels: bot.channels };
const dispatch = createDispatch(commands, services);
let requests = 0;
await bot.start({
  commands,
  services,
  dispatch: (request) => {
    requests += 1;
    return dispatch(request);
  },
});
const running = startClock(
  { ...services, poster: bot.poster, newToken: randomUUID, pause: (ms) => sleep(ms) },
  () => async () => {},
);
await running.ready;
const say = (kind: FromBot["kind"]): void =>
  tell({ kind, requests, errors: log.errors.map(({ event, cause }) => `${event}: ${String(cause)}`) });

listen(async ({ kind }) => {
  if (kind === "look") {
    await running.sweepNow();
    say("looked");
    return;
  }
  await running.stop();
  await bot.stop();
  await store.close();
  say("ended");
});
say("ready");
