import { describe, expect, it } from "vitest";
import type { Announcement } from "#core/ports";
import { sweep } from "#src/schedule/sweep";
import { type Channel, openChannel, tenant } from "./channel.ts";

const refuses = { post: async () => Promise.reject(new Error("503")), find: async () => null };
const blind = { post: refuses.post, find: async () => Promise.reject(new Error("missing scope")) };

/** A channel whose first round closed at 21:00 and takes no answers any more from 21:10 on. */
const openClosed = async (): Promise<Channel> => {
  const one = await openChannel({ closesAfterHours: 12 });
  await one.sweepAt("2026-06-01T09:00:00");
  return one;
};
const keys = (one: Channel): readonly string[] =>
  one.platform.of("reveal").map(({ announcement }) => announcement.key);
const kept = async (one: Channel) => (await one.records()).at(-1)?.reveal;
const looksPlanned = async (one: Channel) => {
  const planned = await one.store.dossiers({ tenant, kind: "second-look", limit: 9 });
  return planned.map(({ id }) => id);
};

describe("A reveal, when the platform fails", () => {
  it("is tried again a minute later, told to the operator and counted", async () => {
    const one = await openClosed();
    const counted: unknown[] = [];
    const meter = {
      now: () => 0,
      time: () => {},
      gauge: () => {},
      count: (...count: readonly unknown[]) => void counted.push(count),
    };
    await one.sweepAt("2026-06-01T21:10:01", { poster: refuses, meter });
    await one.sweepAt("2026-06-01T21:10:31");
    expect(keys(one)).toEqual([]);
    expect(one.log.errors).toHaveLength(1);
    expect(counted).toContainEqual(["postFailures", { platform: "local", kind: "reveal" }]);
    await one.sweepAt("2026-06-01T21:11:02");
    expect(keys(one)).toEqual(["reveal/2026-06-01@study"]);
    expect(await kept(one)).toMatchObject({ kind: "sent", messageId: "message-2" });
  });

  it("is found where its answer was lost, instead of posted again, and looked for once more an hour later", async () => {
    const one = await openClosed();
    const post: typeof one.platform.post = async (announcement) => {
      await one.platform.post(announcement);
      throw new Error("socket hang up");
    };
    await one.sweepAt("2026-06-01T21:10:01", { poster: { ...one.platform, post } });
    expect(await looksPlanned(one)).toEqual([]);
    await one.sweepAt("2026-06-01T21:11:02");
    expect(keys(one)).toHaveLength(1);
    expect(await kept(one)).toMatchObject({ kind: "sent", messageId: "message-2" });
    expect(await looksPlanned(one)).toEqual(["reveal/2026-06-01@study"]);
  });

  it("costs nobody a second look where it was posted at the first try", async () => {
    const one = await openClosed();
    await one.sweepAt("2026-06-01T21:10:01");
    expect(keys(one)).toHaveLength(1);
    expect(await looksPlanned(one)).toEqual([]);
  });

  it("is given up a day after its round, visibly", async () => {
    const one = await openClosed();
    await one.sweepAt("2026-06-02T21:10:00", { poster: refuses });
    await one.sweepAt("2026-06-02T21:11:02");
    expect(keys(one)).toEqual([]);
    expect(await kept(one)).toMatchObject({ kind: "skipped", reason: "window-passed" });
  });

  it("is given up two days after its round where nobody can say whether it was posted", async () => {
    const one = await openClosed();
    await one.sweepAt("2026-06-01T21:10:01", { poster: blind });
    await one.sweepAt("2026-06-03T21:09:00", { poster: blind });
    expect(await kept(one)).toMatchObject({ kind: "intent" });
    await one.sweepAt("2026-06-03T21:12:00", { poster: blind });
    expect(await kept(one)).toMatchObject({ kind: "skipped", reason: "window-passed" });
    expect(keys(one)).toEqual([]);
  });
});

describe("A reveal, with many processes", () => {
  it("is not posted after a sleep between the claim and the post, but by whoever looks next", async () => {
    const one = await openClosed();
    const claimReveal: typeof one.store.claimReveal = async (...claim) => {
      const claimed = await one.store.claimReveal(...claim);
      one.setTime("2026-06-01T21:10:31");
      return claimed;
    };
    await one.sweepAt("2026-06-01T21:10:01", { store: { ...one.store, claimReveal } });
    expect(keys(one)).toEqual([]);
    await one.sweepAt("2026-06-01T21:10:50");
    expect(keys(one)).toEqual([]);
    await one.sweepAt("2026-06-01T21:11:02");
    expect(keys(one)).toHaveLength(1);
  });

  it("is taken back by a process that was frozen while another posted it", async () => {
    const one = await openClosed();
    one.setTime("2026-06-01T21:10:01");
    const post = async (announcement: Announcement) => {
      await one.sweepAt("2026-06-01T21:11:02");
      return one.platform.post(announcement);
    };
    await sweep({ ...one.parts, poster: { ...one.platform, post } });
    expect(one.platform.of("reveal").map(({ id }) => id)).toEqual(["message-2"]);
    expect(await kept(one)).toMatchObject({ kind: "sent", messageId: "message-2" });
  });

  it("waits for its turn where the platform counts the posts of all, with nothing begun", async () => {
    const one = await openClosed();
    const paces = () => [{ name: "slow", perSecond: 0.01 }];
    const store = { ...one.store, takeTurn: async () => null };
    await one.sweepAt("2026-06-01T21:10:01", { poster: { ...one.platform, paces }, store });
    expect(await kept(one)).toBeNull();
    await one.sweepAt("2026-06-01T21:10:07");
    expect(keys(one)).toHaveLength(1);
  });

  it("is skipped where its question is none any more", async () => {
    const one = await openClosed();
    const library = { questions: one.parts.library.questions, question: () => undefined };
    await one.sweepAt("2026-06-01T21:10:01", { library });
    expect(await kept(one)).toMatchObject({ kind: "skipped", reason: "no-question" });
  });
});
