import { describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import type { HolidayCalendar } from "#core/schedule/holiday-calendar";
import { startClock } from "#src/schedule/clock";
import { startDossierClock } from "#src/schedule/dossier-clock";
import { removeTwins } from "#src/schedule/second-look";
import type { Tick } from "#src/schedule/tick";
import { type Channel, channel, openChannel, tenant } from "./channel.ts";

/** Ticks never, so that all there is is the first look. */
const noTick: Tick = () => async () => {};

const HOUR_MS = 3_600_000;

/** Writes down all that is counted and timed. */
const openMeter = () => {
  const counted: unknown[] = [];
  const timed: unknown[] = [];
  let seconds = 0;
  return {
    counted,
    timed,
    meter: {
      now: () => {
        seconds += 2;
        return seconds;
      },
      count: (...count: readonly unknown[]) => void counted.push(count),
      time: (...time: readonly unknown[]) => void timed.push(time),
      gauge: () => {},
    },
  };
};

const look = async (one: Channel, changes: Partial<Channel["parts"]> = {}): Promise<void> => {
  const clock = startClock({ ...one.parts, ...changes }, noTick, () => one.now());
  await clock.ready;
  await clock.stop();
};

describe("What the operator is told of the clock", () => {
  it("how many questions were posted and how many dates skipped, and nothing where there was neither", async () => {
    const one = await openChannel();
    await look(one);
    expect(one.log.infos).toEqual([]);
    one.setTime("2026-06-04T09:30:00");
    await look(one);
    expect(one.log.infos).toEqual([
      { event: "the clock went round", facts: expect.objectContaining({ posted: 1, skipped: 3, failed: 0 }) },
    ]);
    expect(one.log.warnings.map(({ event }) => event)).toEqual(Array(3).fill("a date has no post"));
  });

  it("which channels wait, how long it took, and what was posted when", async () => {
    const one = await openChannel();
    one.setTime("2026-06-01T09:00:07");
    const queues: { name: string; limit: number | null; waiting: () => number }[] = [];
    const { meter, counted, timed } = openMeter();
    const operation = { addQueue: (queue: (typeof queues)[number]) => void queues.push(queue) };
    await look(one, { meter, operation: operation as unknown as Channel["parts"]["operation"] });
    expect(queues.map(({ name, limit, waiting }) => [name, limit, waiting()])).toEqual([
      ["channels", null, 0],
    ]);
    expect(counted).toEqual([["roundsPosted", { platform: "local", timing: "on_time" }]]);
    expect(timed).toContainEqual(["postDelay", { platform: "local" }, 7]);
    expect(timed).toContainEqual(["sweep", { clock: "channels" }, expect.any(Number)]);
    for (const [, , seconds] of timed as [string, unknown, number][]) expect(seconds).toBeLessThan(60);
  });

  it("a question that could not be posted, as such", async () => {
    const one = await openChannel();
    one.setTime("2026-06-01T09:00:00");
    const { meter, counted } = openMeter();
    const post = async () => Promise.reject(new Error("503"));
    await look(one, { meter, poster: { ...one.platform, post } });
    expect(counted).toEqual([["postFailures", { platform: "local", kind: "question" }]]);
  });

  it("that the holidays of a year are not known, once a question, with its date", async () => {
    const one = await openChannel({ holidays: "CN" });
    const calendar: HolidayCalendar = { kindOf: () => "ordinary", knows: () => false };
    one.setTime("2026-06-01T09:00:00");
    await look(one, { holidays: { calendar: async () => calendar } });
    expect(one.log.warnings).toEqual([
      {
        event: "the year's holidays are not known: every weekday counts",
        facts: { tenant, channel, date: "2026-06-01" },
      },
    ]);
  });

  it("that a second post could not be removed, and of which question", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-01T09:00:00");
    const [message] = one.platform.messages;
    if (message === undefined) throw new Error("no message");
    const told: unknown[] = [];
    const log = { ...one.log, error: (...said: readonly unknown[]) => void told.push(said) };
    const cause = new Error("missing permission");
    const poster = { ...one.platform, dropTwins: async () => Promise.reject(cause) };
    await removeTwins(message.announcement, 0, message.id, { ...one.parts, log, poster });
    const { key } = message.announcement;
    expect(told).toEqual([["a second post could not be removed", cause, { tenant, channel, key }]]);
  });
});

describe("A look at all channels", () => {
  const looks = async (turn: number | null) => {
    const one = await openChannel();
    const asked: unknown[] = [];
    const store: Store = {
      ...one.store,
      now: async () => one.now(),
      takeTurn: async (...turns) => {
        asked.push(turns);
        return turn;
      },
      wakeAllSchedules: async (at) => void asked.push((at - one.now()) / HOUR_MS),
    };
    await look(one, { store });
    return asked;
  };

  it("is one process's a day, of those that share a store; the others see to it that nobody is planned later than that", async () => {
    const turn = [`look-at-all/${process.versions.tz}`, 1 / 86_400, 0];
    expect(await looks(0)).toEqual([turn, 0]);
    expect(await looks(null)).toEqual([turn, 25]);
  });
});

describe("What the operator is told of what wakes by itself", () => {
  const dossier = { tenant, kind: "reminder", id: "one", revision: 1, text: "one" } as const;

  it("how long a look took, what became of each, and what failed", async () => {
    const one = await openChannel();
    for (const id of ["good", "bad"]) await one.store.keepDossier({ ...dossier, id, wakeAt: one.now() });
    const { meter, counted, timed } = openMeter();
    const reminder = async ({ id, text }: { readonly id: string; readonly text: string }) => {
      if (id === "bad") throw new Error("gone");
      return { text, wakeAt: null };
    };
    const clock = startDossierClock({ ...one.parts, meter }, { reminder }, noTick);
    await clock.ready;
    await clock.stop();
    const woken = (outcome: string) => ["dossiersWoken", { kind: "reminder", outcome }];
    expect(counted).toHaveLength(2);
    expect(counted).toEqual(expect.arrayContaining([woken("done"), woken("failed")]));
    expect(timed).toEqual([["sweep", { clock: "dossiers" }, 2]]);
    expect(one.log.errors.map(({ event }) => event)).toEqual(["a dossier could not be looked at"]);
  });

  it("that the store is away, once", async () => {
    const one = await openChannel();
    const takeDossiers = async () => Promise.reject(new Error("away"));
    const store = { ...one.store, takeDossiers };
    const clock = startDossierClock({ ...one.parts, store }, { reminder: async () => null }, noTick);
    await clock.ready;
    await clock.sweepNow();
    await clock.stop();
    expect(one.log.errors.map(({ event }) => event)).toEqual([
      "what is due could not be read; it is tried again",
    ]);
  });

  it("and nothing more is looked at once the process ends", async () => {
    const one = await openChannel();
    for (let at = 0; at < 40; at += 1)
      await one.store.keepDossier({ ...dossier, id: `d${at}`, wakeAt: one.now() });
    const seen: string[] = [];
    let stop = async (): Promise<void> => {};
    const reminder = async ({ id, text }: { readonly id: string; readonly text: string }) => {
      seen.push(id);
      void stop();
      return { text, wakeAt: null };
    };
    const clock = startDossierClock(one.parts, { reminder }, noTick);
    stop = () => clock.stop();
    await clock.stop();
    expect(seen.length).toBeLessThan(40);
  });
});
