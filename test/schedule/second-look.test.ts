import { describe, expect, it } from "vitest";
import type { Announcement } from "#core/ports";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { secondLook } from "#src/schedule/second-look";
import { sweep } from "#src/schedule/sweep";
import { type Channel, openChannel } from "./channel.ts";

const idsOf = (one: Channel): readonly string[] => one.platform.messages.map(({ id }) => id);

const look = async (one: Channel, utc: string): Promise<void> => {
  one.setTime(utc);
  await sweepDossiers("second-look", secondLook(one.parts), one.parts);
};

/**
 * A process is frozen between its last look at the clock and its post; meanwhile another has looked and posted. Then the
 * first one comes to and posts.
 *
 * @param dies whether it ends before it hears what became of the date
 */
const postTwice = async (dies: boolean): Promise<Channel> => {
  const one = await openChannel();
  one.setTime("2026-06-01T09:00:00");
  const post = async (announcement: Announcement) => {
    await one.sweepAt("2026-06-01T09:01:00");
    return one.platform.post(announcement);
  };
  const finishPost: typeof one.store.finishPost = (...end) =>
    dies && one.platform.messages.length > 1
      ? Promise.reject(new Error("the process has died"))
      : one.store.finishPost(...end);
  await sweep({ ...one.parts, poster: { ...one.platform, post }, store: { ...one.store, finishPost } });
  return one;
};

describe("A question that a frozen process posts after another", () => {
  it("is taken back at once by the process that comes to", async () => {
    const one = await postTwice(false);
    expect(idsOf(one)).toEqual(["message-1"]);
    expect((await one.records())[0]?.post).toMatchObject({ kind: "sent", messageId: "message-1" });
  });

  it("is removed within the hour where that process died, whoever looks", async () => {
    const one = await postTwice(true);
    expect(idsOf(one)).toEqual(["message-1", "message-2"]);
    await look(one, "2026-06-01T09:59:00");
    expect(idsOf(one)).toHaveLength(2);
    await look(one, "2026-06-01T10:01:00");
    expect(idsOf(one)).toEqual(["message-1"]);
  });

  it("is looked for once more a day later, and then no more", async () => {
    const one = await postTwice(true);
    await look(one, "2026-06-01T10:01:00");
    const [message] = one.platform.messages;
    if (message === undefined) throw new Error("no message");
    await one.platform.post(message.announcement);
    await look(one, "2026-06-02T11:00:00");
    expect(idsOf(one)).toEqual(["message-1"]);
    expect(
      await one.store.dossiers({ tenant: message.announcement.tenant, kind: "second-look", limit: 9 }),
    ).toEqual([]);
  });

  it("is looked for no more where its question is gone, or its round", async () => {
    for (const gone of ["question", "round"] as const) {
      const one = await postTwice(true);
      const library = { questions: [], question: () => undefined };
      const store = { ...one.store, round: async () => null };
      const parts = { ...one.parts, ...(gone === "question" ? { library } : { store }) };
      one.setTime("2026-06-01T10:01:00");
      await sweepDossiers("second-look", secondLook(parts), parts);
      expect([gone, idsOf(one).length]).toEqual([gone, 2]);
      const { tenant } = one.platform.messages[0]?.announcement ?? expect.fail();
      expect(await one.store.dossiers({ tenant, kind: "second-look", limit: 9 })).toEqual([]);
      expect(one.log.errors.map(({ event }) => event)).not.toContain("a dossier could not be looked at");
    }
  });

  it("costs nobody a look where it was posted at the first try", async () => {
    const one = await openChannel();
    await one.sweepAt("2026-06-01T09:00:00");
    expect(await one.store.takeDossiers("second-look", Number.MAX_SAFE_INTEGER / 2, 1, 9)).toEqual([]);
  });
});
