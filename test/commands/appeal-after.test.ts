import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { ANSWER, ada, asEditor, openAppeals, WORDS } from "#test/doubles/appealing";
import { wordsOf } from "#test/doubles/team";

const say = messagesFor("en").appeal;
const HOUR_MS = 3_600_000;

let {
  team,
  messages,
  wake,
  latest,
  answerLacking,
  press,
  openCase,
}: Awaited<ReturnType<typeof openAppeals>> = {} as never;
beforeEach(async () => {
  ({ team, messages, wake, latest, answerLacking, press, openCase } = await openAppeals());
});
afterEach(() => team.stop());

describe("An upheld appeal after the close", () => {
  it("corrects score, board and streak, gives the freeze back that had covered the day, and says so", async () => {
    const { store, library } = team.services;
    const [before] = await store.rounds(team.tenant, team.channel, 1);
    await team.ask("answer", ANSWER);
    await store.credit(team.tenant, ada, { date: before?.date as never, kind: "pass" });
    await team.passTime(25 * HOUR_MS);
    await team.ask(
      "answer",
      `Well, perhaps one could ${WORDS}, and see whether that is enough for the machine.`,
    );
    const { result, round, question } = await latest();
    expect(result.score).toBeLessThan(30);
    await team.passTime(25 * HOUR_MS);
    expect(wordsOf(await team.ask("streak"))).toContain("Freezes\n0");
    expect(wordsOf(await team.ask("leaderboard", { period: "all" }))).not.toMatch(/\bada\b/);
    const heaviest = library
      .question(question)
      ?.points.map(({ weight }, at) => ({ weight, number: at + 1 }))
      .filter(({ number }) => result.points[number - 1]?.verdict === "miss")
      .toSorted((one, other) => other.weight - one.weight)
      .slice(0, 4);
    for (const { number } of heaviest ?? []) {
      await team.ask("appeal", { point: String(number), words: WORDS, reason: "" });
      await press(await openCase(), say.upholdHit, asEditor);
    }
    const after = (await latest()).result;
    expect(after.score).toBeGreaterThanOrEqual(30);
    expect(await store.ledger(team.tenant, ada)).toContainEqual({
      date: round?.slice(0, 10),
      kind: "pass",
      at: team.now(),
    });
    expect(wordsOf(await team.ask("streak"))).toContain("Freezes\n1");
    const board = wordsOf(await team.ask("leaderboard", { period: "all" }));
    expect(board).toMatch(/\bada\b/);
    expect(board).toContain(String(after.score));
    await wake();
    const told = messages.sent.filter(({ member }) => member === "ada").map(({ reply }) => wordsOf(reply));
    expect(told.filter((words) => words.includes(say.freezeBack))).toHaveLength(1);
    expect(told.some((words) => words.includes(say.dayCounts))).toBe(true);
  });
});

describe("Whatever comes to /appeal at the wrong moment", () => {
  it.each([
    ["", say.noAnswer],
    ["3", say.noAnswer],
    ["look=nothing", say.editorsOnly],
  ])("(“%s” before any answer) gets one sentence", async (typed, sentence) => {
    expect(wordsOf(await team.ask("appeal", typed))).toBe(sentence);
  });

  it.each([
    ["a number too high", { point: "99" }, say.noSuchPoint("99", 6)],
    ["a number too low", { point: "0", reason: "x" }, say.noSuchPoint("0", 6)],
    ["a word for a number", { point: "zwei" }, say.noSuchPoint("zwei", 6)],
    ["words of somebody else", { point: "miss", words: "words of somebody else" }, say.wordsNotThere],
    ["too many words", { point: "miss", words: "a".repeat(401) }, say.wordsTooLong(400)],
    ["too long a reason", { point: "miss", reason: "b".repeat(601) }, say.reasonTooLong(600)],
    ["the answer of nobody", { point: "miss", reason: "x", answer: "somebody-elses" }, say.noAnswer],
  ])("(%s) gets one sentence and files nothing", async (_, given, sentence) => {
    const number = await answerLacking();
    const { result } = await latest();
    const point = given.point === "miss" ? String(number) : given.point;
    const expected = sentence.replace("has 6", `has ${result.points.length}`);
    expect(wordsOf(await team.ask("appeal", { ...given, point }))).toBe(expected);
    expect(wordsOf(await team.ask("appeal", "", asEditor))).toContain(say.queueEmpty);
  });

  it("a point that was given in full cannot be appealed", async () => {
    await answerLacking();
    const hit = (await latest()).result.points.findIndex(({ verdict }) => verdict === "hit") + 1;
    expect(wordsOf(await team.ask("appeal", { point: String(hit), reason: "x" }))).toBe(say.hitAlready(hit));
  });

  it("an appeal that is gone, or was decided, is not decided again", async () => {
    const editor = { look: "nothing", verdict: "hit" };
    expect(wordsOf(await team.ask("appeal", editor, asEditor))).toBe(say.noSuchAppeal);
  });
});
