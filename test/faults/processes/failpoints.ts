import { channelIdSchema, studyDateSchema, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import { settlesAt } from "#core/round/opening";
import { announcementKeyOf } from "#core/schedule/post-record";
import { defaultSettings, type Schedule } from "#core/schedule/schedule";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { noFaults, type Wanted } from "#test/doubles/platform/rules";
import { type Fleet, startFleet, startReplicaChild } from "./fleet.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FROM = Date.UTC(2026, 5, 1, 8);
const DAY_MS = 24 * HOUR_MS;

export interface FailpointReport {
  readonly deaths: number;
  readonly never: readonly string[];
  readonly twice: readonly string[];
}

/** A channel of its own for each death, due at nine of its own day. */
const scheduleOf = (death: number): Schedule => ({
  ...defaultSettings,
  tenant: tenantIdSchema.parse(death % 2 === 0 ? `discord:${death}` : `slack:T${death}`),
  channel: channelIdSchema.parse(`C${death}`),
  zone: zoneSchema.parse("UTC"),
  time: wallTimeSchema.parse("09:00"),
  closesAfterHours: 8,
  enabled: true,
  revision: 1,
  changedAt: FROM,
  firstDate: studyDateSchema.parse(new Date(FROM + death * DAY_MS).toISOString().slice(0, 10)),
  decidedBy: "admin",
});

const replicaSettings = (url: string, { platformPort, time }: Fleet) => ({
  url,
  platformPort,
  timeFile: time.file,
  process: 0,
});

/** Has a process look at the channel, which dies at the given edge; says whether it did. */
const dieAt = async (edge: number, url: string, fleet: Fleet, until: readonly number[]): Promise<boolean> => {
  const child = await startReplicaChild({ ...replicaSettings(url, fleet), diesAt: edge });
  for (const now of until) {
    fleet.time.set(now);
    const swept = new Promise<void>((resolve) => {
      child.listen(({ kind }) => kind === "swept" && resolve());
    });
    child.tell({ kind: "sweep" });
    await Promise.race([swept, child.gone]);
    if (child.isGone()) return true;
  }
  child.kill("SIGKILL");
  return false;
};

/**
 * Ends a process with kill -9 between every two of its steps, one step further each time: from the look at a channel
 * to its question's post, and from there to its reveal. Another process goes on. Every question and every reveal must
 * stand in its channel once.
 *
 * @param deaths how many at most; after the last step it begins with the first again
 */
export const dieBetweenSteps = async (
  {
    url,
    deaths,
    first = 1,
    seed,
  }: { readonly url: string; readonly deaths: number; readonly first?: number; readonly seed: number },
  store: Store,
): Promise<FailpointReport> => {
  const fleet = await startFleet({
    url,
    replicas: 1,
    startsAt: FROM,
    nonceMs: 3 * MINUTE_MS,
    faults: noFaults,
    seed,
  });
  const [survivor] = fleet.replicas;
  const wanted: Wanted[] = [];
  let edge = first;
  let died = 0;
  try {
    for (let death = 0; death < deaths; death += 1) {
      const schedule = scheduleOf(death);
      const dueAt = FROM + death * DAY_MS + HOUR_MS;
      const closesAt = dueAt + 8 * HOUR_MS;
      const revealsAt = settlesAt({ opensAt: dueAt, closesAt, closedAt: null }) + 1;
      fleet.time.set(dueAt - MINUTE_MS);
      await store.saveSchedule(schedule, dueAt);
      const isDead = await dieAt(edge, url, fleet, [dueAt, closesAt + 1, revealsAt]);
      if (isDead) died += 1;
      edge = isDead ? edge + 1 : 1;
      // The survivor comes when the leases are over, and again for whatever it finds to wait for.
      for (const waitMs of [61, 61, 61]) {
        fleet.time.set(fleet.time.now() + waitMs * 1_000);
        await survivor?.sweep();
      }
      fleet.time.set(Math.max(fleet.time.now(), revealsAt) + 3 * MINUTE_MS);
      for (const waitMs of [0, 61, 61]) {
        fleet.time.set(fleet.time.now() + waitMs * 1_000);
        await survivor?.sweep();
      }
      const { tenant, channel, firstDate } = schedule;
      for (const kind of ["question", "reveal"] as const)
        wanted.push([`${tenant}/${channel}`, announcementKeyOf(kind, channel, firstDate), dueAt]);
      await store.saveSchedule({ ...schedule, enabled: false, revision: 2 }, Number.MAX_SAFE_INTEGER);
    }
    const { absent } = await fleet.check(wanted);
    const { doubled } = await fleet.report();
    return { deaths: died, never: absent, twice: doubled };
  } finally {
    await fleet.stop();
  }
};
