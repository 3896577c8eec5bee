import { randomUUID } from "node:crypto";
import { commands } from "#commands/index";
import { guardedDispatch } from "#core/guarding";
import type { Store } from "#core/ports";
import type { Reply } from "#core/reply";
import type { Request } from "#core/request";
import { zoneSchema } from "#core/round/calendar";
import { createLocalGrader } from "#core/scoring/local-grader";
import { dossierActs } from "#src/acts";
import { renderReply as renderDiscord } from "#src/adapters/discord/render";
import { renderReply as renderSlack } from "#src/adapters/slack/render";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { loadRemedies } from "#src/content/remedies";
import { createHolidays } from "#src/holidays/holidays";
import { startClock } from "#src/schedule/clock";
import { startDossierClock } from "#src/schedule/dossier-clock";
import { openRedisStore } from "#src/store/redis/store";
import { posterOn } from "#test/doubles/platform/poster";
import { openWire } from "#test/doubles/platform/wire";
import { recordingLog, servicesWith } from "#test/doubles/services";
import { parent } from "./child.ts";
import { type Asked, askedAt, type DayPlan } from "./day-plan.ts";

/** One of many bots as a process: its clocks, and what the members of its share of the tenants ask for. */
export interface BotSettings extends DayPlan {
  readonly url: string;
  readonly platformPort: number;
  readonly startsAt: number;
  /** Its number, from 0, and how many there are. */
  readonly process: number;
  readonly processes: number;
  /** How many requests it works at at once. */
  readonly lanes: number;
}

export type ToBot = { readonly kind: "tick"; readonly now: number } | { readonly kind: "report" };

/** What a bot has done since it was ready. */
export interface BotReport {
  /** From the moment that it was taken up to its drawn reply. */
  readonly answerMs: readonly number[];
  readonly lookUpMs: readonly number[];
  readonly refused: number;
  readonly errors: number;
  readonly cpuMs: number;
  readonly rssBytes: number;
}
export type FromBot =
  | { readonly kind: "ready" | "done" }
  | { readonly kind: "report"; readonly report: BotReport };

const { settings, listen, tell } = parent<ToBot, FromBot>();
const given = settings() as BotSettings;
const { url, platformPort, process: number, processes, lanes } = given;

// Within a tick time passes as it does; between two it jumps.
let tick = { now: given.startsAt, since: performance.now() };
const time = { now: (): number => Math.floor(tick.now + performance.now() - tick.since) };

const log = recordingLog();
const opened = await openRedisStore({ url, durability: "none", log, commandTimeoutMs: 60_000 });
/** The server's clock is the true one. */
const store: Store = { ...opened, now: async () => time.now() };
const library = loadLibrary(SHIPPED_CONTENT);
const services = servicesWith({
  store,
  log,
  clock: time,
  library,
  grader: createLocalGrader(),
  commands,
  models: loadModels(SHIPPED_CONTENT),
  remedies: loadRemedies(SHIPPED_CONTENT),
  holidays: createHolidays(),
  places: loadPlaces(SHIPPED_CONTENT),
  zone: zoneSchema.parse("Asia/Shanghai"),
});
const dispatch = guardedDispatch(commands, services);
const noTick = () => async () => {};
const poster = posterOn(await openWire(platformPort), time, (tenant) => tenant.startsWith("discord"));
const clock = startClock(
  { ...services, poster, newToken: randomUUID, pause: async () => {} },
  noTick,
  time.now,
);
const dossiers = startDossierClock(services, dossierActs(services), noTick, time.now);
await Promise.all([clock.ready, dossiers.ready]);

const waiting: Asked[] = [];
for (let at = number; at < given.tenants; at += processes) waiting.push(...askedAt(at, given.days));
// The last first: they are taken off the end.
waiting.sort((one, other) => other.at - one.at);

const took: { readonly answer: number[]; readonly lookUp: number[] } = { answer: [], lookUp: [] };
let refused = 0;

const draw = (reply: Reply, { tenant, locale }: Request): unknown =>
  tenant.startsWith("slack") ? renderSlack(reply, { locale }) : renderDiscord(reply, { locale });

const askAll = async (): Promise<void> => {
  const lane = async (): Promise<void> => {
    for (let next = waiting.at(-1); next !== undefined && next.at <= time.now(); next = waiting.at(-1)) {
      waiting.pop();
      const { request } = next;
      const from = performance.now();
      const reply = await dispatch(request);
      draw(reply, request);
      took[request.command === "answer" ? "answer" : "lookUp"].push(performance.now() - from);
      if (reply.isRefusal === true) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

const cpu = process.cpuUsage();
const report = (): BotReport => {
  const { user, system } = process.cpuUsage(cpu);
  return {
    answerMs: took.answer,
    lookUpMs: took.lookUp,
    refused,
    errors: log.errors.length,
    cpuMs: (user + system) / 1_000,
    rssBytes: process.memoryUsage.rss(),
  };
};

listen(async (message) => {
  if (message.kind === "report") return tell({ kind: "report", report: report() });
  tick = { now: message.now, since: performance.now() };
  await Promise.all([clock.sweepNow(), dossiers.sweepNow(), askAll()]);
  return tell({ kind: "done" });
});
tell({ kind: "ready" });
