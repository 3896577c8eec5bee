import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { studyDateSchema } from "#core/ids";
import type { Reply, VerdictRow } from "#core/reply";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const goodAnswer =
  "Catastrophic forgetting: after training on a new task the model forgets what it had learned before, so old benchmarks drop. " +
  "The new gradients overwrite the weights that held the old knowledge. Mix old data back in (replay), add an EWC penalty, or freeze most layers and use LoRA.";

const rowsOf = (reply: Reply): readonly VerdictRow[] =>
  reply.blocks.flatMap((block) => (block.kind === "verdicts" ? block.rows : []));

const scoreOf = (reply: Reply): number => Number(/(?:Score|得分) (\d+) \/ 100/.exec(wordsOf(reply))?.[1]);

let team: Team;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(() => team.stop());

describe("The daily question", () => {
  it("is shown with its topic, its key points' number, the attempts and the deadline", async () => {
    const reply = await team.ask("quiz");
    expect(wordsOf(reply)).toContain("What is catastrophic forgetting");
    expect(wordsOf(reply)).toContain("10 key points");
    expect(wordsOf(reply)).toContain("three answers");
    expect(
      reply.blocks.some((block) => block.kind === "deadline" && block.at === team.now() + 15 * HOUR_MS),
    ).toBe(true);
  });

  it("is asked in the member's language", async () => {
    expect(wordsOf(await team.ask("quiz", "", { locale: "zh" }))).toContain("灾难性遗忘");
  });

  it("answers with the score, the member's own words as evidence, and hints that do not give a point away", async () => {
    const reply = await team.ask("answer", goodAnswer);
    expect(scoreOf(reply)).toBeGreaterThanOrEqual(40);
    const hits = rowsOf(reply).filter(({ verdict }) => verdict === "hit");
    expect(hits.length).toBeGreaterThanOrEqual(3);
    for (const { quotes } of hits) for (const quote of quotes) expect(goodAnswer).toContain(quote);
    const question = team.services.library.questions[0];
    for (const row of rowsOf(reply).filter(({ verdict }) => verdict === "miss")) {
      expect(row.title).toMatch(/^key point \d+$/);
      expect(row.note).toMatch(/^Hint: /);
      expect(question?.points.some((point) => row.note?.includes(point.statement.en))).toBe(false);
    }
  });

  it("takes Chinese, English and a mixture", async () => {
    const zh = await team.ask(
      "answer",
      "新任务的梯度把存旧知识的参数覆盖了，所以学了新的就忘了旧的。可以混入旧数据做经验回放，或者加 EWC 正则。",
      { locale: "zh" },
    );
    const mixed = await team.ask(
      "answer",
      "用 LoRA freeze 大部分层，replay 一些 old data，再加 EWC 的 regularization。",
      { locale: "zh" },
    );
    expect(scoreOf(zh)).toBeGreaterThan(20);
    expect(scoreOf(mixed)).toBeGreaterThan(20);
  });

  it("counts the best of three answers and refuses a fourth", async () => {
    await team.ask("answer", goodAnswer);
    await team.ask(
      "answer",
      "Replay some of the old data while training on the new task, that is experience replay.",
    );
    const third = await team.ask(
      "answer",
      "Freeze most of the layers and only train LoRA adapters on top of them.",
    );
    expect(wordsOf(third)).toMatch(/answer 3 of 3/);
    const best = Number(/best (\d+)/.exec(wordsOf(third))?.[1]);
    expect(best).toBeGreaterThan(scoreOf(third));
    expect(wordsOf(await team.ask("answer", goodAnswer))).toContain("used your 3 answers");
  });

  it("gives the same answer delivered twice one effect", async () => {
    const first = await team.ask("answer", goodAnswer, { submission: "same" });
    const again = await team.ask("answer", goodAnswer, { submission: "same" });
    expect(again).toEqual(first);
    expect(wordsOf(again)).toMatch(/answer 1 of 3/);
  });

  it("says why a date had no question, where the clock could not post one", async () => {
    const { tenant, channel, services } = team;
    const date = studyDateSchema.parse("2026-11-24");
    await services.store.skipPost(
      { tenant, channel, date },
      team.now() - DAY_MS,
      "window-passed",
      team.now(),
    );
    const [en, zh] = [await team.ask("streak", "why"), await team.ask("streak", "why", { locale: "zh" })];
    expect(wordsOf(en)).toContain("No question on 2026-11-24: the bot came back too late in the day.");
    expect(wordsOf(zh)).toContain("2026-11-24");
  });

  it("credits a good answer to the streak at once, and a poor one not", async () => {
    const poor = await team.ask(
      "answer",
      "I once read that EWC exists and might do something here somehow.",
      { member: "bob" },
    );
    expect(wordsOf(poor)).toContain("0 days");
    expect(wordsOf(await team.ask("answer", goodAnswer))).toContain("1 day");
    await team.passTime(DAY_MS);
    expect(wordsOf(await team.ask("streak"))).toContain("Streak: 1 day");
    await team.passTime(15 * HOUR_MS + 60_000);
    // An answer that was begun before the close may still be on its way.
    expect(wordsOf(await team.ask("streak"))).toContain("Streak: 1 day");
    expect(wordsOf(await team.ask("streak", "why"))).toContain("2026-11-26: just closed");
    await team.passTime(10 * 60_000);
    const why = wordsOf(await team.ask("streak", "why"));
    expect(why).toContain("Streak: 1 day");
    expect(why).toContain("2026-11-26: missed, covered by a freeze");
    expect(why).toContain("2026-11-25: answered in time");
  });

  it("keeps what others answered to themselves", async () => {
    await team.ask("answer", goodAnswer, { member: "ada" });
    const everything = [
      await team.ask("history", "", { member: "bob" }),
      await team.ask("quiz", "", { member: "bob" }),
      await team.ask("close", "", { member: "bob" }),
    ];
    for (const reply of everything) expect(wordsOf(reply)).not.toContain("EWC penalty, or freeze");
  });
});

describe("After the close", () => {
  it("every key point is shown in full, with the erratum, the source heading and a model answer", async () => {
    await team.ask("answer", goodAnswer);
    const reply = await team.ask("close");
    const question = team.services.library.questions[0];
    const rows = rowsOf(reply);
    expect(rows).toHaveLength(question?.points.length ?? -1);
    for (const point of question?.points ?? []) {
      const row = rows.find(({ title }) => title === point.title.en);
      expect(row?.note).toBe(point.statement.en);
      expect(row?.source).toContain(point.source.heading);
      expect(row?.erratum?.includes(point.erratum?.en ?? "")).toBe(
        point.erratum === undefined ? undefined : true,
      );
    }
    expect(wordsOf(reply)).toContain(question?.modelAnswer.en);
    expect(wordsOf(reply)).toContain(question?.followUps[0].en);
  });

  it("somebody who has not answered reads all of it too", async () => {
    const reply = await team.ask("close", "", { locale: "zh" });
    for (const point of team.services.library.questions[0]?.points ?? [])
      expect(wordsOf(reply)).toContain(point.statement.zh);
  });

  it("an answer comes too late, and one sent before is in time however late it arrives", async () => {
    const sentAt = team.now();
    await team.passTime(60_000);
    await team.ask("close");
    await team.passTime(1);
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    const late = await team.ask("answer", { text: goodAnswer, round: round?.id });
    expect(wordsOf(late)).toContain("had closed when you sent this");
    const intime = await team.ask("answer", { text: goodAnswer, round: round?.id }, { sentAt });
    expect(scoreOf(intime)).toBeGreaterThanOrEqual(40);
  });

  it("the other questions come as practice, which shows everything and touches no streak", async () => {
    await team.ask("close");
    await team.passTime(1);
    const practice = await team.ask("quiz");
    expect(wordsOf(practice)).toContain("For practice");
    expect(wordsOf(practice)).toContain("How do pretraining and");
    const answer = await team.ask(
      "answer",
      "Pretraining uses unlabelled text and predicts the next token; SFT uses labelled pairs for one task.",
    );
    expect(scoreOf(answer)).toBeGreaterThan(0);
    expect(wordsOf(answer)).toContain("A model answer");
    expect(wordsOf(await team.ask("streak"))).toContain("Streak: 0 days");
    expect(wordsOf(await team.ask("quiz", "oom"))).toContain("out of memory");
    expect(wordsOf(await team.ask("history"))).toContain("(Practice)");
  });

  it("a question that is asked for by number, id, word or topic is found, and a wrong one is answered with the topics", async () => {
    await team.ask("close");
    await team.passTime(1);
    for (const typed of ["5", "q5", "第5题", "q5-oom", "oom"])
      expect(wordsOf(await team.ask("quiz", typed))).toContain("out of memory");
    expect(wordsOf(await team.ask("quiz", "cooking"))).toContain(
      "There is no question “cooking”. Give a number or a topic:",
    );
  });
});

describe("Hints", () => {
  it("come one at a time, two for a question, and then there are no more", async () => {
    const [first, second] = team.services.library.questions[0]?.hints ?? [];
    expect(wordsOf(await team.ask("hint"))).toContain(first?.en);
    expect(wordsOf(await team.ask("hint"))).toContain(second?.en);
    const all = wordsOf(await team.ask("hint"));
    expect(all).toContain("These are all 2 hints");
    expect(all).toContain(first?.en);
    expect(all).toContain(second?.en);
  });

  it("exist for each key point, by its number", async () => {
    expect(wordsOf(await team.ask("hint", "3", { locale: "zh" }))).toContain(
      team.services.library.questions[0]?.points[2]?.hint.zh,
    );
    expect(wordsOf(await team.ask("hint", "99"))).toContain(
      "There is no key point “99”; this question has 10",
    );
    expect(wordsOf(await team.ask("hint", "0"))).toContain("There is no key point “0”");
  });
});

describe("A deadline", () => {
  it("is the end of the date, and never less than 8 h after the opening", async () => {
    const late = await openTeam(undefined, Date.UTC(2026, 10, 25, 14));
    const [round] = await late.services.store.rounds(late.tenant, late.channel, 1);
    // 22:00 in Shanghai: until six in the morning.
    expect(round?.closesAt).toBe(late.now() + 8 * HOUR_MS);
    await late.passTime(4 * HOUR_MS);
    expect(wordsOf(await late.ask("quiz"))).toContain("What is catastrophic forgetting");
    await late.passTime(5 * HOUR_MS);
    expect(wordsOf(await late.ask("quiz"))).not.toContain("What is catastrophic forgetting");
    await late.stop();
  });

  it("of less than half a day takes answers for two hours more, for the streak and without points", async () => {
    // 15:00 in Shanghai: nine hours until midnight.
    const late = await openTeam(undefined, Date.UTC(2026, 10, 25, 7));
    const closesAt = late.now() + 9 * HOUR_MS;
    const at = async (command: string, text: string, sentAt: number): Promise<string> =>
      wordsOf(await late.ask(command, text, { sentAt }));
    expect(await at("quiz", "", closesAt)).not.toContain("scores no points");
    expect(await at("quiz", "", closesAt + 1)).toContain("scores no points");
    const reply = await at("answer", goodAnswer, closesAt + 2 * HOUR_MS);
    expect(reply).toContain("this answer counts for your streak, but scores no points");
    expect(reply).toContain("1 day");
    expect(await at("answer", goodAnswer, closesAt + 2 * HOUR_MS + 1)).not.toContain("1 day");
    await late.stop();
  });

  it("that one member cuts short takes nobody's streak", async () => {
    await team.ask("answer", goodAnswer, { member: "bob" });
    await team.passTime(DAY_MS);
    await team.passTime(9 * HOUR_MS);
    await team.ask("close", "", { member: "alice" });
    await team.passTime(DAY_MS);
    expect(wordsOf(await team.ask("streak", "", { member: "bob" }))).toContain("Streak: 1 day");
  });

  it("leaves ten minutes to whoever had the question before them", async () => {
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    const opened = team.now();
    await team.passTime(15 * HOUR_MS + 9 * 60_000);
    const answer = { text: goodAnswer, round: round?.id };
    expect(wordsOf(await team.ask("answer", answer))).toContain("had closed when you sent this");
    expect(scoreOf(await team.ask("answer", { ...answer, opened }))).toBeGreaterThan(40);
    await team.passTime(2 * 60_000);
    expect(wordsOf(await team.ask("answer", { ...answer, opened }))).toContain(
      "had closed when you sent this",
    );
  });
});

describe("The next day", () => {
  it("has hints of its own", async () => {
    await team.ask("hint");
    await team.ask("hint");
    await team.passTime(DAY_MS);
    expect(wordsOf(await team.ask("hint"))).toContain("Hint 1 of 2");
  });

  it("asks another question and does not repeat one until all have been asked", async () => {
    const asked = new Set<string>();
    for (let day = 0; day < 5; day += 1) {
      asked.add(wordsOf(await team.ask("quiz")).split("\n")[1] ?? "");
      await team.passTime(DAY_MS);
    }
    expect(asked.size).toBe(5);
  });
});
