import { afterEach, describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { type Day, type DaySettings, keepDays } from "#src/schedule/day";
import type { ClockParts } from "#src/schedule/parts";
import { openSqliteStore } from "#src/store/sqlite/store";
import { recordingLog } from "#test/doubles/services";
import { channel, tenant } from "#test/schedule/channel";
import { openPlatform, type Platform } from "#test/schedule/platform";

const zone = zoneSchema.parse("Asia/Shanghai");
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Wednesday 2026-11-25 at nine in Shanghai. */
const nine = Date.UTC(2026, 10, 25, 1);

interface Machine {
  readonly store: Store;
  readonly platform: Platform;
  readonly log: ReturnType<typeof recordingLog>;
  /** Starts the program anew with these settings, as an operator would. */
  start(settings?: Partial<DaySettings>): Promise<Day>;
  /** Lets time pass while the program does not run. */
  sleep(ms: number): void;
  /** Lets time pass and the clock tick. */
  pass(ms: number): Promise<void>;
  /** The dates whose rounds were opened, oldest first. */
  dates(): Promise<string[]>;
}

/** One date is off in every calendar. */
const thanksgiving: ClockParts["holidays"] = {
  calendar: async () => ({
    kindOf: (date) => (date === "2026-11-26" ? "off" : "ordinary"),
    knows: () => true,
  }),
};

const opened: Store[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

/** One machine with a data file, whose clock ticks when the test says so. */
async function openMachine(
  startsAt = nine,
  wrapStore = (store: Store): Store => store,
  holidays: ClockParts["holidays"] = thanksgiving,
): Promise<Machine> {
  const kept = await openSqliteStore({ file: ":memory:" });
  opened.push(kept);
  let now = startsAt;
  let ticks: () => Promise<void> = async () => {};
  let running: Day | null = null;
  const platform = openPlatform(() => now);
  const log = recordingLog();
  const parts: ClockParts = {
    store: wrapStore(kept),
    poster: platform,
    clock: { now: () => now },
    holidays,
    library: loadLibrary(SHIPPED_CONTENT),
    log,
    newToken: () => crypto.randomUUID(),
    pause: async () => {},
  };
  return {
    store: kept,
    platform,
    log,
    async start(settings = {}) {
      await running?.stop();
      running = await keepDays(
        { tenant, channel, zone, time: null, weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: null, ...settings },
        parts,
        (run) => {
          ticks = run;
          return async () => {};
        },
      );
      return running;
    },
    sleep(ms) {
      now += ms;
    },
    async pass(ms) {
      now += ms;
      await ticks();
    },
    dates: async () => (await kept.rounds(tenant, channel, 50)).map(({ date }): string => date).toReversed(),
  };
}
const at = (time: string) => ({ time: wallTimeSchema.parse(time) });

describe("A machine without a fixed time", () => {
  it("has a question at once, at any time of day", async () => {
    const machine = await openMachine(nine + 14 * HOUR_MS);
    await machine.start();
    expect(await machine.dates()).toEqual(["2026-11-25"]);
  });

  it("has a new question when the date has changed, and tells whoever sits there", async () => {
    const machine = await openMachine();
    await machine.start();
    await machine.pass(15 * HOUR_MS + MINUTE_MS);
    expect(await machine.dates()).toEqual(["2026-11-25", "2026-11-26"]);
    expect(machine.platform.of("question")).toHaveLength(1);
  });

  it("tells nobody twice, and nobody of what they found when they came", async () => {
    const machine = await openMachine();
    const day = await machine.start();
    await day.openDue();
    await machine.pass(MINUTE_MS);
    expect(machine.platform.messages).toEqual([]);
    await machine.pass(16 * HOUR_MS);
    await day.openDue();
    await machine.pass(MINUTE_MS);
    expect(machine.platform.messages).toHaveLength(1);
  });

  it("goes on after trouble with the store, which the operator reads of once", async () => {
    let broken = false;
    const machine = await openMachine(nine, (store) => ({
      ...store,
      rounds: (...asked) => (broken ? Promise.reject(new Error("locked")) : store.rounds(...asked)),
    }));
    await machine.start();
    broken = true;
    await machine.pass(16 * HOUR_MS);
    await machine.pass(MINUTE_MS);
    expect(machine.log.errors.map(({ event }) => event)).toEqual([
      "today's round could not be opened; it is tried again",
    ]);
    broken = false;
    await machine.pass(MINUTE_MS);
    expect(await machine.dates()).toEqual(["2026-11-25", "2026-11-26"]);
  });
});

describe("A machine with a fixed time", () => {
  it("posts at that time, once a date", async () => {
    const machine = await openMachine();
    const day = await machine.start(at("09:30"));
    await day.openDue();
    expect(await machine.dates()).toEqual([]);
    await machine.pass(30 * MINUTE_MS);
    await machine.pass(MINUTE_MS);
    expect(await machine.dates()).toEqual(["2026-11-25"]);
    await machine.pass(24 * HOUR_MS);
    expect(await machine.dates()).toEqual(["2026-11-25", "2026-11-26"]);
    expect(machine.platform.of("question")).toHaveLength(2);
  });

  it("reveals the answers when the round is over", async () => {
    const machine = await openMachine();
    await machine.start(at("09:30"));
    await machine.pass(30 * MINUTE_MS);
    await machine.pass(24 * HOUR_MS);
    await machine.pass(11 * MINUTE_MS);
    expect(machine.platform.of("reveal")).toHaveLength(1);
  });

  it("posts late what fell due while it was off, and no second one after a restart", async () => {
    const machine = await openMachine();
    await machine.start(at("09:30"));
    machine.sleep(3 * HOUR_MS);
    await machine.start(at("09:30"));
    await machine.start(at("09:30"));
    expect(machine.platform.of("question").map(({ announcement }) => announcement.late)).toEqual([true]);
  });

  it("posts late where it is first started after the time, as long as the window is open", async () => {
    const machine = await openMachine(nine + 2 * HOUR_MS);
    await machine.start(at("09:30"));
    expect(await machine.dates()).toEqual(["2026-11-25"]);
    expect(machine.platform.of("question").map(({ announcement }) => announcement.late)).toEqual([true]);
  });

  it("says in a row why the first day has no question where it is too late for one", async () => {
    const machine = await openMachine(nine + 10 * HOUR_MS);
    await machine.start(at("09:30"));
    const records = await machine.store.postRecords(tenant, channel, 5);
    expect(records.map(({ date, post }) => [date, post.kind])).toEqual([["2026-11-25", "skipped"]]);
  });

  it("cuts no deadline short that was promised before there was a time", async () => {
    const machine = await openMachine(nine + 13 * HOUR_MS);
    await machine.start();
    await machine.start(at("00:30"));
    await machine.pass(3 * HOUR_MS);
    expect(await machine.dates()).toEqual(["2026-11-25"]);
    await machine.pass(24 * HOUR_MS);
    expect(await machine.dates()).toEqual(["2026-11-25", "2026-11-27"]);
  });

  it("asks on the weekdays that it was given", async () => {
    const machine = await openMachine();
    await machine.start({ ...at("09:30"), weekdays: [3, 5] });
    for (let day = 0; day < 4; day += 1) await machine.pass(day === 0 ? HOUR_MS : 24 * HOUR_MS);
    expect(await machine.dates()).toEqual(["2026-11-25", "2026-11-27"]);
  });

  it("keeps its settings over a restart: the schedule is changed only where they differ", async () => {
    const machine = await openMachine();
    const { store } = machine;
    await machine.start(at("09:30"));
    await machine.start(at("09:30"));
    expect((await store.schedule(tenant, channel))?.revision).toBe(1);
    await machine.start(at("10:00"));
    expect((await store.schedule(tenant, channel))?.revision).toBe(2);
  });

  it("asks nothing on a holiday of the calendar that it was given", async () => {
    const machine = await openMachine();
    await machine.start({ ...at("09:30"), holidays: "CN" });
    await machine.pass(HOUR_MS);
    await machine.pass(24 * HOUR_MS);
    await machine.pass(24 * HOUR_MS);
    expect(await machine.dates()).toEqual(["2026-11-25", "2026-11-27"]);
  });

  it("does not start with a calendar that nobody knows, also where no time asks for it", async () => {
    const calendar = async () => Promise.reject(new Error("no such calendar"));
    const machine = await openMachine(nine, (store) => store, { calendar });
    await expect(machine.start({ holidays: "XX" })).rejects.toThrow("no such calendar");
    await expect(machine.start({ holidays: null })).resolves.toBeDefined();
  });

  it("opens rounds by itself again when the time is taken away", async () => {
    const machine = await openMachine();
    await machine.start(at("09:30"));
    await machine.start();
    expect(await machine.dates()).toEqual(["2026-11-25"]);
    await machine.pass(HOUR_MS);
    expect(machine.platform.messages).toEqual([]);
  });
});
