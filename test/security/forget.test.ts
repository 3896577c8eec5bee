import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appealAct } from "#core/appeal/telling";
import { erasureAct } from "#core/erasure/act";
import { memberExportSchema } from "#core/erasure/export";
import { memberIdSchema } from "#core/ids";
import { leaveNote } from "#core/inbox";
import { wakeInterview } from "#core/interview/waking";
import { messagesFor } from "#core/messages/index";
import type { Reply } from "#core/reply";
import { suggestionAct } from "#core/suggestion/telling";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { scheduleOf } from "#test/contracts/store-schedule";
import { RecordedMessages } from "#test/doubles/direct-messages";
import { recordedStages } from "#test/doubles/stages";
import { type Asking, openTeam, type Team, wordsOf } from "#test/doubles/team";
import { type Installation, installations } from "./installations.ts";

/** Unlike anything else that is kept anywhere. */
const GONE = "U7GONE7Q2";
const WORDS = "zyzzyva-batches";
const ANSWER = `I would freeze most layers and train only LoRA adapters. Then I would slice the ${WORDS} by hand, I think.`;
const HOUR_MS = 3_600_000;
const say = messagesFor("en");
const gone = memberIdSchema.parse(GONE);

describe.each(Object.entries(installations))("Deleting one's data on %s", (_, open) => {
  let installation: Installation;
  let team: Team;
  /** Everything that the member ever sent, to be delivered once more. */
  let deliveries: (() => Promise<Reply>)[];
  const stages = recordedStages();

  const begin = async (): Promise<void> => {
    installation = await open();
    const wrap = (own: { close(): Promise<void> }) => {
      void own.close();
      return installation.store;
    };
    team = await openTeam(wrap, undefined, { stages, directMessages: new RecordedMessages() });
    deliveries = [];
  };
  beforeEach(begin);
  afterEach(() => installation.stop());

  const ask = async (command: string, input: Parameters<Team["ask"]>[1] = "", as: Partial<Asking> = {}) => {
    // As Slack names a press: with the member's id in it.
    const submission = `C1/1.${deliveries.length}/${GONE}`;
    const how = { member: GONE, sentAt: team.now(), submission, ...as };
    const deliver = () => team.ask(command, input, how);
    deliveries.push(deliver);
    return deliver();
  };
  const pressed = (reply: Reply, label: string) => {
    const buttons = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
    const found = buttons.find((button) => button.label === label);
    if (found === undefined) throw new Error(`no button ${label} in ${wordsOf(reply)}`);
    return found.action;
  };
  const press = async (reply: Reply, label: string, as: Partial<Asking> = {}) => {
    const { command, options } = pressed(reply, label);
    return ask(command, options, as);
  };
  const wake = async (): Promise<void> => {
    const { services } = team;
    const parts = { ...services, clock: { now: team.now } };
    await sweepDossiers("appeal", appealAct(services), parts);
    await sweepDossiers("suggestion", suggestionAct(services), parts);
    await sweepDossiers("interview", wakeInterview({ ...services, stages }), parts);
    await sweepDossiers("erasure", erasureAct(services), parts);
  };

  /** Leaves something everywhere that anything of a member is kept. */
  const live = async (): Promise<void> => {
    const { store } = team.services;
    await store.saveSchedule(
      { ...scheduleOf(), tenant: team.tenant, channel: team.channel, editors: [GONE, "eve"] },
      1,
    );
    await ask("hint");
    await ask("answer", ANSWER);
    await team.ask("answer", "Freeze most layers and mix old data into the new training set.", {
      member: "bo",
    });
    await ask("history");
    const lacking = (await store.attempts({ tenant: team.tenant, member: gone, limit: 1 }))[0]?.result
      ?.points;
    const point = (lacking?.findIndex(({ verdict }) => verdict === "miss") ?? 0) + 1;
    await ask("appeal", {
      point: String(point),
      words: `slice the ${WORDS} by hand`,
      reason: `because ${WORDS}`,
    });
    await ask("suggest", {
      question: `Why do ${WORDS} help generalisation?`,
      points: `${WORDS} are small; they add noise`,
    });
    await ask("suggest", { question: `When do ${WORDS} hurt?`, points: "when they are too small" });
    await ask("streak", "pause 2026-12-24..2026-12-26");
    await ask("leaderboard", "hide");
    await ask("leaderboard", { improved: true });
    await ask("practice", "until 2026-12-24");
    await store.setNamed(team.tenant, gone, true);
    await store.excuse(team.tenant, team.channel, { date: "2026-12-25" as never, by: gone, at: 7 });
    await leaveNote(store, team.tenant, gone, { key: "k", text: { zh: WORDS, en: WORDS } });
    await store.keepAction(team.tenant, "last-admin", GONE, team.now(), team.now() + HOUR_MS);
    await ask("interview", "start questions=2");
    await team.ask("interview", "join", { member: "bo" });
    await ask("interview", "next");
    for (const kind of ["answer", "notes"]) {
      await ask("interview", `${kind} ${ANSWER}`);
      await team.ask("interview", `${kind} Freeze most layers and mix in old data.`, { member: "bo" });
    }
    await ask("interview", "next");
    await wake();
    await team.passTime(25 * HOUR_MS);
    await wake();
    await ask("answer", `${ANSWER} And once more of ${WORDS}.`);
    // Who decides what others filed is remembered with it.
    const editor = { role: "editor" as const, member: GONE };
    await team.ask(
      "suggest",
      { question: "Why is the sky blue at noon?", points: "Rayleigh scattering" },
      { member: "bo" },
    );
    const eve = { role: "editor" as const, member: "eve" };
    for (let left = 0; left < 3; left += 1) {
      const desk = await team.ask("suggest", "", eve);
      const next = await team.ask("suggest", pressed(desk, say.suggestion.next).options, eve);
      const by = wordsOf(next).includes("sky") ? editor : eve;
      if (left !== 1) await team.ask("suggest", pressed(next, say.suggestion.approve).options, by);
      else await team.ask("suggest", { ...pressed(next, say.suggestion.decline).options, note: "no" }, by);
    }
    const appeals = await team.ask("appeal", "", eve);
    const first = await team.ask("appeal", pressed(appeals, say.appeal.next).options, eve);
    await team.ask("appeal", pressed(first, say.appeal.upholdHit).options, eve);
    await wake();
  };

  const traces = async (): Promise<string[]> => {
    const bytes = await installation.bytes();
    return [GONE, WORDS].filter((trace) => bytes.includes(trace));
  };
  const deleteAll = async (): Promise<Reply> => press(await ask("data", "delete"), say.data.sureButton);

  it("leaves no trace of it, in no place, nor after everything has come once more, been woken and rebuilt", async () => {
    await live();
    expect(await traces()).toEqual([GONE, WORDS]);
    await team.passTime(60_000);
    const told = wordsOf(await deleteAll());
    expect(told).toContain(say.data.deleted);
    await wake();
    expect(await traces()).toEqual([]);
    for (const deliver of deliveries)
      expect(wordsOf(await deliver())).toMatch(/before your data was deleted/);
    await team.passTime(26 * HOUR_MS);
    await wake();
    expect(await traces()).toEqual([]);
    await installation.rebuild();
    expect(await traces()).toEqual([]);
    // The clock has jumped over what was still to be said of the interview.
    const others = team.log.errors.filter(({ event }) => !event.startsWith("an interview's messages"));
    expect(others).toEqual([]);
    // Whoever comes back begins anew.
    expect(wordsOf(await ask("history"))).toBe(say.quiz.historyEmpty);
    expect(wordsOf(await ask("answer", ANSWER))).not.toContain(say.data.sentBefore);
    expect(await traces()).toEqual([GONE, WORDS]);
  });

  it("leaves the others what they had, and their figures as if the member had never been", async () => {
    await live();
    const bo = memberIdSchema.parse("bo");
    const { store } = team.services;
    const theirs = async () => [
      await store.attempts({ tenant: team.tenant, member: bo, limit: 9 }),
      await store.ledger(team.tenant, bo),
      wordsOf(await team.ask("streak", "", { member: "bo" })).replace(/^.*team streak.*\n/m, ""),
      (await store.excusals(team.tenant, team.channel)).map(({ date }) => date),
    ];
    const before = await theirs();
    await deleteAll();
    expect(await theirs()).toEqual(before);
    const [, last] = await store.participation(team.tenant, team.channel, 9);
    expect(last?.members.map(({ member }) => member)).toEqual(["bo"]);
    expect((await store.schedules(team.tenant)).flatMap(({ editors }) => editors)).toEqual(["eve"]);
  });

  it("gives before it everything that is kept, in a file of its own schema", async () => {
    await live();
    const reply = await ask("data", "export");
    const file = reply.blocks.find((block) => block.kind === "file");
    const read = memberExportSchema.parse(JSON.parse(file?.kind === "file" ? file.content : "{}"));
    expect(reply.visibility).toBe("private");
    expect(read).toMatchObject({ version: 1, parts: 1, member: GONE, isKnownEditor: true });
    expect(read.shown).toMatchObject({ onBoards: false, asStreakKeeper: true, asMostImproved: true });
    expect(read.answers.filter(({ text }) => text.includes(WORDS)).length).toBeGreaterThan(1);
    expect([read.appeals.length, read.suggestions.length, read.interviews.length]).toEqual([1, 2, 1]);
    expect(read.hints).toEqual([{ of: expect.any(String), taken: 1 }]);
    // Of others there is nothing in it.
    expect(file?.kind === "file" ? file.content : "").not.toContain('"bo"');
  });
});
