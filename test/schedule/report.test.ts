import { afterEach, describe, expect, it } from "vitest";
import type { Channels } from "#core/channels";
import type { Instant } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Store } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Reply } from "#core/reply";
import { planReports, reportAct } from "#core/report/act";
import { setNamedForGain } from "#core/report/consent";
import { prepareRound } from "#core/round/opening";
import type { Schedule } from "#core/schedule/schedule";
import type { Services } from "#core/services";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { sweep } from "#src/schedule/sweep";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, channel, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { scheduleWith, zoneOf } from "#test/core/schedule/samples";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog, servicesWith } from "#test/doubles/services";
import { wordsOf } from "#test/doubles/team";
import { silent } from "#test/store/redis-database";

const DAY_MS = 86_400_000;
const library = loadLibrary(SHIPPED_CONTENT);
const say = messagesFor("en").report;
const at = (utc: string): Instant => Date.parse(`${utc}Z`);

/** A channel where messages are counted by their keys, as a platform does that posts each key once. */
class Wall implements Pick<Channels, "post"> {
  readonly posts = new Map<string, Reply>();
  calls = 0;
  /** Called once a post stands there: what happens between a post and the note of it. */
  afterPost: () => void = () => {};
  refuses = false;

  async post(...[, , reply, key]: Parameters<Channels["post"]>): Promise<void> {
    this.calls += 1;
    if (this.refuses) throw new Refusal((messages) => messages.discord.channelGone);
    if (!this.posts.has(key)) this.posts.set(key, reply);
    this.afterPost();
  }
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

/** One channel that is asked at 09:00 in UTC; the 1st, 8th and 15th of June 2026 are Mondays. */
async function openChannel(changes: Partial<Schedule> = {}, given?: Store, other?: Store) {
  const store = given ?? (await openSqliteStore({ file: ":memory:" }));
  opened.push(store);
  let now = at("2026-06-01T08:00:00");
  const log = recordingLog();
  const wall = new Wall();
  const services: Services = servicesWith({
    store,
    library,
    log,
    reports: wall,
    clock: { now: () => now },
  });
  const schedule = scheduleWith({ tenant, channel, zone: zoneOf("UTC"), ...changes });
  await store.saveSchedule(schedule, now);
  await planReports(schedule, services);
  return {
    store,
    services,
    wall,
    log,
    schedule,
    /** A process of its own looks at the reports at a time. */
    look: async (utc?: string): Promise<void> => {
      if (utc !== undefined) now = at(utc);
      await sweepDossiers("report", reportAct(services), services);
    },
    /** The same by a process with a connection of its own, at the time that it is. */
    otherLooks: async (): Promise<void> => {
      const others = { ...services, store: other ?? store };
      await sweepDossiers("report", reportAct(others), others);
    },
    /** Members' best scores of a round of a day of June. */
    answer: async (day: number, scores: Readonly<Record<string, number>>): Promise<void> => {
      const round = roundOn(day);
      await store.openRound(round);
      for (const [as, score] of Object.entries(scores)) {
        const attempt = attemptAs(`${as}-${day}`, { as, round: round.id, result: resultOf(score) });
        await store.recordAttempt({ ...attempt, credit: round.date });
      }
    },
  };
}

const team = { ann: 80, bo: 60, cy: 40 };

describe("A channel's weekly report", () => {
  it("is posted on Monday at the channel's time, once the last round is over, and once only", async () => {
    const { answer, look, wall } = await openChannel();
    await answer(1, team);
    await answer(7, { ann: 90 });
    await look("2026-06-08T08:59:00");
    await look("2026-06-08T09:00:00");
    expect(wall.posts.size).toBe(0);
    // Sunday's round closes at nine; who had the form open has ten minutes more.
    await look("2026-06-08T09:10:01");
    expect([...wall.posts.keys()]).toEqual([`report/2026-W23/${channel}`]);
    const [report] = wall.posts.values();
    const words = report === undefined ? "" : wordsOf(report);
    expect(report?.visibility).toBe("public");
    expect(words).toContain(say.title(23, "2026-06-01", "2026-06-07"));
    expect(words).toContain(say.took(3, 2, 68));
    expect(words).toContain(say.day(6, "2026-06-07"));
    expect(report?.blocks.map(({ kind }) => kind)).not.toContain("members");
    for (const hour of ["10:00", "18:00", "23:00"]) await look(`2026-06-08T${hour}:00`);
    expect(wall.calls).toBe(1);
    await answer(9, team);
    await look("2026-06-15T09:00:00");
    expect([...wall.posts.keys()]).toHaveLength(2);
  });

  it("is posted once although two processes look at the same moment", async () => {
    const { answer, look, wall } = await openChannel();
    await answer(2, team);
    await Promise.all([
      look("2026-06-08T09:00:00"),
      look("2026-06-08T09:00:00"),
      look("2026-06-08T09:00:00"),
    ]);
    expect(wall.calls).toBe(1);
  });

  it("stands there once although a process dies between the post and the note of it", async () => {
    const { answer, look, wall, store } = await openChannel();
    await answer(2, team);
    wall.afterPost = () => {
      throw new Error("the process is gone");
    };
    await look("2026-06-08T09:00:00");
    wall.afterPost = () => {};
    await look("2026-06-08T09:02:00");
    expect(wall.calls).toBe(2);
    expect(wall.posts.size).toBe(1);
    // A process that died in its lease leaves the report to another when the lease is over.
    await answer(9, team);
    await store.takeDossiers("report", at("2026-06-15T09:00:00"), 60_000, 10);
    await look("2026-06-15T09:00:30");
    expect(wall.posts.size).toBe(1);
    await look("2026-06-15T09:01:01");
    expect(wall.posts.size).toBe(2);
  });

  it("comes late rather than never, and after weeks away tells of the last week alone", async () => {
    const { answer, look, wall, log } = await openChannel();
    for (const day of [2, 9, 16]) await answer(day, team);
    await look("2026-06-13T22:00:00");
    expect([...wall.posts.keys()]).toEqual([`report/2026-W23/${channel}`]);
    await look("2026-06-25T22:00:00");
    expect([...wall.posts.keys()]).toEqual([`report/2026-W23/${channel}`, `report/2026-W25/${channel}`]);
    expect(log.warnings).toHaveLength(1);
  });

  it("says nothing where there was no round, where nobody answered, and where it is not wanted", async () => {
    const quiet = await openChannel();
    await quiet.look("2026-06-08T09:00:00");
    await quiet.store.openRound(roundOn(9));
    await quiet.look("2026-06-15T09:00:00");
    for (const changes of [{ report: false }, { enabled: false }]) {
      const off = await openChannel(changes);
      await off.answer(2, team);
      await off.look("2026-06-08T09:00:00");
      expect(off.wall.calls).toBe(0);
    }
    expect(quiet.wall.calls).toBe(0);
  });

  it("is tried again every hour where the channel takes no posts, until the next one is due", async () => {
    const { answer, look, wall, log } = await openChannel();
    await answer(2, team);
    await answer(9, team);
    wall.refuses = true;
    await look("2026-06-08T09:00:00");
    await look("2026-06-08T09:30:00");
    expect(wall.calls).toBe(1);
    await look("2026-06-08T10:00:00");
    expect(wall.calls).toBe(2);
    expect(log.errors.map(({ event }) => event)).toEqual(Array(2).fill("a report could not be posted"));
    wall.refuses = false;
    await look("2026-06-15T09:00:00");
    expect([...wall.posts.keys()]).toEqual([`report/2026-W24/${channel}`]);
  });

  it("comes without its picture where that cannot be drawn: the words say all of it", async () => {
    const { answer, look, wall, services, log } = await openChannel();
    await answer(2, team);
    Object.assign(services.charts, {
      report: async () => {
        throw new Error("no ink");
      },
    });
    await look("2026-06-08T09:00:00");
    const [report] = wall.posts.values();
    expect(report?.blocks.map(({ kind }) => kind)).not.toContain("picture");
    expect(wordsOf(report ?? { visibility: "public", placement: "new", blocks: [] })).toContain(
      say.took(3, 1, 60),
    );
    expect(log.errors).toHaveLength(1);
  });

  it("tells the team's whole streak, however many weeks it goes back", async () => {
    const { look, wall, store } = await openChannel();
    for (let day = 0; day < 42; day += 1) {
      const opensAt = at("2026-05-11T09:00:00") + day * DAY_MS;
      const round = prepareRound({ tenant, channel, zone: zoneOf("UTC"), question: "q5-oom", opensAt });
      await store.openRound(round);
      for (const as of day === 37 ? ["ann"] : ["ann", "bo"])
        await store.recordAttempt(attemptAs(`${as}-${day}`, { as, round: round.id, credit: round.date }));
      if (day % 7 === 6) await look(new Date(opensAt + DAY_MS + 601_000).toISOString().slice(0, 19));
    }
    const streaks = [...wall.posts.values()].map((report) => /Team streak: (\d+)/.exec(wordsOf(report))?.[1]);
    // On the 38th of 42 days only one of two passed.
    expect(streaks).toEqual(["28", "35", "4"]);
  });

  it("names those alone who agreed and improved, and nobody who is hidden", async () => {
    const { answer, look, wall, store } = await openChannel();
    for (const day of [2, 3, 4]) await answer(day, { ann: 40, bo: 40, cy: 40, di: 40 });
    for (const day of [9, 10]) await answer(day, { ann: 70, bo: 90, cy: 95, di: 41 });
    for (const name of ["ann", "bo", "di"])
      await setNamedForGain(tenant, attemptAs("any", { as: name }).member, true, store);
    await store.setShown(tenant, attemptAs("any", { as: "bo" }).member, false);
    await look("2026-06-15T09:00:00");
    const [report] = wall.posts.values();
    const named = report?.blocks.filter((block) => block.kind === "members");
    expect(named).toEqual([{ kind: "members", label: "+30", members: ["ann"] }]);
  });

  it("follows the channel's time and zone when they change, and is planned by the clock's own look", async () => {
    const { answer, look, wall, store, services, schedule } = await openChannel();
    await answer(2, team);
    const moved = { ...schedule, zone: zoneOf("America/New_York"), revision: 2, enabled: true };
    await store.saveSchedule(moved, at("2026-06-05T00:00:00"));
    await planReports(moved, services);
    await look("2026-06-08T09:00:00");
    expect(wall.calls).toBe(0);
    await look("2026-06-08T13:00:00");
    expect(wall.calls).toBe(1);
    expect((await store.dossier(tenant, "report", channel))?.wakeAt).toBe(at("2026-06-15T13:00:00"));
    await store.dropDossier(tenant, "report", channel);
    const parts = {
      newToken: () => "token",
      pause: async () => {},
      poster: { post: async () => "1", find: async () => null },
    };
    await sweep({ ...services, ...parts });
    await store.wakeAllSchedules(services.clock.now() + DAY_MS);
    expect(await store.dossier(tenant, "report", channel)).not.toBeNull();
  });
});

describe("Two processes on one Redis", () => {
  it("post a week's report once, also where the first dies after its post", async () => {
    const redis = await startRedis();
    const connect = () => openRedisStore({ url: redis.url, log: silent });
    const [one, other] = [await connect(), await connect()];
    const { answer, look, otherLooks, wall } = await openChannel({}, one, other);
    opened.push(other, { close: () => redis.stop() });
    await answer(2, team);
    await Promise.all([look("2026-06-08T09:00:00"), otherLooks(), look(), otherLooks()]);
    expect(wall.calls).toBe(1);
    await answer(9, team);
    wall.afterPost = () => {
      throw new Error("the process is gone");
    };
    await look("2026-06-15T09:00:00");
    wall.afterPost = () => {};
    await look("2026-06-15T09:02:00");
    await otherLooks();
    expect(wall.posts.size).toBe(2);
    expect(wall.calls).toBe(3);
  });
});
