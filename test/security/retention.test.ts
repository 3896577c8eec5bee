import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { erasureAct } from "#core/erasure/act";
import { eraseMember, memberErasureId } from "#core/erasure/member";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Store } from "#core/ports";
import { Pauses } from "#src/adapters/chat/pauses";
import { directMessagesOf } from "#src/adapters/discord/elsewhere";
import { SeenIn } from "#src/adapters/discord/seen-in";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const DAY_MS = 24 * 3_600_000;
const say = messagesFor("en").data;
const ada = memberIdSchema.parse("ada");
const ANSWER = "Freeze most of the layers and train only LoRA adapters on top of them.";

describe("How long things are kept", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam(undefined, undefined, { retention: { textsDays: 60, leftDays: 30 } });
  });
  afterEach(() => team.stop());

  const wake = async (days: number, of: Team = team): Promise<void> => {
    await of.passTime(days * DAY_MS);
    await sweepDossiers("erasure", erasureAct(of.services), of.services);
  };
  const texts = async () =>
    (await team.services.store.attempts({ tenant: team.tenant, member: ada, limit: 9 })).map(
      ({ text }) => text,
    );

  it("words of answers go after the operator's number of days, and history says so; the score stays", async () => {
    await team.ask("answer", ANSWER);
    await wake(59);
    expect(await texts()).toEqual([ANSWER]);
    await wake(2);
    expect(await texts()).toEqual([""]);
    const [attempt] = await team.services.store.attempts({ tenant: team.tenant, member: ada, limit: 1 });
    expect(attempt?.result?.score).toBeGreaterThan(0);
    const shown = await team.ask("history", { question: attempt?.question });
    expect(wordsOf(shown)).toContain(say.textGone);
    expect(wordsOf(shown)).not.toContain("LoRA adapters on top");
  });

  it("their bytes go within a week of them, whatever the day is on which they were written or emptied", async () => {
    for (const startsOn of [0, 1, 2, 3, 4, 5, 6]) {
      const purged: number[] = [];
      const own = await openTeam(
        (store) => ({
          ...store,
          purge: async (...of) => {
            purged.push(own.now());
            return store.purge(...of);
          },
        }),
        undefined,
        { retention: { textsDays: 60, leftDays: 30 } },
      );
      await own.passTime(startsOn * DAY_MS);
      await own.ask("answer", ANSWER);
      const writtenAt = own.now();
      for (let days = 0; days < 75; days += 1) await wake(1, own);
      const [first, ...others] = purged.map((at) => Math.floor((at - writtenAt) / DAY_MS));
      expect([startsOn, first, others]).toEqual([startsOn, 68, []]);
      await own.stop();
    }
  });

  it("what an appeal quotes of an answer goes with it, what was decided stays", async () => {
    const { store } = team.services;
    const appeal = {
      member: ada,
      locale: "en",
      round: "2026-11-25@study",
      question: "q5-oom",
      answer: "answer-1",
      point: "oom-checkpointing",
      judged: "miss",
      words: ANSWER,
      reason: "it says so",
      filedAt: team.now(),
      filedBy: "appeal-1",
      readableAt: team.now(),
      announced: true,
      decision: { ruling: "hit", by: "eve", submission: "press-1", at: team.now(), sentence: null },
      outcome: null,
      told: true,
    };
    const of = { tenant: team.tenant, kind: "appeal", revision: 1, wakeAt: null } as const;
    await store.keepDossier({ ...of, id: "one", text: JSON.stringify(appeal) });
    await store.keepDossier({ ...of, id: "waiting/1/one", text: "one" });
    await team.ask("answer", ANSWER);
    const read = async () => JSON.parse((await store.dossier(team.tenant, "appeal", "one"))?.text ?? "{}");
    await wake(59);
    expect(await read()).toEqual(appeal);
    await wake(2);
    expect(await read()).toEqual({ ...appeal, words: null, reason: null });
  });

  it("or after those that an admin says, from then on; 0 is the operator's again", async () => {
    await team.ask("answer", ANSWER);
    await wake(40);
    expect(wordsOf(await team.ask("data", { keep: 5 }, { role: "admin" }))).toContain(
      "least it can be is 30",
    );
    expect(wordsOf(await team.ask("data", "keep=30", { role: "admin" }))).toBe(say.keptDays(30));
    expect(wordsOf(await team.ask("data"))).toContain("kept for 30 days");
    await wake(0);
    expect(await texts()).toEqual([""]);
    expect(wordsOf(await team.ask("data", "keep=0", { role: "admin" }))).toBe(say.keptUsual(60));
  });

  it("of a server that the bot was taken out of all goes after a month, unless it comes back before", async () => {
    await team.ask("answer", ANSWER);
    const pauses = new Pauses(team.services);
    await pauses.leave(team.tenant);
    await wake(29);
    expect(await texts()).toHaveLength(1);
    await pauses.return(team.tenant);
    await wake(5);
    expect(await texts()).toHaveLength(1);
    await pauses.leave(team.tenant);
    await wake(31);
    expect(await texts()).toEqual([]);
    const left: string[] = [];
    for await (const record of team.services.store.records(team.tenant, 0)) left.push(record.kind);
    // Today's round was opened by the clock that went on meanwhile.
    expect(left.filter((kind) => kind !== "round")).toEqual(["erased"]);
  });

  it("and it comes back as well where somebody asks it something", async () => {
    await team.ask("answer", ANSWER);
    const other = await openTeam((own) => {
      void own.close();
      return { ...team.services.store, close: async () => {} } satisfies Store;
    });
    await new Pauses(team.services).leave(team.tenant);
    await other.ask("help");
    await wake(40);
    expect(await texts()).toHaveLength(1);
    await other.stop();
  });

  it("an erasure whose process died half-way is ended by the clock, and begins anew at no other time", async () => {
    await team.ask("answer", ANSWER);
    await team.ask("leaderboard", { improved: true });
    let calls = 0;
    const dying: Store = {
      ...team.services.store,
      dropDossier: async (...of) => {
        calls += 1;
        if (calls === 1) throw new Error("the process died");
        return team.services.store.dropDossier(...of);
      },
    };
    const whom = { tenant: team.tenant, member: ada, at: team.now() };
    await expect(eraseMember(whom, { ...team.services, store: dying })).rejects.toThrow("died");
    const { store } = team.services;
    const begun = () => store.dossier(team.tenant, "erasure", memberErasureId(ada));
    expect(await begun()).not.toBeNull();
    expect(await store.dossiers({ tenant: team.tenant, kind: "consent", limit: 9 })).toHaveLength(1);
    await wake(1);
    expect(await begun()).toBeNull();
    expect(await store.dossiers({ tenant: team.tenant, kind: "consent", limit: 9 })).toEqual([]);
    expect(team.log.errors).toEqual([]);
  });

  it("in direct messages on Discord of a server that one deleted one's data in nothing is left, and the others stay", async () => {
    const { store, clock } = team.services;
    const seen = new SeenIn(store, clock);
    const [one, two] = ["1574953034943823874", "2574953034943823874"];
    const me = memberIdSchema.parse("1574953034943823876");
    for (const guild of [one, two]) await seen.remember(me, guild ?? "", "1574953034943823875", "en");
    const elsewhere = directMessagesOf(store, clock);
    const tenantOf = (guild = "") => `discord:${guild}` as typeof team.tenant;
    expect(await elsewhere.find(tenantOf(one), me)).toMatchObject({ guild: one });
    await elsewhere.erase(tenantOf(one), me);
    expect((await new SeenIn(store, clock).placesOf(me)).map(({ guild }) => guild)).toEqual([two]);
    await elsewhere.erase(tenantOf(two), me);
    expect(await new SeenIn(store, clock).placesOf(me)).toEqual([]);
    const left: string[] = [];
    for await (const record of store.records(`discord:direct:${me}` as typeof team.tenant, 0))
      left.push(record.kind);
    expect(left).toEqual([]);
  });
});

describe("/data", () => {
  it("asks before it deletes, takes no old button for a yes, and the team's word only from an admin who typed it", async () => {
    const team = await openTeam();
    await team.ask("answer", ANSWER);
    const asked = await team.ask("data", "delete");
    expect(wordsOf(asked)).toContain(say.sure);
    const buttons = asked.blocks.find((block) => block.kind === "buttons");
    const sure = buttons?.kind === "buttons" ? buttons.buttons[0]?.action.options : undefined;
    await team.passTime(11 * 60_000);
    expect(wordsOf(await team.ask("data", sure ?? {}))).toBe(say.tooOld);
    const admin = { role: "admin", member: "root" } as const;
    const form = (await team.ask("data", "delete team", admin)).blocks[0];
    expect(form).toMatchObject({ kind: "form", form: { fields: [{ option: "confirm" }] } });
    expect(wordsOf(await team.ask("data", "delete team confirm=yes", admin))).toBe(
      say.teamWrong(say.teamWord),
    );
    expect(await team.services.store.attempts({ tenant: team.tenant, member: ada, limit: 9 })).toHaveLength(
      1,
    );
    const all = (await team.ask("data", "export team", admin)).blocks.find((block) => block.kind === "file");
    expect(all?.kind === "file" ? all.content.split("\n").length : 0).toBeGreaterThan(2);
    await team.passTime(1_000);
    const zh = messagesFor("zh").data.teamWord;
    const done = wordsOf(await team.ask("data", `delete team confirm=${zh}`, admin));
    expect(done).toContain(say.teamDeleted);
    expect(done).toContain("rehearsal.db");
    expect(await team.services.store.attempts({ tenant: team.tenant, member: ada, limit: 9 })).toEqual([]);
    await team.stop();
  });
});
