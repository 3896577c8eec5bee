import { randomUUID } from "node:crypto";
import type { Store } from "#core/ports";
import { noHolidays } from "#core/schedule/holiday-calendar";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { startClock } from "#src/schedule/clock";
import { openRedisStore } from "#src/store/redis/store";
import { posterOn } from "#test/doubles/platform/poster";
import { openWire } from "#test/doubles/platform/wire";
import { recordingLog } from "#test/doubles/services";
import { type Edge, withHazards } from "#test/schedule/hazards";
import { parent } from "./child.ts";
import { readSimulatedTime } from "./simulated-time.ts";

/** One of many bots, of which only the clock runs; its time and its ticks come from the test. */
export interface ReplicaSettings {
  readonly url: string;
  readonly platformPort: number;
  readonly timeFile: string;
  /** Its number, from 0. */
  readonly process: number;
  /** Dies of itself, as by kill -9, at this call's edge of all it makes once it is told to sweep. */
  readonly diesAt?: number;
}

export interface ToReplica {
  readonly kind: "sweep";
}
export interface FromReplica {
  readonly kind: "ready" | "swept";
  readonly errors: number;
  /** The edges of calls passed so far. */
  readonly edges: number;
}

const { settings, listen, tell } = parent<ToReplica, FromReplica>();
const { url, platformPort, timeFile, process: number, diesAt } = settings() as ReplicaSettings;
const time = readSimulatedTime(timeFile, number);
const log = recordingLog();
const opened = await openRedisStore({ url, durability: "none", log });
/** The server's clock is the true one. */
const timed: Store = { ...opened, now: async () => time.now() };

let edges = 0;
let isSweeping = false;
const edge: Edge = () => {
  if (!isSweeping) return;
  edges += 1;
  if (edges === diesAt) process.kill(process.pid, "SIGKILL");
};
const withEdges = <Part extends object>(part: Part): Part =>
  diesAt === undefined ? part : withHazards(part, edge);

const clock = startClock(
  {
    store: withEdges(timed),
    poster: withEdges(posterOn(await openWire(platformPort), time, (tenant) => tenant.startsWith("discord"))),
    clock: { now: time.wall },
    holidays: { calendar: async () => noHolidays },
    library: loadLibrary(SHIPPED_CONTENT),
    log,
    newToken: randomUUID,
    pause: async () => {},
  },
  () => async () => {},
  time.now,
);
await clock.ready;
const say = (kind: FromReplica["kind"]): void => tell({ kind, errors: log.errors.length, edges });

listen(async () => {
  isSweeping = true;
  await clock.sweepNow();
  isSweeping = false;
  say("swept");
});
// As the program ends: what has begun is finished, the rest is left to the others.
process.once("SIGTERM", async () => {
  await clock.stop();
  await opened.close();
  process.exit(0);
});
say("ready");
