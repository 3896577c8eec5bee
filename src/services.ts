import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commands } from "#commands/index";
import type { Proposer } from "#core/draft/proposer";
import { withTenants } from "#core/draft/tenant-library";
import { channelIdSchema, tenantIdSchema } from "#core/ids";
import type { Meter } from "#core/metrics/meter";
import { meteredGrader, meteredStore } from "#core/metrics/metered";
import type { DescribedStore, JudgeFacts } from "#core/operation";
import type { Clock, Log, Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import { Judging } from "#core/round/judging";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { Services } from "#core/services";
import { createCharts, SHIPPED_FONTS } from "./charts/charts.ts";
import type { Config } from "./config.ts";
import { loadContent, SHIPPED_CONTENT } from "./content/library.ts";
import { loadModels } from "./content/models.ts";
import { loadPlaces } from "./content/places.ts";
import { loadRemedies } from "./content/remedies.ts";
import { openDrafting } from "./drafting/drafting.ts";
import { createHolidays } from "./holidays/holidays.ts";
import { createOperation } from "./operation.ts";
import { openSqliteStore } from "./store/sqlite/store.ts";

export const clock: Clock = { now: () => Date.now() };

/** This machine as a tenant with one channel, which the terminal and the local page share. */
export const tenant = tenantIdSchema.parse("local");
export const channel = channelIdSchema.parse("local");

const DATA_FILE = "rehearsal.db";

/** With a time in the environment these decide when the question comes, and /settings does not. */
const scheduleVariables = ["REHEARSAL_TIME", "REHEARSAL_ZONE", "REHEARSAL_WEEKDAYS", "REHEARSAL_HOLIDAYS"];

interface Judged {
  readonly judging?: Judging;
  readonly proposer?: Proposer;
  /** What it did today; null where there is none. */
  today(): JudgeFacts | null;
}

/** The second reader, where the operator set one. Its libraries are large, so nobody else loads them. */
async function openJudging({ judge }: Config, meter: Meter | undefined): Promise<Judged> {
  if (judge === null) return { today: () => null };
  const { openJudge } = await import("./judge/judge.ts");
  const { openProposer } = await import("./judge/proposer.ts");
  const { Tally } = await import("./judge/tally.ts");
  const random = () => randomInt(2 ** 32) / 2 ** 32;
  const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });
  const tally = new Tally(clock, judge.prices);
  const judging = new Judging(openJudge(judge, { clock, random, pause, tally, meter }));
  const proposer = openProposer(judge, { clock, random, pause, tally });
  return { judging, proposer, today: () => tally.facts(judge.model) };
}

/** Where everything is kept: a file of this process, or a Redis that many share, whose library is loaded only then. */
async function openStore({ dataFolder, redis }: Config, log: Log): Promise<DescribedStore> {
  if (redis === null) {
    const file = join(dataFolder, DATA_FILE);
    if (existsSync(`${file}.migrating`)) throw new Refusal((say) => say.redis.migrating(file));
    return openSqliteStore({ file });
  }
  const { openRedisStore } = await import("./store/redis/store.ts");
  return openRedisStore({ ...redis, log });
}

/** What belongs to members' direct messages on Discord, whose library is loaded only where there is a bot. */
async function openElsewhere({ discord }: Config, store: Store): Promise<Pick<Services, "elsewhere">> {
  if (discord === null) return {};
  const { directMessagesOf } = await import("./adapters/discord/elsewhere.ts");
  return { elsewhere: directMessagesOf(store, clock) };
}

/** Opens what commands work with, the store among it. */
export async function openServices(config: Config, log: Log, meter: Meter | undefined): Promise<Services> {
  const { today, ...judging } = await openJudging(config, meter);
  const opened = await openStore(config, log);
  const operation = createOperation(opened, today, clock.now());
  if (opened.queue !== undefined) operation.addQueue(opened.queue);
  const store = meteredStore(opened, config.redis === null ? "sqlite" : "redis", meter);
  const { library, glossary } = loadContent(SHIPPED_CONTENT, { drafts: false });
  return {
    clock,
    log,
    store,
    library: withTenants(library, { store, clock, glossary }),
    drafting: openDrafting(glossary),
    grader: meteredGrader(createLocalGrader(), meter),
    ...judging,
    meter,
    operation,
    models: loadModels(SHIPPED_CONTENT),
    remedies: loadRemedies(SHIPPED_CONTENT),
    charts: createCharts({ fontFolder: SHIPPED_FONTS }),
    holidays: createHolidays(),
    places: loadPlaces(SHIPPED_CONTENT),
    local: { tenant, channel, fixedBy: config.time === null ? [] : scheduleVariables },
    commands,
    zone: config.zone,
    ...config.safety,
    ...(await openElsewhere(config, store)),
  };
}
