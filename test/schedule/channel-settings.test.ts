import { describe, expect, it } from "vitest";
import { type Announcement, PostRefused } from "#core/ports";
import { settingsOf } from "#core/schedule/schedule";
import { changeSettings } from "#core/settings/apply";
import { keepDays } from "#src/schedule/day";
import { sweep } from "#src/schedule/sweep";
import { zoneOf } from "#test/core/schedule/samples";
import { servicesWith } from "#test/doubles/services";
import { channel, openChannel, tenant } from "./channel.ts";

const never = () => async () => {};

describe("a channel that asks some topics only", () => {
  it("is asked nothing else, in turn", async () => {
    const { parts, platform, sweepAt } = await openChannel();
    const [one, other] = [...new Set(parts.library.questions.map(({ topic }) => topic))];
    const topics = [one, other].filter((topic) => topic !== undefined);
    const schedule = await parts.store.schedule(tenant, channel);
    if (schedule === null) throw new Error("the channel has no schedule");
    await parts.store.saveSchedule({ ...schedule, topics, revision: 2 }, 0);
    for (let day = 1; day <= 6; day += 1) await sweepAt(`2026-06-0${day}T09:00:00`);
    const asked = platform.of("question").map(({ announcement }) => announcement.question.topic);
    expect(asked).toHaveLength(6);
    expect(new Set(asked)).toEqual(new Set(topics));
  });

  it("has a row that says so on a date for which none of them has a question", async () => {
    const { parts, sweepAt, states } = await openChannel();
    const schedule = await parts.store.schedule(tenant, channel);
    if (schedule === null) throw new Error("the channel has no schedule");
    await parts.store.saveSchedule({ ...schedule, topics: ["withdrawn"], revision: 2 }, 0);
    await sweepAt("2026-06-01T09:00:00");
    expect(await states()).toEqual(["2026-06-01 no-question"]);
  });
});

describe("a channel that takes no posts any more", () => {
  const refusing = { post: () => Promise.reject(new PostRefused("no-access")), find: async () => null };

  it("has one row that says so, costs nobody a day, and is asked nothing until it is switched on", async () => {
    const { parts, store, states, sweepAt, platform } = await openChannel();
    await sweepAt("2026-06-01T09:00:00", { poster: refusing });
    for (const day of [2, 3]) await sweepAt(`2026-06-0${day}T09:00:00`, { poster: refusing });
    expect(await states()).toEqual(["2026-06-01 refused"]);
    expect((await store.schedule(tenant, channel))?.enabled).toBe(false);
    const [round] = await store.rounds(tenant, channel, 1);
    expect(round?.closedAt).toBe(round?.opensAt);
    const services = servicesWith({ store, clock: parts.clock, holidays: parts.holidays });
    await changeSettings({}, true, { tenant, channel, locale: "en" }, services);
    await sweepAt("2026-06-04T09:00:00");
    expect(platform.of("question").map(({ announcement }) => announcement.round.date)).toEqual([
      "2026-06-04",
    ]);
  });

  it("is given up where a post that may exist cannot be looked up any more", async () => {
    const { sweepAt, states } = await openChannel();
    const failing = { ...refusing, post: () => Promise.reject(new Error("a reset connection")) };
    await sweepAt("2026-06-01T09:00:00", { poster: failing });
    const gone = { ...refusing, find: () => Promise.reject(new PostRefused("channel-gone")) };
    await sweepAt("2026-06-01T09:05:00", { poster: gone });
    expect(await states()).toEqual(["2026-06-01 refused"]);
  });

  it("keeps its question where only the reveal is refused", async () => {
    const { sweepAt, records } = await openChannel();
    await sweepAt("2026-06-01T09:00:00");
    await sweepAt("2026-06-02T09:00:00", { poster: refusing });
    for (const minutes of ["11", "13", "20"])
      await sweepAt(`2026-06-02T09:${minutes}:00`, { poster: refusing });
    const first = (await records()).find(({ date }) => date === "2026-06-01");
    expect([first?.post.kind, first?.reveal]).toMatchObject(["sent", { kind: "skipped", reason: "refused" }]);
  });
});

describe("a post whose round is over", () => {
  it("is told so as it closes, before the reveal and where none is wanted, and holds up nothing", async () => {
    const { sweepAt, platform, records, log } = await openChannel({ closesAfterHours: 12, reveal: false });
    const closed: string[] = [];
    const telling = {
      ...platform,
      closed: async ({ kind, round }: Announcement) => {
        closed.push(`${kind} ${round.date}`);
        throw new Error("the message was deleted");
      },
    };
    await sweepAt("2026-06-01T09:00:00", { poster: telling });
    await sweepAt("2026-06-01T09:00:10", { poster: telling });
    await sweepAt("2026-06-01T20:59:50", { poster: telling });
    expect(closed).toEqual([]);
    await sweepAt("2026-06-01T21:00:01", { poster: telling });
    expect(closed).toEqual(["question 2026-06-01"]);
    await sweepAt("2026-06-01T21:10:01", { poster: telling });
    expect((await records())[0]?.reveal).toMatchObject({ kind: "skipped", reason: "not-wanted" });
    expect(log.errors.length).toBe(closed.length);
    const told = closed.length;
    await sweepAt("2026-06-01T22:00:00", { poster: telling });
    expect(closed).toHaveLength(told);
  });
});

describe("one's own machine without a time in its environment", () => {
  const day = {
    tenant,
    channel,
    zone: zoneOf("UTC"),
    time: null,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    holidays: null,
  };

  it("keeps what /settings decided over a restart, and opens no round before the time that it set", async () => {
    const { parts, store, setTime } = await openChannel({ enabled: false });
    const services = servicesWith({ store, clock: parts.clock, holidays: parts.holidays });
    await changeSettings({}, true, { tenant, channel, locale: "en" }, services);
    const running = await keepDays(day, parts, never);
    await running.openDue();
    expect(await store.rounds(tenant, channel, 9)).toEqual([]);
    setTime("2026-06-01T09:00:00");
    await sweep(parts);
    expect(await store.rounds(tenant, channel, 9)).toHaveLength(1);
    await running.stop();
  });

  it("ends a schedule that the environment had made, since nothing asks for it now", async () => {
    const { parts, store } = await openChannel({ decidedBy: "environment" });
    const running = await keepDays(day, parts, never);
    expect((await store.schedule(tenant, channel))?.enabled).toBe(false);
    expect(await store.rounds(tenant, channel, 9)).toHaveLength(1);
    await running.stop();
  });

  it("keeps topics and language that /settings chose where a time comes into the environment", async () => {
    const { parts, store } = await openChannel({ locale: "zh", topics: ["memory"], reveal: false });
    const running = await keepDays({ ...day, time: "08:00" as never }, parts, never);
    const schedule = await store.schedule(tenant, channel);
    if (schedule === null) throw new Error("the channel has no schedule");
    expect(settingsOf(schedule)).toMatchObject({ time: "08:00", locale: "zh", topics: ["memory"] });
    expect([schedule.decidedBy, schedule.reveal]).toEqual(["environment", false]);
    await running.stop();
  });
});
