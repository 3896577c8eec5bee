import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer } from "#commands/answer";
import { messagesFor } from "#core/messages/index";
import type { Action, Reply } from "#core/reply";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const HOUR_MS = 3_600_000;
const say = messagesFor("en").quiz;
const text =
  "new gradients overwrite the old weights, so I mix old data into training and freeze most layers";

const answerActionOf = (reply: Reply): Action => {
  const actions = reply.blocks.flatMap((block) => {
    if (block.kind === "form") return [block.form.action];
    return block.kind === "buttons" ? block.buttons.map(({ action }) => action) : [];
  });
  const found = actions.find(({ command }) => command === "answer");
  if (found === undefined) throw new Error("nothing leads to an answer");
  return found;
};

describe("An answer belongs to what it was written for", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.stop());

  const [wait, nextDay] = [14 * HOUR_MS, 25 * HOUR_MS];
  const rounds = () => team.services.store.rounds(team.tenant, team.channel, 5);
  const lastAttempt = async () => {
    const attempts = await team.services.store.attempts({
      tenant: team.tenant,
      member: "ada" as never,
      limit: 1,
    });
    return attempts[0];
  };
  /** Practises a question after today's round has been closed early. */
  const practise = async (question: string): Promise<Reply> => {
    await team.passTime(wait);
    await team.ask("close");
    await team.passTime(1);
    return team.ask("quiz", question);
  };

  it("to the practised question, although a round opened while it was written", async () => {
    const action = answerActionOf(await practise("q3-sft-learns"));
    await team.passTime(nextDay);
    const [today] = await rounds();
    const reply = await team.ask("answer", { ...action.options, text });
    expect(await lastAttempt()).toMatchObject({ round: null, question: "q3-sft-learns" });
    expect(wordsOf(reply)).toContain(say.goOn);
    expect(await team.services.store.attemptsOfRound(team.tenant, today?.id as never)).toEqual([]);
  });

  it("to the practised question by its form too", async () => {
    await practise("q3-sft-learns");
    const form = answerActionOf(await team.ask("answer"));
    await team.passTime(nextDay);
    await team.ask("answer", { ...form.options, text });
    expect(await lastAttempt()).toMatchObject({ round: null, question: "q3-sft-learns" });
  });

  it("to the round, where the question that was practised is asked today: practice would give it away", async () => {
    await practise("q5-oom");
    await team.passTime(nextDay);
    const [today] = await rounds();
    await team.ask("answer", { question: today?.question, text });
    expect(await lastAttempt()).toMatchObject({ round: today?.id });
  });

  it("to the round that was open when its form was opened, although the next one is open now", async () => {
    const [first] = await rounds();
    const opened = (first?.closesAt ?? 0) - 1;
    await team.passTime(opened - team.now());
    await team.passTime(60_000);
    await team.ask("answer", { opened, text });
    expect(await lastAttempt()).toMatchObject({ round: first?.id });
  });

  it("to what is open now where nothing says what it is for", async () => {
    await practise("q5-oom");
    await team.passTime(nextDay);
    const [today] = await rounds();
    await team.ask("answer", text);
    expect(await lastAttempt()).toMatchObject({ round: today?.id });
  });

  it("and its form can be opened before anything has been read", async () => {
    const [today] = await rounds();
    const shown = await team.ask("answer", { round: today?.id });
    const block = shown.blocks[0];
    const form = answer.form?.(answer.options.parse({ round: today?.id }), "en");
    expect(block?.kind === "form" ? block.form : null).toEqual(form);
    expect(answer.form?.(answer.options.parse({ text }), "en")).toBeNull();
  });

  it("and a hint from an old post says that its round is over", async () => {
    const [first] = await rounds();
    await team.passTime(nextDay);
    expect(wordsOf(await team.ask("hint", { round: first?.id }))).toBe(say.hintLate);
    expect(wordsOf(await team.ask("hint"))).toContain(say.hintOf(1, 2));
  });
});
