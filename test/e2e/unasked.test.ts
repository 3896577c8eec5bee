import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import type { DayStage } from "./day-stage.ts";
import { openDiscordStage } from "./discord-stage.ts";
import { openSlackStage } from "./slack-stage.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const good =
  "While the model learns something new it loses what it had learned before. New gradients overwrite the old weights. I would mix some old data into the training set and penalise drift of important weights with EWC.";

const say = messagesFor("en");

describe.each([
  ["Discord", openDiscordStage],
  ["Slack in Socket Mode", () => openSlackStage("socket")],
  ["Slack over HTTP", () => openSlackStage("http")],
] as const)("What nobody asked for, on %s", (_, open) => {
  let stage: DayStage;
  const reminders = (person: "sam" | "jun"): number =>
    stage.direct(person).filter((text) => text.includes(say.reminder.title)).length;
  /** The clock goes round every ten seconds; here it does every half hour. */
  const pass = async (hours: number): Promise<void> => {
    for (let half = 0; half < 2 * hours; half += 1) await stage.passTime(HOUR_MS / 2);
  };
  const remind = async (person: "sam" | "jun", remindAt: string): Promise<string> =>
    (await stage.look(person, "streak", { remind: remindAt })).text;

  beforeAll(async () => {
    stage = await open();
    await stage.setUp();
    // Wednesday, nine o'clock, and what is asked then.
    await stage.passTime(30 * MINUTE_MS);
    await stage.dailyPost();
    await stage.answer("sam", good);
  });
  afterAll(() => stage.end());

  it("is a reminder at the member's own hour, and none on a day that is passed already", async () => {
    expect(await remind("sam", "20:00 Shanghai")).toContain("20:00");
    expect(await remind("jun", "19:00 Shanghai")).toContain("19:00");
    await pass(12);
    expect(reminders("sam")).toBe(0);
    expect(reminders("jun")).toBe(1);
  });

  it("comes once a day, whoever restarts, and says what is at stake where there is a streak", async () => {
    await pass(21);
    expect(reminders("jun")).toBe(1);
    await pass(1.5);
    await stage.restart();
    await pass(2.5);
    expect(reminders("jun")).toBe(2);
    expect(reminders("sam")).toBe(1);
    const text = stage.direct("sam").at(-1) ?? "";
    expect(text).toContain("a freeze keeps your streak of 1 day");
    expect(stage.direct("jun").at(-1)).not.toContain("streak of");
    expect(stage.inChannel()).not.toContain(say.reminder.title);
  });

  it("ends with one tap in the message itself", async () => {
    expect(await stage.pressDirect("sam", say.reminder.offButton)).toContain("No more reminders");
    expect(stage.direct("sam").some((text) => text.includes(say.reminder.title))).toBe(false);
  });

  it("is taken calmly by nobody who takes no messages: it stands under their next reply", async () => {
    await pass(19);
    stage.closeDirect("jun");
    await pass(4);
    expect(reminders("jun")).toBe(2);
    expect((await stage.look("jun", "streak", {})).text).toContain("you take no direct messages from me");
    expect((await stage.look("jun", "streak", {})).text).not.toContain("you take no direct messages");
  });

  it("is the week's report on Monday, with its picture, once", async () => {
    await pass(2 * 24 + 12);
    const reports = (): number =>
      stage.posts().filter(({ text }) => text.includes("Week 48 together")).length;
    expect(reports()).toBe(1);
    const pictures = stage.picturesInChannel().length;
    expect(pictures).toBeGreaterThan(0);
    await stage.restart();
    await pass(3);
    expect([reports(), stage.picturesInChannel().length]).toEqual([1, pictures]);
  });
});
