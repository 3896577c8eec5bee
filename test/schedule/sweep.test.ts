import { describe, expect, it } from "vitest";
import { isRequired } from "#core/round/opening";
import { sweep } from "#src/schedule/sweep";
import { instant, timeOf } from "#test/core/schedule/samples";
import { channel, openChannel, tenant } from "./channel.ts";

const questions = (one: Awaited<ReturnType<typeof openChannel>>) =>
  one.platform.of("question").map(({ announcement }) => announcement.round.date);

describe("the clock, looking at a channel", () => {
  it("posts the day's question and opens its round until the next one", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-01T08:59:50");
    expect(one.platform.messages).toEqual([]);
    await one.sweepAt("2026-06-01T09:00:05");
    const [message] = one.platform.of("question");
    const [round] = await one.store.rounds(tenant, channel, 9);
    expect(message?.announcement).toMatchObject({ key: "question/2026-06-01@study", round, late: false });
    expect(round?.closesAt).toBe(instant("2026-06-02T09:00:00Z"));
    expect(await one.states()).toEqual(["2026-06-01 sent"]);
  });

  it("posts no second one, however often it looks", async () => {
    const one = await openChannel();
    for (const second of ["05", "15", "25", "35"]) await one.sweepAt(`2026-06-01T09:00:${second}`);
    await one.sweepAt("2026-06-01T13:00:00");
    expect(questions(one)).toEqual(["2026-06-01"]);
  });

  it("asks another question every day", async () => {
    const one = await openChannel();
    for (const day of ["01", "02", "03", "04"]) await one.sweepAt(`2026-06-${day}T09:00:05`);
    const asked = one.platform.of("question").map(({ announcement }) => announcement.question.id);
    expect(new Set(asked).size).toBe(4);
  });

  it("says so where it posts late", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-01T12:00:00");
    expect(one.platform.of("question").map(({ announcement }) => announcement.late)).toEqual([true]);
  });

  it("posts once after three days away, and the missed dates can be seen", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-04T09:30:00");
    expect(questions(one)).toEqual(["2026-06-04"]);
    expect(await one.states()).toEqual([
      "2026-06-01 date-passed",
      "2026-06-02 date-passed",
      "2026-06-03 date-passed",
      "2026-06-04 sent",
    ]);
  });

  it("asks no second question minutes after the first where the time was moved behind midnight", async () => {
    const one = await openChannel({ time: timeOf("23:59") });
    await one.sweepAt("2026-06-01T23:59:00");
    const [waking] = await one.store.schedulesToWake(Number.MAX_SAFE_INTEGER, 1);
    if (waking === undefined) throw new Error("no channel");
    await one.store.saveSchedule({ ...waking.schedule, time: timeOf("00:05"), revision: 2 }, 0);
    await one.sweepAt("2026-06-02T00:05:00");
    await one.sweepAt("2026-06-03T00:05:00");
    expect(await one.states()).toEqual(["2026-06-01 sent", "2026-06-02 changed", "2026-06-03 sent"]);
  });

  it("closes a round after the hours that an admin chose", async () => {
    const one = await openChannel({ closesAfterHours: 10 });
    await one.sweepAt("2026-06-01T09:00:00");
    expect((await one.store.rounds(tenant, channel, 1))[0]?.closesAt).toBe(instant("2026-06-01T19:00:00Z"));
  });

  it("reveals the answer once, when no answer can arrive in time any more", async () => {
    const one = await openChannel({ closesAfterHours: 12 });
    await one.sweepAt("2026-06-01T09:00:00");
    await one.sweepAt("2026-06-01T09:00:10");
    await one.store.wakeAllSchedules(0);
    await one.sweepAt("2026-06-01T21:10:00");
    expect(one.platform.of("reveal")).toEqual([]);
    for (const second of ["01", "11", "21"]) await one.sweepAt(`2026-06-01T21:10:${second}`);
    expect(one.platform.of("reveal").map(({ announcement }) => announcement.key)).toEqual([
      "reveal/2026-06-01@study",
    ]);
  });

  it("keeps the reveal of a round of less than half a day for two hours, in which answers still count", async () => {
    const one = await openChannel({ closesAfterHours: 10 });
    await one.sweepAt("2026-06-01T09:00:00");
    await one.store.wakeAllSchedules(0);
    for (const time of ["19:10:01", "21:00:00"]) await one.sweepAt(`2026-06-01T${time}`);
    expect(one.platform.of("reveal")).toEqual([]);
    await one.sweepAt("2026-06-01T21:00:01");
    expect(one.platform.of("reveal")).toHaveLength(1);
  });

  it("keeps the answer to itself where nobody wants it revealed", async () => {
    const one = await openChannel({ reveal: false });
    for (const day of ["01", "02"]) await one.sweepAt(`2026-06-${day}T09:00:00`);
    await one.sweepAt("2026-06-02T09:00:10");
    await one.sweepAt("2026-06-02T09:15:00");
    expect(one.platform.of("reveal")).toEqual([]);
    expect((await one.records()).at(-1)?.reveal).toMatchObject({ kind: "skipped", reason: "not-wanted" });
  });

  it("lets a date without a question be seen", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-01T09:00:00", { library: { questions: [], question: () => undefined } });
    expect(await one.states()).toEqual(["2026-06-01 no-question"]);
  });

  it("asks on every weekday where the holidays cannot be read, and tells the operator", async () => {
    const one = await openChannel({ holidays: "DE" });
    const calendar = async () => Promise.reject(new Error("no such file"));
    await one.sweepAt("2026-06-01T09:00:00", { holidays: { calendar } });
    expect(await one.states()).toEqual(["2026-06-01 sent"]);
    expect(one.log.errors[0]?.event).toContain("holidays");
  });

  it("looks at the other channels where one cannot be looked at", async () => {
    const one = await openChannel();
    const [waking] = await one.store.schedulesToWake(one.now(), 1);
    if (waking === undefined) throw new Error("no channel");
    const other = { ...waking.schedule, channel: "other" as typeof channel };
    await one.store.saveSchedule(other, 0);
    await one.sweepAt("2026-06-01T09:00:00", {
      store: {
        ...one.store,
        unsettledPosts: (from, of) =>
          of === "other" ? Promise.reject(new Error("broken")) : one.store.unsettledPosts(from, of),
      },
    });
    expect(questions(one)).toEqual(["2026-06-01"]);
    expect(one.log.errors).toHaveLength(1);
    await one.sweepAt("2026-06-01T09:01:00");
    expect(questions(one)).toHaveLength(2);
  });
});

describe("the clock of one of many processes", () => {
  it("leaves alone what another has taken up, and takes it up where that one was heard of no more", async () => {
    const one = await openChannel();
    await one.store.takeSchedules(instant("2026-06-01T09:00:00Z"), 60_000, 9);
    await one.sweepAt("2026-06-01T09:00:30");
    expect(questions(one)).toEqual([]);
    await one.sweepAt("2026-06-01T09:01:00");
    expect(questions(one)).toEqual(["2026-06-01"]);
  });

  it("leaves what it has not begun to the others when it ends", async () => {
    const one = await openChannel();
    one.setTime("2026-06-01T09:00:00");
    let asked = 0;
    const isEnding = () => {
      asked += 1;
      return asked > 1;
    };
    await sweep(one.parts, { isEnding });
    expect(questions(one)).toEqual([]);
    await one.sweepAt("2026-06-01T09:00:01");
    expect(questions(one)).toEqual(["2026-06-01"]);
  });

  it("waits for its turn where a platform counts the posts of all processes", async () => {
    const one = await openChannel();
    const waited: number[] = [];
    const store = { ...one.store, takeTurn: async () => 400 };
    const poster = { ...one.platform, paces: () => [{ name: "discord", perSecond: 20 }] };
    const pause = async (ms: number) => void waited.push(ms);
    await one.sweepAt("2026-06-01T09:00:00", { store, poster, pause });
    expect([waited, questions(one)]).toEqual([[400], ["2026-06-01"]]);
  });

  it("waits for the last of its turns where a channel has a pace of its own", async () => {
    const one = await openChannel();
    const [waited, asked]: [number[], string[]] = [[], []];
    const takeTurn = async (name: string) => {
      asked.push(name);
      return name === "slack/team/study" ? 900 : 50;
    };
    const paces = (...names: readonly string[]) => [
      { name: "slack/team", perSecond: 4 },
      { name: `slack/${names.join("/")}`, perSecond: 1 },
    ];
    const pause = async (ms: number) => void waited.push(ms);
    const parts = { store: { ...one.store, takeTurn }, poster: { ...one.platform, paces }, pause };
    await one.sweepAt("2026-06-01T09:00:00", parts);
    expect([waited, asked]).toEqual([[900], ["slack/team", "slack/team/study"]]);
    expect(questions(one)).toEqual(["2026-06-01"]);
  });

  it("comes back later, with nothing begun, where the turn is far off", async () => {
    const one = await openChannel();
    const store = { ...one.store, takeTurn: async () => null };
    const poster = { ...one.platform, paces: () => [{ name: "discord", perSecond: 20 }] };
    await one.sweepAt("2026-06-01T09:00:00", { store, poster });
    expect(await one.records()).toEqual([]);
    await one.sweepAt("2026-06-01T09:00:05");
    expect(questions(one)).toEqual(["2026-06-01"]);
  });
});

describe("the clock, when the platform fails", () => {
  const refuses = { post: async () => Promise.reject(new Error("503")), find: async () => null };

  it("tries again a minute later, and posts once", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-01T09:00:00", { poster: refuses });
    await one.sweepAt("2026-06-01T09:00:30");
    expect(questions(one)).toEqual([]);
    await one.sweepAt("2026-06-01T09:01:00");
    expect(questions(one)).toEqual(["2026-06-01"]);
    expect(one.log.errors).toHaveLength(1);
  });

  it("finds the post whose answer was lost, instead of posting again", async () => {
    const one = await openChannel();
    const post: typeof one.platform.post = async (announcement) => {
      await one.platform.post(announcement);
      throw new Error("socket hang up");
    };
    await one.sweepAt("2026-06-01T09:00:00", { poster: { ...one.platform, post } });
    await one.sweepAt("2026-06-01T09:01:00");
    expect(questions(one)).toEqual(["2026-06-01"]);
    expect((await one.records())[0]?.post).toMatchObject({ kind: "sent", messageId: "message-1" });
  });

  it("gives up when the window is over, visibly, and no streak hangs on the round", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-01T09:00:00", { poster: refuses });
    await one.sweepAt("2026-06-01T12:59:00", { poster: refuses });
    await one.sweepAt("2026-06-01T13:01:00", { poster: refuses });
    expect(await one.states()).toEqual(["2026-06-01 failed"]);
    expect((await one.store.rounds(tenant, channel, 9)).map(isRequired)).toEqual([false]);
    const facts = { tenant, channel, date: "2026-06-01", reason: "failed" };
    expect(one.log.warnings).toContainEqual({ event: "a date has no post", facts });
  });

  it("lets no streak hang on a round that was opened before three days of sleep and never shown", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-01T09:00:00", { poster: refuses });
    await one.sweepAt("2026-06-04T09:00:00");
    expect(await one.states()).toEqual([
      "2026-06-01 date-passed",
      "2026-06-02 date-passed",
      "2026-06-03 date-passed",
      "2026-06-04 sent",
    ]);
    expect((await one.store.rounds(tenant, channel, 9)).map(isRequired)).toEqual([true, false]);
  });

  it("does not post after a sleep between its claim and its post", async () => {
    const one = await openChannel();
    const openRound: typeof one.store.openRound = async (round) => {
      const kept = await one.store.openRound(round);
      one.setTime("2026-06-01T09:00:30");
      return kept;
    };
    await one.sweepAt("2026-06-01T09:00:00", { store: { ...one.store, openRound } });
    expect(questions(one)).toEqual([]);
    await one.sweepAt("2026-06-01T09:01:00");
    expect(questions(one)).toEqual(["2026-06-01"]);
  });

  it("gives up an old try that can never be looked up, and the next dates go on", async () => {
    const one = await openChannel();
    const blind = { post: refuses.post, find: async () => Promise.reject(new Error("missing scope")) };
    await one.sweepAt("2026-06-01T09:00:00", { poster: blind });
    await one.sweepAt("2026-06-02T09:00:00", { poster: { ...blind, post: one.platform.post } });
    await one.sweepAt("2026-06-03T09:00:00", { poster: { ...blind, post: one.platform.post } });
    expect(await one.states()).toEqual(["2026-06-01 failed", "2026-06-02 sent", "2026-06-03 sent"]);
  });
});
