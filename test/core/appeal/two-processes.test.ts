import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { appealAct } from "#core/appeal/telling";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Store } from "#core/ports";
import { reminderAct } from "#core/reminder/reminding";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { openRedisStore } from "#src/store/redis/store";
import { RecordedMessages } from "#test/doubles/direct-messages";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";
import { silent } from "#test/store/redis-database";

const say = messagesFor("en").appeal;
const ANSWER = "I would freeze most layers and train only LoRA adapters, and look at a few samples by hand.";
const HOUR_MS = 3_600_000;

interface Bench {
  readonly open: () => Promise<readonly [Team, Team]>;
  readonly close: () => Promise<void>;
}

/** Two processes with a connection each, or two hands in one process, which is all that a data file allows. */
const benches: Readonly<Record<string, () => Bench>> = {
  Redis: () => {
    let redis: RunningRedis | undefined;
    return {
      open: async () => {
        redis ??= await startRedis();
        const { url, admin } = redis;
        await admin.flushall();
        const withRedis = async (): Promise<Team> => {
          const shared = await openRedisStore({ url, log: silent });
          return openTeam(
            (own: Store) => {
              void own.close();
              return shared;
            },
            undefined,
            { directMessages: messages },
          );
        };
        return [await withRedis(), await withRedis()];
      },
      close: async () => redis?.stop(),
    };
  },
  SQLite: () => ({
    open: async () => {
      const team = await openTeam(undefined, undefined, { directMessages: messages });
      return [team, team];
    },
    close: async () => {},
  }),
};

let messages: RecordedMessages;

describe.each(Object.entries(benches))("Two at once on %s", (_, bench) => {
  const { open, close } = bench();
  let one: Team;
  let other: Team;
  beforeEach(async () => {
    messages = new RecordedMessages();
    [one, other] = await open();
  });
  afterEach(async () => {
    await one.stop();
    if (other !== one) await other.stop();
  });
  afterAll(close);

  /** The round is over for both: what was appealed may be read. */
  const passRound = async (): Promise<void> => {
    await one.passTime(25 * HOUR_MS);
    if (other !== one) await other.passTime(25 * HOUR_MS);
  };
  const both = <Result>(work: (team: Team, at: number) => Promise<Result>): Promise<Result[]> =>
    Promise.all([one, other].map(work));
  const resultNow = async () => {
    const ada = memberIdSchema.parse("ada");
    const [attempt] = await one.services.store.attempts({ tenant: one.tenant, member: ada, limit: 1 });
    if (attempt?.result == null) throw new Error("there is no scored answer");
    return attempt.result;
  };
  const lacking = async (): Promise<string[]> => {
    await one.ask("answer", ANSWER);
    const { points } = await resultNow();
    return points.flatMap(({ verdict }, at) => (verdict === "miss" ? [String(at + 1)] : []));
  };
  const waiting = async () => {
    const prefix = "waiting/";
    return one.services.store.dossiers({ tenant: one.tenant, kind: "appeal", prefix, limit: 50 });
  };

  it("file one appeal where a delivery comes to both", async () => {
    const [point = "1"] = await lacking();
    const replies = await both((team) =>
      team.ask("appeal", { point, reason: "It says so." }, { submission: "delivered-twice" }),
    );
    expect(replies.map(wordsOf)).toEqual([say.filed(Number(point)), say.filed(Number(point))]);
    await passRound();
    const eve = { member: "eve", role: "editor" } as const;
    expect(wordsOf(await one.ask("appeal", "", eve))).toContain(say.queueCount(1));
  });

  it("decide one appeal once, whichever of two editors comes first", async () => {
    const points = (await lacking()).slice(0, 4);
    for (const point of points) await one.ask("appeal", { point, reason: "It says so." });
    await passRound();
    for (const { text: look } of await waiting()) {
      const replies = await both((team, at) =>
        team.ask(
          "appeal",
          { look, verdict: at === 0 ? "hit" : "partial" },
          { member: at === 0 ? "eve" : "emil", role: "editor" },
        ),
      );
      const words = replies.map(wordsOf);
      expect(words.filter((text) => text.includes("The member will be told"))).toHaveLength(1);
      expect(words.filter((text) => text.includes("Somebody was quicker"))).toHaveLength(1);
    }
    const decided = (await resultNow()).points.filter(({ reason }) => reason === "appeal");
    expect(decided).toHaveLength(points.length);
  });

  it("decide two points of one answer, and neither verdict is lost", async () => {
    const points = (await lacking()).slice(0, 2);
    for (const point of points) await one.ask("appeal", { point, reason: "It says so." });
    await passRound();
    const slips = await waiting();
    await both((team, at) =>
      team.ask(
        "appeal",
        { look: slips[at]?.text, verdict: "hit" },
        { member: at === 0 ? "eve" : "emil", role: "editor" },
      ),
    );
    const decided = (await resultNow()).points.filter(({ reason }) => reason === "appeal");
    expect(decided.map(({ verdict }) => verdict)).toEqual(["hit", "hit"]);
  });

  it("tell a member once of a decision, and remind them once", async () => {
    const [point = "1"] = await lacking();
    await one.ask("appeal", { point, reason: "It says so." });
    await passRound();
    const [slip] = await waiting();
    await one.ask(
      "appeal",
      { look: slip?.text, verdict: "declined", note: "It does not." },
      { member: "eve", role: "editor" },
    );
    await one.ask("streak", "remind 20:00", { member: "bo" });
    await one.passTime(11 * HOUR_MS);
    if (other !== one) await other.passTime(11 * HOUR_MS);
    await both(({ services }) => {
      // The hour is the test's, not that of the server that both share.
      const { now: _now, ...store } = Object.assign(Object.create(null), services.store);
      const parts = { ...services, store };
      return Promise.all([
        sweepDossiers("appeal", appealAct(parts), parts),
        sweepDossiers("reminder", reminderAct(parts), parts),
      ]);
    });
    expect(messages.sent.map(({ member }) => member).toSorted()).toEqual(["ada", "bo"]);
    expect(messages.calls).toBe(2);
  });
});
