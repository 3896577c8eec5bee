import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { streak } from "#commands/streak";
import { channelIdSchema, memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import type { Reply } from "#core/reply";
import { openDailyRound } from "#core/round/daily";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const say = messagesFor("en").streak;

/** An answer that earns the day, to whatever question stands in the bank: its model answer in other words. */
const goodAnswers: Readonly<Record<string, string>> = {
  "q1-catastrophic-forgetting":
    "After training on a new task the model forgets what it had learned before. The new gradients overwrite the weights that held the old knowledge. Mix old data back in as replay, add an EWC penalty, or freeze most layers and train LoRA only.",
};

let team: Team;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(() => team.stop());

const newestQuestion = async (): Promise<string> => {
  const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
  return round?.question ?? "";
};

/** Passes whatever is open, by the words of its key points. */
const pass = async (as: Parameters<Team["ask"]>[2] = {}): Promise<Reply> => {
  const id = await newestQuestion();
  return team.ask("answer", goodAnswerTo(id), as);
};

function goodAnswerTo(id: string): string {
  const known = goodAnswers[id];
  if (known !== undefined) return known;
  const question = team.services.library.question(id);
  if (question === undefined) throw new Error(`no question ${id}`);
  // Every second sentence, so that it is nobody's text as a whole.
  const points = question.points.map(({ statement }) => statement.en);
  return `In my own view and from what I have tried: ${points.map((point) => `I would say that ${point.toLowerCase()}`).join(" And then, quite honestly, ")}`;
}

const days = async (as: Parameters<Team["ask"]>[2] = {}): Promise<string> =>
  wordsOf(await team.ask("streak", "why", as));

describe("/streak", () => {
  it("shows the freezes that are held and how the next one is earned", async () => {
    await pass();
    const words = wordsOf(await team.ask("streak"));
    expect(words).toContain("Streak: 1 day");
    expect(words).toContain(say.freezesHeld(1, 6));
    expect(wordsOf(await team.ask("streak", "", { locale: "zh" }))).toContain("1 张；再打卡 6 天得下一张");
  });

  it("covers one missed day by the first freeze, and ends with a second", async () => {
    await pass();
    await team.passTime(DAY_MS);
    await team.passTime(DAY_MS);
    expect(await days()).toContain(say.why("freeze"));
    expect(wordsOf(await team.ask("streak"))).toContain("Streak: 1 day");
    await team.passTime(DAY_MS);
    expect(wordsOf(await team.ask("streak"))).toContain("Streak: 0 days");
    expect(await days()).not.toContain(say.why("freeze"));
  });

  it("tells the team how many are missing, and never who", async () => {
    for (const member of ["ada", "bohumil", "cynthia"]) await pass({ member });
    await team.passTime(DAY_MS);
    await pass();
    for (const locale of ["en", "zh"] as const) {
      const words = wordsOf(await team.ask("streak", "why", { locale }));
      expect(words).toContain(messagesFor(locale).announcing.moreNeeded(1));
      expect(words).not.toMatch(/bohumil|cynthia/);
    }
  });

  it("is explained in Chinese as well", async () => {
    await pass();
    await team.passTime(DAY_MS);
    await team.passTime(DAY_MS);
    expect(await days({ locale: "zh" })).toContain("用掉一张保护卡");
  });
});

describe("/streak makeup", () => {
  /** Passes day 1, misses day 2, and stands on day 3 with day 2 to make up. */
  const missOne = async (): Promise<string> => {
    await pass();
    await team.passTime(DAY_MS);
    const missed = await newestQuestion();
    await team.passTime(DAY_MS);
    return missed;
  };

  it("shows the missed question to the member alone, with a form, a deadline and no points", async () => {
    const missed = await missOne();
    const reply = await team.ask("streak", "makeup");
    expect(reply.visibility).toBe("private");
    expect(wordsOf(reply)).toContain(team.services.library.question(missed)?.text.en);
    const form = reply.blocks.find((block) => block.kind === "form");
    expect(form?.kind === "form" && form.form.action).toEqual({
      command: "streak",
      options: { makeup: true, of: "2026-11-26" },
    });
    expect(wordsOf(reply)).toContain(say.makeUpTyped);
    expect(wordsOf(await team.ask("streak"))).toContain(say.makeUpButton);
  });

  it("counts the day once today's question is passed as well, and gives the freeze back", async () => {
    const missed = await missOne();
    const before = wordsOf(await team.ask("streak"));
    expect(before).toContain(say.freezesHeld(0, 6));
    const reply = await team.ask("streak", `makeup ${goodAnswerTo(missed)}`);
    expect(wordsOf(reply)).toContain(say.makeUpWaits("2026-11-26"));
    const today = await team.services.store.rounds(team.tenant, team.channel, 1);
    expect(reply.blocks).toContainEqual({ kind: "deadline", label: say.openUntil, at: today[0]?.closesAt });
    expect(reply.blocks).toContainEqual({
      kind: "heading",
      text: expect.stringMatching(/\d/),
      score: expect.any(Number),
    });
    expect(wordsOf(await team.ask("streak"))).toContain("Streak: 1 day");
    await pass();
    const after = wordsOf(await team.ask("streak"));
    expect(after).toContain("Streak: 3 days");
    expect(after).toContain(say.freezesHeld(1, 5));
    expect(await days()).toContain(`2026-11-26: ${say.why("madeup")}`);
  });

  it("can be the second of the two, and then counts at once, by its form too", async () => {
    const missed = await missOne();
    await pass();
    const form = { makeup: true, of: "2026-11-26", opened: team.now(), text: goodAnswerTo(missed) };
    expect(wordsOf(await team.ask("streak", form))).toContain(say.madeUp("2026-11-26"));
    expect(wordsOf(await team.ask("streak"))).toContain("Streak: 3 days");
  });

  it("costs nothing and touches no attempt where the answer is not good enough, and may be tried again", async () => {
    const missed = await missOne();
    const junk = "makeup I do not know this one at all but I am sure that it is about training models";
    const reply = wordsOf(await team.ask("streak", junk));
    expect(reply).toContain(say.notMadeUp("2026-11-26"));
    expect(reply).toContain(say.notPassing("no-point-hit"));
    expect(wordsOf(await team.ask("streak", `makeup ${goodAnswerTo(missed)}`))).toContain(
      say.makeUpWaits("2026-11-26"),
    );
    const round = (await team.services.store.rounds(team.tenant, team.channel, 2))[1];
    expect(
      round === undefined ? [] : await team.services.store.attemptsOfRound(team.tenant, round.id),
    ).toEqual([]);
  });

  it("does not count a copy of the model answer that the reveal has shown", async () => {
    const missed = await missOne();
    const copied = team.services.library.question(missed)?.modelAnswer.en ?? "";
    expect(wordsOf(await team.ask("streak", `makeup ${copied}`))).toContain(say.notPassing("like-source"));
    expect(await team.services.store.ledger(team.tenant, memberIdSchema.parse("ada"))).toHaveLength(1);
  });

  it("says so where nothing was missed, and where one was made up in the last 30 days", async () => {
    expect(wordsOf(await team.ask("streak", "makeup"))).toContain(say.nothingToMakeUp);
    const missed = await missOne();
    await pass();
    await team.ask("streak", `makeup ${goodAnswerTo(missed)}`);
    await team.passTime(2 * DAY_MS);
    await team.passTime(DAY_MS);
    await pass();
    expect(wordsOf(await team.ask("streak", "makeup"))).toContain(say.madeUpLately("2026-12-27"));
  });

  it("is possible until the second round after the missed one closes, and not a millisecond longer", async () => {
    await missOne();
    await team.passTime(DAY_MS);
    const [second] = await team.services.store.rounds(team.tenant, team.channel, 1);
    const closesAt = second?.closesAt ?? 0;
    const at = async (sentAt: number): Promise<string> =>
      wordsOf(await team.ask("streak", "makeup", { sentAt }));
    expect(await at(closesAt)).toContain(say.makeUpTitle("2026-11-26"));
    expect(await at(closesAt + 1)).toContain(say.makeUpTitle("2026-11-27"));
    // A form that was opened in time may still be sent.
    const sent = { makeup: true, of: "2026-11-26", text: "no idea, sorry, none at all", opened: closesAt };
    const late = await team.ask("streak", sent, { sentAt: closesAt + 600_000 });
    expect(wordsOf(late)).toContain(say.notMadeUp("2026-11-26"));
  });

  it("is delivered twice without harm", async () => {
    const missed = await missOne();
    await pass();
    const once = { submission: "makeup-1", sentAt: team.now() };
    const text = `makeup ${goodAnswerTo(missed)}`;
    const replies = [await team.ask("streak", text, once), await team.ask("streak", text, once)].map(wordsOf);
    expect(replies[1]).toBe(replies[0]);
  });
});

describe("/streak pause", () => {
  const paused = async (text: string): Promise<string> => wordsOf(await team.ask("streak", text));

  it("keeps the streak over the days that were set before they began", async () => {
    await pass();
    expect(await paused("pause 11-26..11-29")).toContain(say.paused("2026-11-26", "2026-11-29", 17));
    for (let day = 0; day < 5; day += 1) await team.passTime(DAY_MS);
    await pass();
    expect(wordsOf(await team.ask("streak"))).toContain("Streak: 2 days");
    expect(await days()).toContain(`2026-11-27: ${say.why("paused")}`);
    expect(wordsOf(await team.ask("streak"))).toContain(say.freezesHeld(1, 5));
  });

  it.each([
    ["pause 2026-12-24..2026-12-31", "2026-12-24", "2026-12-31"],
    ["pause 12/24 - 12/31", "2026-12-24", "2026-12-31"],
    ["pause=12-24..12-31", "2026-12-24", "2026-12-31"],
    ["请假 12月24日到1月3日", "2026-12-24", "2027-01-03"],
    ["pause 12.24 to 12.31", "2026-12-24", "2026-12-31"],
    ["pause 12-25", "2026-12-25", "2026-12-25"],
  ])("reads “%s” as one would write it", async (text, from, to) => {
    expect(await paused(text)).toContain(`${from} to ${to}`);
  });

  it("refuses what has begun, ends before it begins, is no date, or is more than the quarter has left", async () => {
    expect(await paused("pause 11-25..11-27")).toContain(say.pauseBegun("2026-11-25"));
    expect(await paused("pause 12-24..12-20")).toContain(say.pauseBackwards("2026-12-24", "2026-12-20"));
    expect(await paused("pause next week")).toContain("not a span of days");
    expect(await paused("pause 2-30")).toContain("not a span of days");
    await paused("pause 11-26..11-30");
    expect(await paused("pause 12-01..12-17")).toContain(say.pauseLong(16, 21));
    expect(await paused("pause 2026-12-01..2036-12-01")).toContain(say.pauseLong(16, 21));
    // One date more than two quarters can have beside each other.
    expect(await paused("pause 2026-12-11..2027-01-22")).toContain(say.pauseLong(16, 21));
    expect(await paused("pause 12-16..12-31")).toContain(say.paused("2026-12-16", "2026-12-31", 0));
    // The next quarter has days of its own.
    expect(await paused("pause 2027-01-01..2027-01-21")).toContain("Paused from 2027-01-01");
  });

  it("lists pauses, changes one by its first day, and ends them all from tomorrow on", async () => {
    await pass();
    expect(await paused("pause")).toContain(say.noPause);
    await paused("pause 11-26..11-29");
    await paused("pause 12-24..12-31");
    await team.passTime(1);
    // What it was before takes no days of the quarter any more.
    expect(await paused("pause 12-24..12-25")).toContain(say.paused("2026-12-24", "2026-12-25", 15));
    expect(await paused("pause")).toContain("2026-12-24 to 2026-12-25");
    await team.passTime(DAY_MS);
    expect(await paused("pause off")).toContain(say.pauseEnded);
    expect(await paused("pause")).toContain("2026-11-26");
    expect(await paused("pause")).not.toContain("2026-12-24");
    await team.passTime(DAY_MS);
    expect(await paused("pause")).toContain(say.noPause);
  });
});

describe("/streak home", () => {
  it("moves to a channel where questions come, once in 30 days", async () => {
    await pass();
    expect(wordsOf(await team.ask("streak", "home"))).toContain(say.homeAlready);
    expect(wordsOf(await team.ask("streak", "home", { channel: "quiet" }))).toContain(say.homeNone);
    const { tenant, services } = team;
    await openDailyRound({ tenant, channel: channelIdSchema.parse("other"), zone: services.zone }, services);
    expect(wordsOf(await team.ask("streak", "home", { channel: "other" }))).toContain(say.homeNow);
    expect(wordsOf(await team.ask("streak", "home"))).toContain(say.homeSoon("2026-12-25"));
    await team.passTime(31 * DAY_MS);
    expect(wordsOf(await team.ask("streak", "home"))).toContain(say.homeNow);
  });
});

describe("What is typed behind /streak", () => {
  const read = (text: string) => parseOptions(streak, { kind: "text", text });

  it("is an answer with all its words, days with spaces between them, or the options", () => {
    expect(read("makeup Use LoRA, and bs=1, why not.\nThen share.")).toEqual({
      makeup: true,
      text: "Use LoRA, and bs=1, why not.\nThen share.",
    });
    expect(read("补答 用 LoRA，冻结大部分层")).toEqual({ makeup: true, text: "用 LoRA，冻结大部分层" });
    expect(read("makeup")).toEqual({ makeup: true });
    expect(read("pause 12-24 .. 12-31")).toEqual({ pause: "12-24 .. 12-31" });
    expect(read("why")).toEqual({ why: true });
    expect(read("share=no")).toEqual({ share: false });
  });
});
