import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { reminderAct } from "#core/reminder/reminding";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { RecordedMessages } from "#test/doubles/direct-messages";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").reminder;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const GOOD = "Freeze most of the layers and train only LoRA adapters on top of them, and replay old data.";

/** The team's day begins at nine in Shanghai. */
let team: Team;
let messages: RecordedMessages;
beforeEach(async () => {
  messages = new RecordedMessages();
  team = await openTeam(undefined, undefined, { directMessages: messages });
});
afterEach(() => team.stop());

const sweep = () =>
  sweepDossiers("reminder", reminderAct(team.services), { ...team.services, clock: { now: team.now } });
const remind = async (typed: string) => wordsOf(await team.ask("streak", `remind ${typed}`));
/** Passes the open round, whatever its question: an editor's word for it is not needed here. */
const pass = async (): Promise<void> => {
  const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
  const ada = memberIdSchema.parse("ada");
  if (round === undefined) throw new Error("no round is open");
  await team.ask("answer", GOOD);
  await team.services.store.credit(team.tenant, ada, { date: round.date, kind: "pass" });
};
const told = () => messages.sent.map(({ reply }) => wordsOf(reply));

describe("/streak remind", () => {
  it("says when the next one comes, in the zone that was named or that of the channel", async () => {
    expect(await remind("20:00")).toContain(say.isOn("20:00", "Asia/Shanghai"));
    expect(await remind("8 pm Berlin")).toContain(say.isOn("20:00", "Europe/Berlin"));
    expect(await remind("19:00")).toContain(say.isOn("19:00", "Europe/Berlin"));
    expect(await remind("")).toContain(say.isOn("19:00", "Europe/Berlin"));
    expect(await remind("off")).toContain(say.offNow);
    expect(await remind("")).toContain(say.isOff);
  });

  it("speaks Chinese as well", async () => {
    const chinese = messagesFor("zh").reminder;
    const words = wordsOf(await team.ask("streak", "提醒 晚上8点半 上海 免打扰 23-7", { locale: "zh" }));
    expect(words).toContain(chinese.isOn("20:30", "Asia/Shanghai"));
    expect(words).toContain(chinese.quietFrom("23:00", "07:00"));
  });

  it.each([
    ["half past", messagesFor("en").settings.badTime("half")],
    ["25:00", messagesFor("en").settings.badTime("25:00")],
    ["23:00", say.inQuiet("23:00", "22:00", "07:00")],
    ["20:00 quiet later", say.badQuiet("later")],
    ["20:00 quiet 19-21", say.inQuiet("20:00", "19:00", "21:00")],
  ])("refuses “%s” with one sentence and changes nothing", async (typed, sentence) => {
    expect(await remind(typed)).toContain(sentence);
    expect(await remind("")).toContain(say.isOff);
  });

  it("takes a time of the night from whoever wants it", async () => {
    expect(await remind("23:00 quiet off")).toContain(say.isOn("23:00", "Asia/Shanghai"));
    expect(await remind("23:30")).toContain(say.noQuiet);
  });
});

describe("A reminder", () => {
  it("comes at the member's hour, once, with the question and one tap to end it", async () => {
    await remind("20:00");
    await team.passTime(10 * HOUR_MS);
    await sweep();
    expect(messages.sent).toEqual([]);
    await team.passTime(HOUR_MS);
    await sweep();
    await sweep();
    await team.passTime(60_000);
    await sweep();
    expect(messages.sent).toHaveLength(1);
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    const buttons = messages.sent[0]?.reply.blocks.flatMap((block) =>
      block.kind === "buttons" ? block.buttons : [],
    );
    expect(buttons?.map(({ action }) => action)).toEqual([
      { command: "answer", options: { round: round?.id } },
      { command: "streak", options: { remind: "off", tapped: true } },
    ]);
    const reply = await team.ask("streak", buttons?.[1]?.action.options);
    expect([reply.placement, wordsOf(reply)]).toEqual(["edit", say.offNow]);
    await team.passTime(DAY_MS);
    await sweep();
    expect(messages.sent).toHaveLength(1);
  });

  it("comes from one of many processes that look at the same moment", async () => {
    await remind("20:00");
    await team.passTime(11 * HOUR_MS);
    await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    expect(messages.sent).toHaveLength(1);
  });

  it("is silent where the round was passed, and again there the next day", async () => {
    await remind("20:00");
    await pass();
    await team.passTime(11 * HOUR_MS);
    await sweep();
    expect(messages.sent).toEqual([]);
    await team.passTime(DAY_MS);
    await sweep();
    expect(messages.sent).toHaveLength(1);
  });

  it("is silent while the member is away, and where nothing is open", async () => {
    await remind("20:00");
    await team.ask("answer", GOOD);
    await team.ask("streak", { pause: "11-26..11-27" });
    await team.passTime(DAY_MS + 11 * HOUR_MS);
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    expect(round?.date).toBe("2026-11-26");
    await sweep();
    expect(messages.sent).toEqual([]);
    await team.services.store.closeRound(team.tenant, round?.id as never, team.now());
    await remind("20:30");
    await team.passTime(HOUR_MS);
    await sweep();
    expect(messages.sent).toEqual([]);
  });

  it("does not come late: not after a stop of more than an hour, and the next one is the next day's", async () => {
    await remind("20:00");
    await team.passTime(12.5 * HOUR_MS);
    await sweep();
    expect(messages.sent).toEqual([]);
    await team.passTime(22.5 * HOUR_MS);
    await sweep();
    expect(messages.sent).toHaveLength(1);
  });

  it("never comes after the close, nor in its last minutes", async () => {
    await remind("20:00");
    const { store } = team.services;
    const [round] = await store.rounds(team.tenant, team.channel, 1);
    await store.closeRound(team.tenant, round?.id as never, team.now() + 11 * HOUR_MS + 5 * 60_000);
    await team.passTime(11 * HOUR_MS);
    await sweep();
    await team.passTime(10 * 60_000);
    await sweep();
    expect(messages.sent).toEqual([]);
  });

  it("speaks of a risk only where a streak would end", async () => {
    await remind("20:00");
    await team.passTime(11 * HOUR_MS);
    await sweep();
    expect(told()[0]).not.toMatch(/streak/);
    await pass();
    await team.passTime(DAY_MS);
    await sweep();
    expect(told()[1]).toContain(say.frozen(1));
    // That day is missed and costs the freeze; the next one is passed, and on the third nothing is left.
    await team.passTime(DAY_MS);
    await pass();
    await team.passTime(DAY_MS);
    await sweep();
    expect(told().at(-1)).toContain(say.atRisk(2));
  });

  it("that may have been lost is sent again, and is one message", async () => {
    await remind("20:00");
    messages.failures.push("unsure", "lost");
    await team.passTime(11 * HOUR_MS);
    await sweep();
    await team.passTime(70_000);
    await sweep();
    await team.passTime(70_000);
    await sweep();
    expect(messages.sent).toHaveLength(1);
    expect(team.log.errors).toHaveLength(2);
  });

  it("to somebody who takes no messages is switched off, and they read why", async () => {
    await remind("20:00");
    messages.closed.add("ada");
    await team.passTime(11 * HOUR_MS);
    await sweep();
    const next = wordsOf(await team.ask("streak", "remind"));
    expect(next).toContain(say.isOff);
    expect(next).toContain(say.notTaken);
  });

  it("is one a day, though its hour is put off after it came", async () => {
    await remind("20:00");
    await team.passTime(11 * HOUR_MS);
    await sweep();
    await remind("21:00");
    await team.passTime(HOUR_MS);
    await sweep();
    expect(messages.sent).toHaveLength(1);
    await remind("off");
    await remind("21:30");
    await team.passTime(HOUR_MS / 2);
    await sweep();
    expect(messages.sent).toHaveLength(1);
  });
});
